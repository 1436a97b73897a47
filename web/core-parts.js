// The core's two files. The one-file form of the page is built with another version of this module.

export async function coreParts() {
  const url = (name) => new URL(name, import.meta.url).href;
  const [{ default: createModule }, wasmBinary] = await Promise.all([
    import(url("vram-gauge-core.js")),
    fetchBinary(url("vram-gauge-core.wasm")),
  ]);
  return { createModule, wasmBinary };
}

// Fetched here, not by the glue, so that a server's wrong MIME type doesn't matter and the file is asked for once.
async function fetchBinary(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.arrayBuffer();
}
