// The core's two files, named so that bundlers see them. Other forms of the project are built with another version of
// this module: the one-file page, and the npm package for Node.

export async function coreParts() {
  const [{ default: createModule }, module] = await Promise.all([
    import("./vram-gauge-core.js"),
    compile(new URL("./vram-gauge-core.wasm", import.meta.url)),
  ]);
  return { createModule, module };
}

// The build writes the module's hash in here, so that a page that checks our script's has checked the module's too.
const INTEGRITY = typeof MODULE_INTEGRITY === "string" ? MODULE_INTEGRITY : "";

// Fetched here, not by the glue, so that a server's wrong MIME type doesn't matter and the file is asked for once. With
// the right one its bytes never come to the page's own thread.
async function compile(url) {
  const response = await fetch(url, { integrity: INTEGRITY }).catch((error) => {
    throw new Error(`${url}: ${error.message}`);
  });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const streams = response.headers.get("content-type")?.startsWith("application/wasm");
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}
