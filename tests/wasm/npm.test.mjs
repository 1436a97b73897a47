// The npm package, installed by hand in an empty folder: what its exports do in Node.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const repo = fileURLToPath(new URL("../..", import.meta.url));
const site = process.env.SITE ?? join(repo, "build/site");
const folder = mkdtempSync(join(tmpdir(), "vram-gauge-npm-"));
const home = join(folder, "node_modules/vram-gauge");
after(() => rmSync(folder, { recursive: true }));

mkdirSync(home, { recursive: true });
execFileSync(process.execPath, [join(repo, "web/npm.mjs"), resolve(site), join(folder, "package")]);
cpSync(join(folder, "package"), home, { recursive: true });

const run = (code) =>
  execFileSync(process.execPath, ["--input-type=module", "--eval", code], { cwd: folder, encoding: "utf8" }).trim();

test("vram-gauge/core answers in Node", () => {
  const code = `import { cells, loadCore } from "vram-gauge/core";
    const core = await loadCore();
    const known_model = core.catalog.models[0].id;
    const request = { known_model, hardware: { gpu: "h100-sxm-80gb" } };
    const grid = cells(core.sweep({ ...request, sweep: { concurrencies: [1, 2] } }));
    console.log(core.report(request).method, grid.length, typeof grid[0].headroom_bytes);`;
  assert.equal(run(code), "vllm 2 number");
});

test("the element can be imported where there is no DOM, and defines nothing", () => {
  assert.equal(
    run('import { VramGauge } from "vram-gauge/element"; await import("vram-gauge"); console.log(typeof VramGauge);'),
    "function",
  );
});

test("only what a reader needs is in the package", () => {
  const list = JSON.parse(
    execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: home, encoding: "utf8" }),
  )[0].files.map(({ path }) => path);
  const expected = [
    "LICENSE",
    "README.md",
    "core.d.ts",
    "core.js",
    "core.node.js",
    "data/accuracy.json",
    "element.d.ts",
    "element.js",
    "package.json",
    "vram-gauge-core.js",
    "vram-gauge-core.wasm",
    "vram-gauge.js",
    "vram_gauge.d.ts",
  ];
  for (const path of expected) assert.ok(list.includes(path), path);
  for (const path of list) assert.match(path, /^(data\/accuracy\.json|[\w.-]+)$/, path);
});
