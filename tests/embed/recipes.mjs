// The recipes as web/docs tells people to copy them, so that what is tested is what they read.
import { readFileSync } from "node:fs";
import { repo } from "../wasm/module.mjs";

const docs = readFileSync(`${repo}/web/docs/index.html`, "utf8");
const plain = (html) =>
  html.replace(/&(lt|gt|quot|amp);/g, (_, name) => ({ lt: "<", gt: ">", quot: '"', amp: "&" })[name]);

// { copyTo: folder for the site's files (none: it uses the npm package), blocks: { file or "page": text } }, for a site under the path `base`.
export function recipe(name, base = "/") {
  const found = docs.match(new RegExp(`<details data-recipe="${name}"(?: data-copy-to="([^"]*)")?>.*?</details>`, "s"));
  if (!found) throw new Error(`web/docs has no recipe "${name}"`);
  const blocks = [...found[0].matchAll(/<code data-file="([^"]*)">(.*?)<\/code>/gs)];
  return {
    copyTo: found[1],
    blocks: Object.fromEntries(blocks.map(([, file, html]) => [file, plain(html).replaceAll("/BASE/", base)])),
  };
}
