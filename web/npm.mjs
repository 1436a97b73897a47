// Makes the npm package: the element, and the core for Node, workers and bundlers.
//
//   node web/npm.mjs build/site build/npm
//
// `npm publish build/npm` is left to the release workflow. Needs esbuild.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { integrity } from "./integrity.mjs";

const WEB = fileURLToPath(new URL(".", import.meta.url));
const ROOT = join(WEB, "..");
const [site, out] = process.argv.slice(2);

const esbuild = (...args) =>
  execFileSync(process.env.ESBUILD ?? "esbuild", ["--bundle", "--target=es2022", "--log-level=warning", ...args], {
    stdio: "inherit",
  });
const modules = (...args) => esbuild("--format=esm", "--external:./vram-gauge-core.js", ...args);

// The element and the core as browsers load them; shared parts in chunks.
function browser() {
  cpSync(join(site, "embed.js"), join(out, "embed.js"));
  const entries = ["vram-gauge.js", "element.js", "app.js", "core.js"].map((name) => join(WEB, name));
  const hash = `--define:MODULE_INTEGRITY="${integrity(join(site, "vram-gauge-core.wasm"))}"`;
  modules("--splitting", "--minify", hash, `--outdir=${out}`, ...entries);
}

// The core again, reading its module from the disk.
function node() {
  const folder = mkdtempSync(join(tmpdir(), "vram-gauge-"));
  for (const name of ["core.js", "sweep.js"]) cpSync(join(WEB, name), join(folder, name));
  cpSync(join(WEB, "npm/core-parts.js"), join(folder, "core-parts.js"));
  modules("--platform=node", join(folder, "core.js"), `--outfile=${join(out, "core.node.js")}`);
  rmSync(folder, { recursive: true });
}

// For require(): stubs of the same names, that load the modules above when asked to.
function commonJs() {
  const entries = ["vram-gauge.js", "element.js", "npm/core.js"].map((name) => join(WEB, name));
  const lazy = ["./app.js", "./core.node.js"].map((name) => `--external:${name}`);
  esbuild(
    "--format=cjs",
    "--minify",
    "--platform=node",
    "--out-extension:.js=.cjs",
    "--entry-names=[name]",
    ...lazy,
    `--outdir=${out}`,
    ...entries,
  );
}

function manifest() {
  const { version, description, license } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const form = (types, file) => ({ types: `./${types}`, default: `./${file}` });
  const element = (name) => ({
    require: form("element.d.cts", `${name}.cjs`),
    default: form("element.d.ts", `${name}.js`),
  });
  return {
    name: "vram-gauge",
    version,
    description,
    license,
    type: "module",
    main: "./vram-gauge.cjs",
    types: "./element.d.ts", // for who doesn't read `exports`
    sideEffects: ["./vram-gauge.js", "./vram-gauge.cjs"],
    exports: {
      ".": element("vram-gauge"),
      "./element": element("element"),
      "./core": {
        node: { require: form("core.d.cts", "core.cjs"), default: form("core.d.ts", "core.node.js") },
        default: form("core.d.ts", "core.js"),
      },
      "./vram-gauge-core.wasm": {
        require: form("vram-gauge-core.wasm.d.cts", "vram-gauge-core.wasm"),
        default: form("vram-gauge-core.wasm.d.ts", "vram-gauge-core.wasm"),
      },
    },
    engines: { node: ">=18.19" },
  };
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
browser();
node();
commonJs();
for (const name of ["vram-gauge-core.js", "vram-gauge-core.wasm"]) cpSync(join(site, name), join(out, name));
for (const name of readdirSync(join(WEB, "npm")).filter((file) => /\.(md|d\.c?ts)$/.test(file)))
  cpSync(join(WEB, "npm", name), join(out, name));
cpSync(join(WEB, "data/accuracy.json"), join(out, "data/accuracy.json"));
cpSync(join(ROOT, "wasm/vram_gauge.d.ts"), join(out, "vram_gauge.d.ts"));
cpSync(join(ROOT, "LICENSE"), join(out, "LICENSE"));
writeFileSync(join(out, "package.json"), `${JSON.stringify(manifest(), null, 2)}\n`);
