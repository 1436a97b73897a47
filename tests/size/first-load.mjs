// What a first visit loads, measured in Chromium: the site's own files only, each once, at most LIMIT bytes with brotli.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { chromium } from "@playwright/test";

const LIMIT = 60_000; // KB are 1,000 bytes here
const repo = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const port = process.env.SIZE_PORT ?? "8124";
const home = `http://localhost:${port}/`;

const compressed = (body) =>
  brotliCompressSync(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
  }).length;

async function firstLoad() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  const page = await browser.newPage();
  const loads = [];
  // Requests, not responses: a second fetch of a file counts even where the cache answers it.
  page.on("request", (request) => loads.push(request));
  await page.goto(home, { waitUntil: "networkidle" });
  await page.waitForTimeout(1500); // whatever the page starts on its own once it is idle
  const files = [];
  for (const request of loads) {
    const url = request.url();
    if (url.startsWith("data:") || url.startsWith("blob:")) continue;
    const response = await request.response();
    const body = response ? await response.body().catch(() => Buffer.alloc(0)) : Buffer.alloc(0);
    files.push({ url, status: response?.status(), bytes: compressed(body) });
  }
  await browser.close();
  return files;
}

function problemsOf(files) {
  const problems = [];
  const seen = new Set();
  for (const { url, status } of files) {
    if (!url.startsWith(home)) problems.push(`request to another host: ${url}`);
    if (status !== 200) problems.push(`${url}: ${status}`);
    if (seen.has(url)) problems.push(`fetched twice: ${url}`);
    seen.add(url);
  }
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > LIMIT) problems.push(`${total} bytes are more than ${LIMIT}`);
  return problems;
}

const server = spawn(process.execPath, [`${repo}/web/server.mjs`, `${repo}/build/site`], {
  env: { ...process.env, PORT: port },
  stdio: ["ignore", "pipe", "inherit"],
});
await once(server.stdout, "data");
try {
  const files = await firstLoad();
  for (const { url, bytes } of files) console.log(`${(bytes / 1000).toFixed(1).padStart(6)} KB  ${url}`);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`${(total / 1000).toFixed(1).padStart(6)} KB  first load, brotli, of ${LIMIT / 1000} KB allowed`);
  const problems = problemsOf(files);
  for (const problem of problems) console.log(problem);
  process.exitCode = problems.length ? 1 : 0;
} finally {
  server.kill();
}
