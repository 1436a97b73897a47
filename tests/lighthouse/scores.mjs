// Lighthouse's scores of the page as a phone loads it: the median of three runs. Performance depends on the machine, so
// it is printed, and fails only where it is far off; the other categories must be 100.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const RUNS = 3;
const GOAL = 98;
const LEAST = 90;
const repo = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const port = process.env.LIGHTHOUSE_PORT ?? "8126";

async function run() {
  const { stdout } = await promisify(execFile)(
    `${repo}/build/lighthouse/node_modules/.bin/lighthouse`,
    [
      `http://localhost:${port}/`,
      "--output=json",
      "--quiet",
      "--no-enable-error-reporting",
      "--chrome-flags=--headless=new --no-sandbox",
    ],
    { env: { ...process.env, CHROME_PATH: process.env.CHROMIUM ?? "/usr/bin/chromium" }, maxBuffer: 1 << 27 },
  );
  return JSON.parse(stdout);
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const wrong = ({ categories, audits }, name) =>
  categories[name].auditRefs
    .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
    .map(({ id }) => id);

const server = spawn(process.execPath, [`${repo}/web/server.mjs`, `${repo}/build/site`], {
  env: { ...process.env, PORT: port },
  stdio: ["ignore", "pipe", "inherit"],
});
await once(server.stdout, "data");
try {
  const results = [];
  for (let i = 0; i < RUNS; i++) results.push(await run());
  for (const [name, { title }] of Object.entries(results[0].categories)) {
    const scores = results.map(({ categories }) => Math.round(100 * categories[name].score));
    const least = name === "performance" ? LEAST : 100;
    const audits = [...new Set(results.flatMap((result) => wrong(result, name)))];
    const goal = name === "performance" ? ` (goal ${GOAL})` : "";
    console.log(
      `Lighthouse ${title}: ${median(scores)}${goal}, of ${scores.join(", ")}${audits.length ? `; below 1: ${audits.join(", ")}` : ""}`,
    );
    if (median(scores) < least) process.exitCode = 1;
  }
  for (const id of [
    "first-contentful-paint",
    "largest-contentful-paint",
    "total-blocking-time",
    "cumulative-layout-shift",
  ])
    console.log(`  ${results[0].audits[id].title}: ${results.map(({ audits }) => audits[id].displayValue).join(", ")}`);
} finally {
  server.kill();
}
