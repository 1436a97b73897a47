// The page as a person meets it, in a real browser, against the built site.

import { expect, test } from "@playwright/test";
import { open, SIZES, verdict } from "./gauge.mjs";
import { LLAMA_8B } from "./small-model.mjs";

test("shows a live example, without errors", async ({ page }) => {
  const problems = await open(page);
  await expect(verdict(page)).toContainText(/GiB|tokens/);
  await expect(page.getByRole("combobox", { name: "Model" })).not.toHaveValue("");
  expect(problems).toEqual([]);
});

test("every change answers at once, and the address bar holds the state", async ({ page }) => {
  await open(page);
  const before = await verdict(page).textContent();
  await page.locator("vram-gauge #in-concurrency").fill("5,000");
  await expect(verdict(page)).not.toHaveText(before);
  await expect(verdict(page)).toContainText("5,000");
  await expect.poll(() => page.url()).toContain("c=5000");
  const said = await verdict(page).textContent();
  const address = page.url();
  await page.goto("about:blank");
  await page.goto(address); // not goBack(): from Firefox's page cache no load event comes
  await expect(verdict(page)).toHaveText(said);
});

test("undo takes back what was set", async ({ page }) => {
  await open(page);
  const before = await verdict(page).textContent();
  await page.locator("vram-gauge #in-max_model_len").fill("4k");
  await expect(verdict(page)).not.toHaveText(before);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(verdict(page)).toHaveText(before);
});

test("broken JSON keeps the last good answer, dimmed, and says where it broke", async ({ page }) => {
  await open(page);
  const good = await verdict(page).textContent();
  const box = page.locator("vram-gauge #config");
  await box.fill('{\n  "hidden_size": 4096\n  "num_hidden_layers": 32 }');
  await expect(page.locator("#config-error")).toContainText("Line 3, column 3");
  await expect(verdict(page)).toHaveText(good);
  await expect(page.locator("vram-gauge .top")).toHaveClass(/stale/);
  await page.getByRole("button", { name: "Go to error" }).click();
  const at = await box.evaluate((element) => [element.selectionStart, element.getRootNode().activeElement === element]);
  expect(at).toEqual([26, true]);
});

test("a config is typed, character by character, through texts that aren't JSON yet", async ({ page }) => {
  await open(page);
  const text = '{"model_type": "llama", "num_hidden_layers": 32}';
  const box = page.locator("vram-gauge #config");
  await box.press("{");
  await expect(page.locator("#config-error button")).toBeVisible();
  expect(await box.evaluate((element) => element.getRootNode().activeElement === element)).toBe(true);
  await page.keyboard.type(text.slice(1));
  await expect(box).toHaveValue(text);
  await expect(page.locator("#config-error")).toHaveCount(0);
});

test("a model is found by typing, with the keyboard alone", async ({ page }) => {
  await open(page);
  const model = page.getByRole("combobox", { name: "Model" });
  await model.focus();
  await model.pressSequentially("qwen3-8b");
  await expect(page.locator("vram-gauge #models").getByRole("option").first()).toContainText("Qwen3-8B");
  await model.press("ArrowDown");
  await model.press("Enter");
  await expect(model).toHaveValue(/Qwen3-8B/);
  await expect.poll(() => page.url()).toContain("Qwen3-8B");
});

test("a model with a shorter limit takes its own, and the page says so", async ({ page }) => {
  await open(page);
  const model = page.getByRole("combobox", { name: "Model" });
  await model.fill("Llama-2-7b-hf");
  await model.press("ArrowDown");
  await model.press("Enter");
  await expect(page.locator("vram-gauge .alert")).toContainText("16,384");
  await expect(verdict(page)).toContainText("4,096");
});

test("a pasted config travels in the link", async ({ page }) => {
  await open(page);
  const config = JSON.stringify(LLAMA_8B);
  await page.locator("vram-gauge #config").fill(config);
  const link = () => page.locator("vram-gauge").evaluate((element) => element.permalink());
  await expect.poll(async () => page.url().endsWith(await link())).toBe(true);
  expect(page.url()).toContain("cfg=");
  const said = await verdict(page).textContent();
  const url = page.url();
  await page.goto("about:blank");
  await page.goto(url);
  await expect(verdict(page)).toHaveText(said);
});

test("only the page's own files are asked for, each once", async ({ page, baseURL }) => {
  const asked = [];
  page.on("request", (request) => /^data:|icon\.svg$/.test(request.url()) || asked.push(request.url()));
  await open(page);
  await page.waitForTimeout(1000);
  expect(asked.filter((url) => !url.startsWith(baseURL))).toEqual([]);
  expect(asked.filter((url, i) => asked.indexOf(url) !== i)).toEqual([]);
});

for (const [name, viewport] of Object.entries(SIZES)) {
  test(`nothing moves while the page loads slowly, ${name}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await page.addInitScript(() => {
      window.moved = 0;
      new PerformanceObserver((list) => {
        for (const { value } of list.getEntries()) window.moved += value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.route("**/*.{js,wasm}", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      await route.continue();
    });
    await open(page);
    await expect(page.locator("#theme")).toBeVisible();
    expect(await page.evaluate(() => window.moved)).toBeLessThanOrEqual(0.02);
  });
}

test("the example is there before any script, and says what the element says", async ({ page, browser }) => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const still = await plain.newPage();
  await still.goto(new URL("./", test.info().project.use.baseURL).href);
  const example = await still.locator(".example [data-verdict]").textContent();
  await expect(still.locator(".example svg")).toBeVisible();
  await plain.close();
  await open(page);
  await expect(page.locator("vram-gauge .example")).toHaveCount(0);
  await expect(verdict(page)).toHaveText(example);
});

test("two elements on a page share one module", async ({ page }) => {
  const wasm = [];
  page.on("request", (request) => request.url().endsWith(".wasm") && wasm.push(request.url()));
  await page.goto("./embed.html");
  await expect(verdict(page)).toHaveCount(2);
  expect(wasm.length).toBe(1);
});

test("a setting out of range is said at its field, and the last answer stays", async ({ page }) => {
  await open(page);
  const good = await verdict(page).textContent();
  const field = page.locator("vram-gauge #in-gpu_memory_utilization");
  await field.fill("7");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(verdict(page)).toHaveText(good);
});

for (const method of ["vllm", "rule-of-thumb"]) {
  test(`a link without a GPU asks for one, once, at its field: ${method}`, async ({ page }) => {
    const problems = await open(page, `#m=Qwen/Qwen3-8B&ctx=8192&how=${method}`);
    await expect(verdict(page)).toContainText("Which GPU?");
    await expect(page.getByText("Choose a GPU")).toHaveCount(1);
    await expect(page.locator("vram-gauge #in-gpu")).toHaveAccessibleDescription(/Choose a GPU/);
    await expect(page.locator("vram-gauge .alert")).toHaveCount(0);
    await page.locator("vram-gauge #in-gpu").selectOption("other");
    await expect(page.locator("vram-gauge #in-memory_bytes")).toHaveAccessibleDescription(/Type the memory/);
    await page.locator("vram-gauge #in-gpu").selectOption("l4-24gb");
    await expect(page.locator("vram-gauge #in-gpu")).not.toHaveAttribute("aria-invalid");
    await expect(verdict(page)).toContainText("to spare");
    expect(problems).toEqual([]);
  });
}
