// Which functions the module's bytes go to: node tests/size/functions.mjs MODULE.wasm [N], for a module linked with
// --profiling-funcs.
import { readFileSync } from "node:fs";

const bytes = readFileSync(process.argv[2]);
let at = 8;
const number = () => {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return value;
  }
};
const text = () => {
  const size = number();
  at += size;
  return bytes.toString("utf8", at - size, at);
};

const sizes = [];
const names = new Map();
let imported = 0;

const readImports = () => {
  for (let left = number(); left > 0; left--) {
    text();
    text();
    if (bytes[at++] === 0) imported++;
    else throw new Error("only function imports are expected");
    number();
  }
};
const readCode = () => {
  for (let left = number(); left > 0; left--) {
    const size = number();
    sizes.push(size);
    at += size;
  }
};
const readNames = (end) => {
  if (text() !== "name") return;
  while (at < end) {
    const kind = bytes[at++];
    const next = number() + at;
    if (kind === 1) for (let left = number(); left > 0; left--) names.set(number(), text());
    at = next;
  }
};

while (at < bytes.length) {
  const id = bytes[at++];
  const end = number() + at;
  if (id === 2) readImports();
  if (id === 10) readCode();
  if (id === 0) readNames(end);
  at = end;
}
const rows = sizes.map((size, index) => [size, names.get(index + imported) ?? `#${index}`]).sort((a, b) => b[0] - a[0]);
for (const [size, name] of rows.slice(0, Number(process.argv[3] ?? 40)))
  console.log(`${String(size).padStart(7)}  ${name}`);
