// Many elements in one page, and answers that come with it.

import { expect, test } from "@playwright/test";
import { ELEMENT, host, verdict } from "./embed.mjs";
import { open, show } from "./gauge.mjs";

test("twenty elements share one module, and those far away wait", async ({ page }) => {
  const wasm = [];
  page.on("request", (request) => request.url().endsWith(".wasm") && wasm.push(request.url()));
  const far = `${ELEMENT.repeat(10)}<div style="height:20000px"></div>${ELEMENT.repeat(10)}`;
  await host(page, far);
  await expect(verdict(page).first()).toContainText("GiB");
  await expect(page.getByText("fallback")).toHaveCount(20);
  const started = await page
    .locator("vram-gauge")
    .evaluateAll((all) => all.filter((one) => one.shadowRoot?.querySelector(".gauge")).length);
  expect(started).toBeLessThan(20);
  await page.locator("vram-gauge").last().scrollIntoViewIfNeeded();
  await expect(verdict(page).last()).toContainText("GiB");
  expect(wasm.length).toBe(1);
});

test("an answer that comes with the page is all there is until somebody turns to it, and is what the element says then", async ({
  page: maker,
  browser,
  baseURL,
}) => {
  await open(maker, "#m=Qwen/Qwen3-8B&g=l4-24gb&ctx=8192");
  await show(maker, "embed");
  await maker.locator("vram-gauge #embed select").selectOption("answered");
  const snippet = await maker.locator("vram-gauge #embed pre").textContent();
  expect(snippet).toContain('<a class="example" lang="en"');
  const page = await browser.newPage({ baseURL }); // where the calculator was never open
  const asked = [];
  page.on("request", (request) => asked.push(request.url().replace(baseURL, "")));
  await host(page, snippet.replace(/.*<\/script>/, "").repeat(20));
  const answers = page.locator("vram-gauge .example");
  await expect(answers).toHaveCount(20);
  const said = await answers.last().textContent();
  await page.mouse.wheel(0, 300);
  await page.waitForTimeout(500);
  const bodies = asked
    .filter((path) => path !== "host.html")
    .map(async (path) => (await maker.request.get(baseURL + path)).body());
  const bytes = (await Promise.all(bodies)).reduce((sum, { length }) => sum + length, 0);
  expect(bytes).toBeGreaterThan(500); // the stub, once
  expect(bytes).toBeLessThan(5000);
  await answers.last().click();
  await expect(verdict(page)).toHaveCount(1);
  await expect(verdict(page)).toContainText("GiB");
  expect(said).toContain((await verdict(page).locator(".verdict").textContent()).trim());
  expect(asked.filter((path) => path.endsWith(".wasm"))).toHaveLength(1);
  // A host that changes it wants another answer at once.
  await page
    .locator("vram-gauge")
    .first()
    .evaluate((element) => element.setAttribute("context", "4096"));
  await expect(verdict(page).first()).toContainText("4,096");
  await page.close();
});
