// The page as one HTML file that opens from a disk: script, styles and module inside. Used when the site is built.

import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

// What core-parts.js is in this form: the same two parts, out of the file itself.
const partsModule = (wasm) => `
import createModule from "./vram-gauge-core.js";
const word = "${deflateRawSync(wasm, { level: 9 }).toString("base64")}";
export async function coreParts() {
  const bytes = Uint8Array.from(atob(word), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return { createModule, module: await WebAssembly.compile(await new Response(stream).arrayBuffer()) };
}
`;

// And accuracy.js: what it would fetch, out of the file itself.
const accuracyModule = `
import found from "./data/accuracy.json";
export const loadAccuracy = async () => found;
`;

// `page` is the site's index.html without preloads; `bundle` runs esbuild with the arguments given.
export function oneFile(web, site, page, bundle) {
  const folder = mkdtempSync(join(tmpdir(), "vram-gauge-"));
  cpSync(web, folder, { recursive: true });
  cpSync(join(site, "vram-gauge-core.js"), join(folder, "vram-gauge-core.js"));
  writeFileSync(join(folder, "core-parts.js"), partsModule(readFileSync(join(site, "vram-gauge-core.wasm"))));
  writeFileSync(join(folder, "accuracy.js"), accuracyModule);
  writeFileSync(join(folder, "entry.js"), 'import "./vram-gauge.js";\nimport "./page.js";\n');
  bundle(
    "--bundle",
    "--format=iife",
    "--log-level=error",
    join(folder, "entry.js"),
    `--outfile=${join(folder, "one.js")}`,
  );
  const script = readFileSync(join(folder, "one.js"), "utf8").replaceAll("</script", "<\\/script");
  const style = readFileSync(join(site, "page.css"), "utf8");
  rmSync(folder, { recursive: true });
  const policy = `default-src 'none'; script-src ${hash(script)} 'wasm-unsafe-eval'; style-src ${hash(style)}; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
  return page
    .replace(/<link rel="(icon|manifest|stylesheet)"[^>]*>\n/g, "")
    .replace(/<script[^>]*><\/script>\n/g, "")
    .replace(/(http-equiv="Content-Security-Policy" content=")[^"]*/, (_, start) => start + policy)
    .replace("</head>", () => `<style>${style}</style>\n</head>`)
    .replace("</body>", () => `<script>${script}</script>\n</body>`);
}
