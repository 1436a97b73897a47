// What twenty elements in one page cost: Chromium, its CPU slowed down four times. Main-thread time after the page's load
// event until all is quiet, requests and bytes, with the elements an article's length apart and all in sight. Prints; fails
// only where the module is asked for more than once.
import { home, sum, traced, withBrowser } from "./browser.mjs";

const COUNT = 20;
const TALL = 5000; // px: all of them on one screen

const element = (view, height) =>
  `<vram-gauge ${view} model="Qwen/Qwen3-8B" gpu="l4-24gb" context="8192" style="display:block;min-height:${height}px"><p>Qwen3-8B</p></vram-gauge>`;
const article = (one) => `${one}<div style="height:3000px"></div>`;

const SCENES = {
  "none": "",
  "far from the viewport": `<div style="height:5000px"></div>${article(element("compact", 420)).repeat(COUNT)}`,
  "an article's length apart": article(element("compact", 420)).repeat(COUNT),
  "verdicts, all in sight": element('view="verdict"', 20).repeat(COUNT),
  "with their answers, all in sight":
    `<vram-gauge model="Qwen/Qwen3-8B" gpu="l4-24gb" context="8192"><a class="example" href="#">Fits</a></vram-gauge> `.repeat(
      COUNT,
    ),
  "whole, all started": element("compact", 420)
    .repeat(COUNT)
    .replaceAll("min-height:420px", "height:30px;overflow:hidden"),
};

async function measure(browser, name, body) {
  const height = name.includes("all in sight") ? TALL : 720;
  const page = await browser.newPage({ viewport: { width: 1280, height } });
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>host</title><script type="module" src="vram-gauge.js"></script><body>${body}`;
  await page.route("**/host.html", (route) => route.fulfill({ contentType: "text/html", body: html }));
  const events = await traced(page, async () => {
    await page.goto(`${home}host.html`);
    await page.waitForTimeout(4000);
  });
  const answered = await page.locator("vram-gauge").evaluateAll((all) => all.filter((one) => one.report).length);
  await page.close();
  return { answered, modules: asked.filter((url) => url.endsWith(".wasm")).length, ...read(events) };
}

// Thread time, so that other work on the machine doesn't count.
function read(events) {
  const loaded = events.find(({ name, args }) => name === "MarkLoad" && args?.data?.isOutermostMainFrame);
  const tasks = events.filter(
    ({ name, pid, tid, ts }) => name.endsWith("RunTask") && pid === loaded.pid && tid === loaded.tid && ts >= loaded.ts,
  );
  const times = tasks.map(({ tdur = 0 }) => tdur / 1000);
  return { main: sum(times), longest: Math.max(0, ...times) };
}

await withBrowser(async (browser) => {
  for (const [name, body] of Object.entries(SCENES)) {
    const { answered, modules, main, longest } = await measure(browser, name, body);
    console.log(
      `${main.toFixed(0).padStart(6)} ms  of the main thread after load, longest task ${longest.toFixed(0)} ms: elements: ${name}, ${answered} answered, ${modules} modules`,
    );
    if (modules > 1) process.exitCode = 1;
  }
});
