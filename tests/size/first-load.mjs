// What a first visit loads, measured in Chromium: the site's own files only, each once, at most LIMIT bytes with brotli.
// And what one element costs another page, far from the viewport and in it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { chromium } from "@playwright/test";

const LIMIT = 60_000; // KB are 1,000 bytes here
const STUB = 2_000;
const repo = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const port = process.env.SIZE_PORT ?? "8124";
const home = `http://localhost:${port}/`;

const line = (bytes, what) => `${(bytes / 1000).toFixed(1).padStart(6)} KB  ${what}`;

const compressed = (body) =>
  brotliCompressSync(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
  }).length;

const element = '<vram-gauge view="bar" model="Qwen/Qwen3-8B" gpu="l4-24gb" context="8192"></vram-gauge>';
const host = (body) => `<!doctype html><title>host</title><script type="module" src="vram-gauge.js"></script>${body}`;

// The files that the site's page asks for, or a page made of `html` beside it.
async function firstLoad(html) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  const page = await browser.newPage();
  const loads = [];
  // Requests, not responses: a second fetch of a file counts even where the cache answers it.
  page.on("request", (request) => loads.push(request));
  if (html) await page.route("**/host.html", (route) => route.fulfill({ contentType: "text/html", body: html }));
  await page.goto(html ? `${home}host.html` : home, { waitUntil: "networkidle" });
  await page.waitForTimeout(1500); // whatever the page starts on its own once it is idle
  const files = [];
  for (const request of loads) {
    const url = request.url();
    if (url.startsWith("data:") || url.startsWith("blob:") || url.endsWith("/host.html")) continue;
    const response = await request.response();
    const body = response ? await response.body().catch(() => Buffer.alloc(0)) : Buffer.alloc(0);
    files.push({ url, status: response?.status(), bytes: compressed(body) });
  }
  await browser.close();
  return files;
}

const total = (files) => files.reduce((sum, { bytes }) => sum + bytes, 0);

function problemsOf(files, limit) {
  const problems = [];
  const seen = new Set();
  for (const { url, status } of files) {
    if (!url.startsWith(home)) problems.push(`request to another host: ${url}`);
    if (status !== 200) problems.push(`${url}: ${status}`);
    if (seen.has(url)) problems.push(`fetched twice: ${url}`);
    seen.add(url);
  }
  if (total(files) > limit) problems.push(`${total(files)} bytes are more than ${limit}`);
  return problems;
}

const server = spawn(process.execPath, [`${repo}/web/server.mjs`, `${repo}/build/site`], {
  env: { ...process.env, PORT: port },
  stdio: ["ignore", "pipe", "inherit"],
});
await once(server.stdout, "data");
try {
  const files = await firstLoad();
  for (const { url, bytes } of files) console.log(line(bytes, url));
  console.log(line(total(files), `first load, brotli, of ${LIMIT / 1000} KB allowed`));
  const far = await firstLoad(host(`<div style="height:5000px"></div>${element}`));
  console.log(line(total(far), `an element in another page, far from the viewport, of ${STUB / 1000} KB allowed`));
  const near = await firstLoad(host(element));
  console.log(line(total(near), "an element in another page, with its answer"));
  const problems = [...problemsOf(files, LIMIT), ...problemsOf(far, STUB), ...problemsOf(near, Infinity)];
  for (const problem of problems) console.log(problem);
  process.exitCode = problems.length ? 1 : 0;
} finally {
  server.kill();
}
