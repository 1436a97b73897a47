// Serves a folder of static files as a plain host would: right types, compressed, revalidated, nothing outside of it.
//
//   node web/server.mjs FOLDER        HOST (localhost only) and PORT (8080) from the environment
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = resolve(process.argv[2] ?? ".");
// "localhost" names two addresses, and a browser may try either.
const hosts = process.env.HOST ? [process.env.HOST] : ["127.0.0.1", "::1"];
const port = Number(process.env.PORT ?? 8080);

const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
};

// The file a request path names, or null. normalize() folds "..", so the result is checked against the root.
async function fileFor(url) {
  const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
  const file = join(root, normalize(path));
  if (file !== root && !file.startsWith(root + sep)) return null;
  const found = await stat(file).catch(() => null);
  if (!found) return null;
  if (!found.isDirectory()) return file;
  return path.endsWith("/") ? join(file, "index.html") : null;
}

function encode(body, accepted, type) {
  if (type.startsWith("image/") && type !== types[".svg"]) return [body];
  if (/\bbr\b/.test(accepted)) {
    return [brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }), "br"];
  }
  return /\bgzip\b/.test(accepted) ? [gzipSync(body), "gzip"] : [body];
}

async function answer(request, response) {
  const file = await fileFor(request.url).catch(() => null);
  const body = file && (await readFile(file).catch(() => null));
  if (!body) return response.writeHead(404, { "content-type": types[".txt"] }).end("not found\n");
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const headers = {
    etag,
    "cache-control": "no-cache",
    "access-control-allow-origin": "*",
    "x-content-type-options": "nosniff",
  };
  if (request.headers["if-none-match"] === etag) return response.writeHead(304, headers).end();
  headers["content-type"] = types[extname(file)] ?? "application/octet-stream";
  const [data, encoding] = encode(body, request.headers["accept-encoding"] ?? "", headers["content-type"]);
  if (encoding) Object.assign(headers, { "content-encoding": encoding, vary: "accept-encoding" });
  response.writeHead(200, { ...headers, "content-length": data.length });
  response.end(request.method === "HEAD" ? undefined : data);
}

function listen(host) {
  const server = createServer(answer);
  server.on("error", (error) => {
    // A machine without IPv6 has no ::1; the other address serves.
    if (error.code === "EADDRNOTAVAIL" && hosts.length > 1) return;
    console.error(error.code === "EADDRINUSE" ? `port ${port} is taken: choose another with PORT=…` : error.message);
    process.exit(1);
  });
  server.listen(port, host);
  return server;
}

const [first] = hosts.map(listen);
first.on("listening", () => console.log(`http://${process.env.HOST ?? "localhost"}:${port}/`));
