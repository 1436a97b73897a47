// The core's two files, named so that bundlers see them. Other forms of the project are built with another version of
// this module: the one-file page, and the npm package for Node.

export async function coreParts() {
  const [{ default: createModule }, wasmBinary] = await Promise.all([
    import("./vram-gauge-core.js"),
    fetchBinary(new URL("./vram-gauge-core.wasm", import.meta.url)),
  ]);
  return { createModule, wasmBinary };
}

// The build writes the module's hash in here, so that a page that checks our script's has checked the module's too.
const INTEGRITY = typeof MODULE_INTEGRITY === "string" ? MODULE_INTEGRITY : "";

// Fetched here, not by the glue, so that a server's wrong MIME type doesn't matter and the file is asked for once.
async function fetchBinary(url) {
  const response = await fetch(url, { integrity: INTEGRITY }).catch((error) => {
    throw new Error(`${url}: ${error.message}`);
  });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.arrayBuffer();
}
