// Nothing below an element moves while it loads and answers: layout shifts as Chromium counts them, on a slow network, so
// that every state in between is painted.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { host, verdict } from "./embed.mjs";
import { SIZES } from "./gauge.mjs";

const LIMIT = 0.02;
const SLOW = 120; // ms for each script and module
const ATTRIBUTES = {
  calculator: "",
  full: "compact",
  bar: 'view="bar"',
  verdict: 'view="verdict"',
  table: 'view="table"',
};
const EXAMPLE = '<a class="example" lang="en" href="#">Fits. 2.38 GiB to spare per GPU. (vLLM 0.33.0)</a>';

// One that fits, and what is said of one that doesn't, with as much as there may be to say.
const SETUPS = {
  "fits": 'model="Qwen/Qwen3-8B" gpu="l4-24gb" context="8192"',
  "doesn't fit": 'model="meta-llama/Llama-3.3-70B-Instruct" gpu="h100-sxm-80gb" context="8192"',
  "doesn't fit by far": 'model="Qwen/Qwen3-8B" gpu="l4-24gb" concurrency="64"',
};
const WINDOWS = { ...SIZES, column: { width: 720, height: 1080 }, tall: { width: 1280, height: 2400 } };
const element = (view, setup, inside) =>
  `<vram-gauge ${ATTRIBUTES[view]} ${setup}>${inside}</vram-gauge>${"<p>The text goes on here.</p>".repeat(40)}`;

const docs = fileURLToPath(new URL("../../build/site/docs/index.html", import.meta.url));
const [, room] = /<code data-file="room">(.*?)<\/code>/s.exec(readFileSync(docs, "utf8"));

test.skip(({ browserName }) => browserName !== "chromium", "no other browser counts layout shifts");

async function openSlowly(page, body) {
  await page.addInitScript(() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries())
        if (!hadRecentInput)
          window.shifts.push([
            value,
            ...sources.map(({ node, previousRect: a, currentRect: b }) => [
              node?.nodeName,
              a.y,
              a.height,
              b.y,
              b.height,
            ]),
          ]);
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.route("**/vram-gauge/*.{js,wasm}", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, SLOW));
    await route.continue();
  });
  await host(page, `<p>Text before.</p>${body}`, { style: `body{margin:8px;font:16px/1.5 sans-serif}${room}` });
}

// What has moved, and by how much, once nothing moves any more.
async function moved(page) {
  await page.waitForTimeout(400); // details follow the answer
  const shifts = await page.evaluate(() => window.shifts);
  return { sum: shifts.reduce((sum, [value]) => sum + value, 0), shifts };
}

for (const [size, viewport] of Object.entries(WINDOWS)) {
  test.describe(size, () => {
    test.use({ viewport });

    for (const view of Object.keys(ATTRIBUTES)) {
      for (const [name, setup] of Object.entries(SETUPS)) {
        test(`${view}, in sight, ${name}`, async ({ page }) => {
          await openSlowly(page, element(view, setup, "<p>The answer is on its way.</p>"));
          await expect(verdict(page)).toContainText(/GiB|tokens/);
          const { sum, shifts } = await moved(page);
          expect(sum, JSON.stringify(shifts)).toBeLessThanOrEqual(LIMIT);
        });
      }
    }
    if (!(size in SIZES)) return;

    test("each view with an answer of its own, in sight, until it is clicked", async ({ page }) => {
      await openSlowly(
        page,
        Object.keys(ATTRIBUTES)
          .map((view) => element(view, SETUPS.fits, EXAMPLE))
          .join(""),
      );
      await page.waitForFunction(() => customElements.get("vram-gauge"));
      const module = page.waitForResponse("**/*.wasm");
      await page.locator(".example").first().hover();
      await module; // pointing at it loads what a click will need
      const { sum, shifts } = await moved(page);
      expect(sum, JSON.stringify(shifts)).toBe(0);
      await expect(verdict(page)).toHaveCount(0);
      await page.locator(".example").last().click();
      await expect(verdict(page)).toHaveCount(1);
    });

    test("each view, scrolled to", async ({ page }) => {
      const all = Object.keys(ATTRIBUTES).flatMap((view) => [
        element(view, SETUPS.fits, "<p>On its way.</p>"),
        element(view, SETUPS.fits, EXAMPLE),
      ]);
      const gap = '<div style="height:1500px"></div>';
      await openSlowly(page, gap + all.join(gap) + gap);
      await page.waitForFunction(() => customElements.get("vram-gauge"));
      const bottom = await page.evaluate(() => document.documentElement.scrollHeight);
      for (let y = 0; y < bottom; y += 400) {
        await page.evaluate((top) => scrollTo(0, top), y);
        await page.waitForTimeout(60);
      }
      await expect(verdict(page)).toHaveCount(Object.keys(ATTRIBUTES).length);
      const { sum, shifts } = await moved(page);
      expect(sum, JSON.stringify(shifts)).toBeLessThanOrEqual(LIMIT);
    });
  });
}
