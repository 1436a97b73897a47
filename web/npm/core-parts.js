// In Node there is no fetch for files.

import { readFile } from "node:fs/promises";

export async function coreParts() {
  const [{ default: createModule }, bytes] = await Promise.all([
    import("./vram-gauge-core.js"),
    readFile(new URL("./vram-gauge-core.wasm", import.meta.url)),
  ]);
  return { createModule, module: await WebAssembly.compile(bytes) };
}
