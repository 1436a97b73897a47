// What a host says to the element, and hears from it.

import { expect, test } from "@playwright/test";
import { ELEMENT, host, verdict } from "./embed.mjs";
import { SMALL_MODEL } from "./small-model.mjs";

test("attributes are the way in, one composed event the way out", async ({ page }) => {
  await host(page, ELEMENT);
  await expect(verdict(page)).toContainText("16,384");
  const heard = page.evaluate(
    () =>
      new Promise((resolve) =>
        document.addEventListener(
          "vram-gauge-change",
          ({ detail }) => resolve([detail.report.method, detail.state["engine.max_model_len"]]),
          { once: true },
        ),
      ),
  );
  await page.locator("vram-gauge").evaluate((element) => {
    element.setAttribute("context", "4k");
    element.setAttribute("concurrency", "3");
  });
  expect(await heard).toEqual(["vllm", 4096]);
  await expect(verdict(page)).toContainText("4,096");
  const report = await page.locator("vram-gauge").evaluate((element) => element.report.resolved.max_model_len);
  expect(report).toBe(4096);
  expect(await page.evaluate(() => location.hash)).toBe("");
});

test("controls says what a reader may change, view how much is shown", async ({ page }) => {
  await host(
    page,
    '<vram-gauge view="bar" controls="gpu context" model="Qwen/Qwen3-8B" gpu="l4-24gb" context="8192"></vram-gauge><vram-gauge view="verdict" model="Qwen/Qwen3-8B" gpu="l4-24gb"></vram-gauge><vram-gauge view="table" model="Qwen/Qwen3-8B" gpu="l4-24gb" context="8192"></vram-gauge>',
  );
  await expect(verdict(page)).toHaveCount(3);
  const [bar, short, table] = [0, 1, 2].map((i) => page.locator("vram-gauge").nth(i));
  await expect(bar.locator(".field")).toHaveCount(2);
  await expect(bar.locator("svg")).toBeVisible();
  await expect(short.locator("svg, .field")).toHaveCount(0);
  await expect(table.getByRole("table")).toBeVisible();
});

test("the host's dark mode is followed", async ({ page }) => {
  await host(page, ELEMENT);
  const gauge = page.locator("vram-gauge .gauge");
  await expect(gauge).toHaveAttribute("data-theme", "light");
  for (const [tag, name, dark, light] of [
    ["html", "data-theme", "dark", "light"],
    ["body", "data-md-color-scheme", "slate", "default"],
    ["html", "class", "dark", ""],
  ]) {
    await page.locator(tag).evaluate((node, [n, v]) => node.setAttribute(n, v), [name, dark]);
    await expect(gauge).toHaveAttribute("data-theme", "dark");
    await page
      .locator(tag)
      .evaluate((node, [n, v]) => (v ? node.setAttribute(n, v) : node.removeAttribute(n)), [name, light]);
    await expect(gauge).toHaveAttribute("data-theme", "light");
    await page.locator(tag).evaluate((node, n) => node.removeAttribute(n), name);
  }
});

test("a config beside the host's page is read", async ({ page }) => {
  await page.route("**/my-config.json", (route) => route.fulfill({ json: SMALL_MODEL }));
  await host(page, '<vram-gauge compact config-src="my-config.json" gpu="l4-24gb"></vram-gauge>');
  await expect(verdict(page)).toContainText("Fits");
});

test("what an element is given as names is never markup", async ({ page }) => {
  const evil = "&lt;img src=x onerror=alert(1)&gt;";
  const problems = await host(page, `<vram-gauge model="${evil}" gpu="${evil}" vllm-version="${evil}"></vram-gauge>`);
  await expect(verdict(page)).toBeVisible();
  expect(await page.locator("vram-gauge img").count()).toBe(0);
  expect(problems).toEqual([]);
});
