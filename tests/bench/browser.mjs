// What the benchmarks of the page share: Chromium over the built site, its CPU slowed down four times, and a trace of it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";

const SLOWER = 4;
const repo = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const port = process.env.BENCH_PORT ?? "8125";

export const home = `http://localhost:${port}/`;
export const sum = (list) => list.reduce((total, value) => total + value, 0);

// Serves the site (BENCH_SITE: another one, to compare with) while `run(browser)` runs.
export async function withBrowser(run) {
  const server = spawn(process.execPath, [`${repo}/web/server.mjs`, process.env.BENCH_SITE ?? `${repo}/build/site`], {
    env: { ...process.env, PORT: port },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(server.stdout, "data");
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  try {
    await run(browser);
  } finally {
    await browser.close();
    server.kill();
  }
}

// The trace events of what `act` does with the page, slowed down.
export async function traced(page, act) {
  const client = await page.context().newCDPSession(page);
  await client.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const events = [];
  client.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  const traceConfig = { includedCategories: ["toplevel", "devtools.timeline"] };
  await client.send("Tracing.start", { traceConfig, transferMode: "ReportEvents" });
  await act();
  const done = new Promise((resolve) => client.once("Tracing.tracingComplete", resolve));
  await client.send("Tracing.end");
  await done;
  return events;
}
