// Makes the npm package: the element, and the core for Node, workers and bundlers.
//
//   node web/npm.mjs build/site build/npm
//
// `npm publish build/npm` is left to the release workflow. Needs esbuild.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { integrity } from "./integrity.mjs";

const WEB = fileURLToPath(new URL(".", import.meta.url));
const ROOT = join(WEB, "..");
const [site, out] = process.argv.slice(2);

const esbuild = (...args) =>
  execFileSync(
    process.env.ESBUILD ?? "esbuild",
    ["--bundle", "--format=esm", "--target=es2022", "--external:./vram-gauge-core.js", "--log-level=warning", ...args],
    { stdio: "inherit" },
  );

// The element and the core as browsers load them; shared parts in chunks.
function browser() {
  cpSync(join(site, "embed.js"), join(out, "embed.js"));
  const entries = ["vram-gauge.js", "element.js", "core.js"].map((name) => join(WEB, name));
  const hash = `--define:MODULE_INTEGRITY="${integrity(join(site, "vram-gauge-core.wasm"))}"`;
  esbuild("--splitting", "--minify", hash, `--outdir=${out}`, ...entries);
}

// The core again, reading its module from the disk.
function node() {
  const folder = mkdtempSync(join(tmpdir(), "vram-gauge-"));
  cpSync(join(WEB, "core.js"), join(folder, "core.js"));
  cpSync(join(WEB, "npm/core-parts.js"), join(folder, "core-parts.js"));
  esbuild("--platform=node", join(folder, "core.js"), `--outfile=${join(out, "core.node.js")}`);
  rmSync(folder, { recursive: true });
}

function manifest() {
  const { version, description, license } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const module = (types, file) => ({ types: `./${types}`, default: `./${file}` });
  return {
    name: "vram-gauge",
    version,
    description,
    license,
    type: "module",
    sideEffects: ["./vram-gauge.js"],
    exports: {
      ".": module("element.d.ts", "vram-gauge.js"),
      "./element": module("element.d.ts", "element.js"),
      "./core": { types: "./core.d.ts", node: "./core.node.js", default: "./core.js" },
      "./vram-gauge-core.wasm": "./vram-gauge-core.wasm",
    },
    engines: { node: ">=18.19" },
  };
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
browser();
node();
for (const name of ["vram-gauge-core.js", "vram-gauge-core.wasm"]) cpSync(join(site, name), join(out, name));
for (const name of ["CHANGELOG.md", "README.md", "core.d.ts", "element.d.ts"])
  cpSync(join(WEB, "npm", name), join(out, name));
cpSync(join(WEB, "data/accuracy.json"), join(out, "data/accuracy.json"));
cpSync(join(ROOT, "wasm/vram_gauge.d.ts"), join(out, "vram_gauge.d.ts"));
cpSync(join(ROOT, "LICENSE"), join(out, "LICENSE"));
writeFileSync(join(out, "package.json"), `${JSON.stringify(manifest(), null, 2)}\n`);
