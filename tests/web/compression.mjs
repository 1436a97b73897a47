// Node 18 has no "deflate-raw" in CompressionStream and DecompressionStream, which browsers have: made here of zlib, for
// the tests alone.

import { Duplex } from "node:stream";
import { createDeflateRaw, createInflateRaw } from "node:zlib";

for (const [name, make] of [
  ["CompressionStream", createDeflateRaw],
  ["DecompressionStream", createInflateRaw],
]) {
  const Own = globalThis[name];
  globalThis[name] = function (format) {
    return format === "deflate-raw" && !knows(Own) ? Duplex.toWeb(make()) : new Own(format);
  };
}

function knows(Stream) {
  try {
    return Boolean(new Stream("deflate-raw"));
  } catch {
    return false;
  }
}
