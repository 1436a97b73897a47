// The npm package as others get it: packed, installed into an empty folder, and used from Node, workers, TypeScript and
// bundlers. What bundlers make is opened in the browser.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "@playwright/test";
import { repo } from "../wasm/module.mjs";
import { bundlers, HOST, NODE_20, NODE_22, nodeFolder, WORK } from "./sites.mjs";

test.describe.configure({ mode: "default" }); // in order, in one worker: they share the installed package

const tools = `${repo}/node_modules`;
const home = `${WORK}/package`;
const node22 = join(nodeFolder(NODE_22), "node");
const run = (program, args, cwd = home) => execFileSync(program, args, { cwd, encoding: "utf8", stdio: "pipe" }).trim();
const node = (...args) => run(node22, args);
const write = (files) => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  }
};

let archive;
test.beforeAll(() => {
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  run(process.execPath, [`${repo}/web/npm.mjs`, `${repo}/build/site`, `${WORK}/npm`], repo);
  run("npm", ["pack", `${WORK}/npm`, "--pack-destination", home]);
  archive = readdirSync(home).find((name) => name.endsWith(".tgz"));
  write({ "package.json": '{ "type": "module" }' });
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${archive}`]);
});

const ASK = `import { loadCore } from "vram-gauge/core";
const core = await loadCore();
const answer = core.report({ known_model: "Qwen/Qwen3-8B", hardware: { gpu: "l4-24gb" } }).method;`;

const REQUIRE = `const { cells, loadCore, SWEEP_FIELDS } = require("vram-gauge/core");
loadCore().then((core) => {
  const ask = { known_model: "Qwen/Qwen3-8B", hardware: { gpu: "l4-24gb" } };
  const [cell] = cells(core.sweep({ ...ask, sweep: { contexts: [4096], concurrencies: [1] } }));
  console.log(core.report(ask).method + ", " + SWEEP_FIELDS.filter((name) => Number.isFinite(cell[name])).length);
});`;

for (const version of [NODE_20, NODE_22]) {
  test(`Node ${version}, and a worker thread of it`, () => {
    write({
      "ask.js": `${ASK}\nconsole.log(process.version, answer);`,
      "worker.js": `import { parentPort } from "node:worker_threads";\n${ASK}\nparentPort.postMessage(answer);`,
      "main.js": `import { Worker } from "node:worker_threads";
        new Worker(new URL("worker.js", import.meta.url)).on("message", (answer) => console.log(answer));`,
      "server.js":
        'import { VramGauge } from "vram-gauge/element"; import "vram-gauge"; console.log(typeof VramGauge);',
      "ask.cjs": REQUIRE,
      "server.cjs":
        'require("vram-gauge"); const { VramGauge } = require("vram-gauge/element"); console.log(typeof VramGauge);',
    });
    const here = (file) => run(join(nodeFolder(version), "node"), [file]);
    expect(here("ask.js")).toBe(`v${version} vllm`);
    expect(here("main.js")).toBe("vllm");
    expect(here("server.js")).toBe("function"); // no DOM: imports cleanly, defines nothing
    expect(here("ask.cjs")).toBe("vllm, 7");
    expect(here("server.cjs")).toBe("function");
  });
}

test("types under strict, for bundlers, for Node and for its require()", () => {
  write({
    "typed.cts": `import core = require("vram-gauge/core");
import element = require("vram-gauge/element");

const widths: number[] = core.cells(new Float64Array()).map((cell) => cell.headroom_bytes ?? 0);
const asked: Promise<core.Report | core.Refusal> = core.loadCore().then((calculator: core.Core) => calculator.report({}));
const own: boolean = document.createElement("vram-gauge") instanceof element.VramGauge;
`,
    "typed.ts": `import "vram-gauge";
import { cells, type Core, loadCore, type Report } from "vram-gauge/core";
import { VramGauge } from "vram-gauge/element";

const core: Core = await loadCore();
const said = core.report({ known_model: "Qwen/Qwen3-8B", hardware: { gpu: "l4-24gb" } });
export const method: string = "error" in said ? said.error.code : said.method;
export const widths: number[] = cells(new Float64Array()).map((cell) => cell.headroom_bytes ?? 0);
const gauge = document.createElement("vram-gauge");
gauge.setAttribute("model", "Qwen/Qwen3-8B");
gauge.addEventListener("vram-gauge-change", ({ detail }) => {
  const report: Report = detail.report;
  console.log(report.vllm_version, gauge.report === report);
});
export const own: boolean = gauge instanceof VramGauge;
// @ts-expect-error: what is on show can't be assigned
gauge.report = null;
`,
  });
  for (const [module, resolution, ...files] of [
    ["es2022", "bundler", "typed.ts"],
    ["nodenext", "nodenext", "typed.ts", "typed.cts"],
  ]) {
    const flags = ["--strict", "--noEmit", "--target", "es2022", "--lib", "es2022,dom", "--types", ""];
    const settings = ["--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes", "--verbatimModuleSyntax"];
    node(`${tools}/.bin/tsc`, ...flags, ...settings, "--module", module, "--moduleResolution", resolution, ...files);
  }
});

test("only what a reader needs is in it", () => {
  const list = JSON.parse(run("npm", ["pack", "--dry-run", "--json"], `${WORK}/npm`))[0].files.map(({ path }) => path);
  const expected = [
    ...["CHANGELOG.md", "LICENSE", "README.md", "package.json", "vram_gauge.d.ts", "data/accuracy.json"],
    ...["app.js", "core.js", "core.cjs", "core.d.ts", "core.d.cts", "core.node.js", "embed.js"],
    ...["element.js", "element.cjs", "element.d.ts", "element.d.cts", "vram-gauge.js", "vram-gauge.cjs"],
    ...["vram-gauge-core.js", "vram-gauge-core.wasm", "vram-gauge-core.wasm.d.ts", "vram-gauge-core.wasm.d.cts"],
  ];
  expect(list).toEqual(expect.arrayContaining(expected));
  const chunks = list.filter((path) => !expected.includes(path));
  for (const path of chunks) expect(path).toMatch(/^[\w-]+-[A-Z0-9]{8}\.js$/);
});

test("publint and attw find nothing", () => {
  expect(node(`${tools}/.bin/publint`, "run", archive, "--strict")).toContain("All good!");
  node(`${tools}/.bin/attw`, archive);
});

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Host</title>
<vram-gauge compact model="Qwen/Qwen3-8B" gpu="l4-24gb" context="8192"></vram-gauge><p id="core"></p>
<script type="module" src="./app.js"></script></html>
`;
const APP = `import "vram-gauge";
${ASK}
const worker = new Worker(new URL("./web-worker.js", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => (document.getElementById("core").textContent = answer + ", in a worker " + data);
`;

for (const bundler of ["esbuild", "vite", "webpack"]) {
  test(`bundled by ${bundler}`, async ({ page }) => {
    const out = `${HOST}/package/${bundler}`;
    rmSync(out, { recursive: true, force: true });
    write({ "index.html": PAGE, "app.js": APP, "web-worker.js": `${ASK}\npostMessage(answer);\n` });
    node(`${repo}/tests/embed/bundle.mjs`, bundler, home, out, bundlers());
    const problems = [];
    page.on("pageerror", (error) => problems.push(error.message));
    await page.goto(`package/${bundler}/`);
    await expect(page.locator("vram-gauge [data-verdict]")).toContainText("GiB");
    await expect(page.locator("#core")).toHaveText("vllm, in a worker vllm");
    expect(problems).toEqual([]);
  });
}

test("a released version keeps an address of its own", async ({ page }) => {
  const site = `${HOST}/released`;
  rmSync(site, { recursive: true, force: true });
  run("bash", [`${repo}/.ci/versions`, home, site]);
  const version = /\d[\d.]*\d/.exec(archive)[0];
  writeFileSync(`${site}/index.html`, PAGE.replace("./app.js", `v${version}/vram-gauge.js`));
  await page.goto("released/");
  await expect(page.locator("vram-gauge [data-verdict]")).toContainText("GiB");
});
