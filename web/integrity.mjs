// Hashes as `integrity` attributes have them.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

export const integrity = (file) => `sha384-${createHash("sha384").update(readFileSync(file)).digest("base64")}`;

// What to paste so that a browser refuses every file of ours but these. The module's own hash is in the script.
export function integritySnippet(hashes) {
  const copy = "https://YOUR-COPY/";
  const { "vram-gauge.js": entry, ...rest } = hashes;
  const modules = Object.entries(rest).map(([name, hash]) => `  "${copy}${name}": "${hash}"`);
  return [
    `<script type="importmap">{ "integrity": {\n${modules.join(",\n")}\n}}</script>`,
    `<script type="module" src="${copy}vram-gauge.js" integrity="${entry}" crossorigin></script>`,
  ].join("\n");
}
