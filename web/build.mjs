// Turns a copy of web/ into the site that is served: modules bundled so that the first answer takes few requests, their
// names put into the page for preloading, and the page's example rendered, so that it stands before any script runs.
//
//   node web/build.mjs build/site [build/native/vram-gauge]
//
// Needs esbuild; the sources in web/ run without any of this.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { exampleMarkup, exampleStyle } from "./example.js";
import { integrity, integritySnippet } from "./integrity.mjs";
import { oneFile } from "./one-file.mjs";
import { roomBefore } from "./styles/room.js";

const WEB = fileURLToPath(new URL(".", import.meta.url));
const [site, program] = process.argv.slice(2);
const ENTRIES = ["vram-gauge.js", "page.js"];
const CLASSIC = ["embed.js", "frame-height.js", "sw.js"];
const GLUE = "vram-gauge-core.js";
const KEPT = new Set([...CLASSIC, GLUE]);
// Chromium from 136 on then compiles a file's functions beside the page's own thread, before they are called.
const EAGER = "//# allFunctionsCalledOnLoad";

const esbuild = (...args) =>
  execFileSync(process.env.ESBUILD ?? "esbuild", ["--minify", "--target=es2022", "--log-level=warning", ...args], {
    stdio: "inherit",
  });

function files(folder = site) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [relative(site, path)];
  });
}

// Bundles; returns what the first answer needs beside its entry: [file, …].
function bundle() {
  const meta = join(mkdtempSync(join(tmpdir(), "vram-gauge-")), "meta.json");
  const out = join(site, ".bundle");
  esbuild(
    "--bundle",
    "--splitting",
    `--external:./${GLUE}`,
    `--banner:js=${EAGER}`,
    `--define:MODULE_INTEGRITY="${integrity(join(site, "vram-gauge-core.wasm"))}"`,
    "--format=esm",
    `--outdir=${out}`,
    `--metafile=${meta}`,
    ...ENTRIES.map((name) => join(WEB, name)),
  );
  for (const name of CLASSIC) esbuild(join(WEB, name), `--outfile=${join(out, name)}`);
  for (const path of files()) {
    if (/\.m?js$/.test(path) && !path.startsWith(".bundle") && !path.startsWith("docs/") && !KEPT.has(path))
      rmSync(join(site, path));
  }
  for (const name of readdirSync(out)) writeFileSync(join(site, name), readFileSync(join(out, name)));
  writeFileSync(join(site, GLUE), `${EAGER}\n${readFileSync(join(site, GLUE), "utf8")}`);
  rmSync(out, { recursive: true });
  for (const folder of ["controls", "messages", "styles", "views"])
    rmSync(join(site, folder), { recursive: true, force: true });
  return firstLoad(JSON.parse(readFileSync(meta, "utf8")).outputs);
}

// The app and every chunk that it or an entry imports at once.
function firstLoad(outputs) {
  const app = Object.keys(outputs).find((path) => outputs[path].entryPoint?.endsWith("web/app.js"));
  const found = new Set();
  const visit = (path) => {
    if (found.has(path)) return;
    found.add(path);
    for (const { path: next, kind } of outputs[path].imports) if (kind === "import-statement") visit(next);
  };
  for (const path of Object.keys(outputs)) if (ENTRIES.includes(basename(path))) visit(path);
  visit(app);
  return [...found].map((path) => basename(path)).filter((name) => !ENTRIES.includes(name));
}

function ask(...args) {
  return JSON.parse(execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 26 }));
}

// What the element's attributes in the page ask for, answered by the same core.
function example(page) {
  const attributes = Object.fromEntries(
    [.../<vram-gauge([^>]*)>/.exec(page)[1].matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
  return exampleMarkup(attributes, (request) => ask("--json", ...sets(request)), ask("--catalog"));
}

const sets = (request) =>
  Object.entries(request).flatMap(([group, value]) =>
    typeof value === "object"
      ? Object.entries(value).flatMap(([name, inner]) => ["--set", `${group}.${name}=${inner}`])
      : ["--set", `${group}=${value}`],
  );

function finishPage(preload) {
  const path = join(site, "index.html");
  const page = readFileSync(path, "utf8");
  // The module itself waits until the reader wants more than the example.
  const links = preload.map((name) => `<link rel="modulepreload" href="${name}">`);
  const shown = program ? example(page) : "";
  const filled = page.replace("</vram-gauge>", () => `${shown}\n</vram-gauge>`);
  const linked = filled.replace("</head>", `${links.join("\n")}\n</head>`);
  writeFileSync(path, linked);
  writeFileSync(join(site, "hub.html"), hubVariant(linked));
  const style = join(site, "page.css");
  esbuild(style, `--outfile=${style}`, "--allow-overwrite");
  writeFileSync(style, `${readFileSync(style, "utf8")}${exampleStyle()}\n`);
  writeFileSync(join(site, "vram-gauge-offline.html"), oneFile(WEB, site, filled, esbuild));
}

// The page that may fetch a config from the hub, on a click that names it.
function hubVariant(page) {
  return page
    .replace("connect-src 'self'", "connect-src 'self' https://huggingface.co https://*.hf.co")
    .replace("<vram-gauge ", '<vram-gauge hub="https://huggingface.co" ');
}

// The service worker keeps every file of the site.
function finishWorker() {
  const path = join(site, "sw.js");
  const list = files()
    .filter((name) => !/(^|\/)(sw\.js|\.|docs\/|hub\.html|.*-offline\.html)/.test(name))
    .map((name) => (name === "index.html" ? "./" : name));
  writeFileSync(path, readFileSync(path, "utf8").replace(/\["\.\/",\s*"embed\.html"\]/, JSON.stringify(list)));
}

// What is computed goes into the documentation: the scripts an element loads with their hashes, and each view's room.
function finishDocs() {
  const path = join(site, "docs/index.html");
  const names = files().filter((name) => /^(vram-gauge(-core)?|[\w-]+-[A-Z0-9]{8})\.js$/.test(name));
  const hashes = Object.fromEntries(names.sort().map((name) => [name, integrity(join(site, name))]));
  const filled = { integrity: integritySnippet(hashes), room: roomBefore() };
  const html = (text) => text.replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  writeFileSync(
    path,
    readFileSync(path, "utf8").replace(/<code data-file="(integrity|room)">/g, (tag, name) => tag + html(filled[name])),
  );
}

// "sha384-…  file"
const sums = () =>
  files()
    .sort()
    .map((name) => `${integrity(join(site, name))}  ${name}\n`)
    .join("");

finishPage(bundle());
finishDocs();
finishWorker();
writeFileSync(join(site, "SHA384SUMS"), sums());
