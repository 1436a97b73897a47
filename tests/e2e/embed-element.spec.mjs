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

test("attributes that can't be read are said, with what they take, to readers and to scripts", async ({ page }) => {
  await page.addInitScript(() => {
    window.heard = [];
    document.addEventListener("vram-gauge-error", ({ detail: { error } }) => window.heard.push(error));
  });
  await host(
    page,
    '<vram-gauge compact model="Qwen/Qwen3-8B" gpu="H100" tp="two" context="8k" gpus="-1" controls="gpu foo"></vram-gauge>',
  );
  const gauge = page.locator("vram-gauge");
  const alert = page.locator("vram-gauge .alert");
  await expect(alert).toHaveCount(4);
  await expect(alert.nth(0)).toContainText(/gpu="H100": .*\(h100-pcie-80gb, /);
  await expect(alert.nth(1)).toHaveText(/^gpus="-1" isn't understood.* takes a whole number, 1 to 4,096\.\s*$/);
  await expect(alert.nth(2)).toHaveText(/^tp="two" isn't understood/);
  await expect(alert.nth(3)).toHaveText(/^controls="foo" isn't understood.* gpu, gpus, tp, context, /);
  const codes = () => page.evaluate(() => window.heard.map(({ code, where }) => `${code} ${where.field}`));
  expect(await codes()).toEqual(["attribute gpus", "attribute tp", "attribute controls", "invalid-value hardware.gpu"]);
  await gauge.evaluate((element) => {
    for (const [name, value] of Object.entries({ gpu: "l4-24gb", gpus: "2", tp: "2", controls: "gpu" }))
      element.setAttribute(name, value);
  });
  await expect(alert).toHaveCount(0);
  await gauge.evaluate((element) => element.setAttribute("vllm-version", "0.99"));
  await expect(alert).toContainText('vllm-version="0.99"');
  await gauge.evaluate((element) => {
    element.removeAttribute("vllm-version");
    element.lang = "de";
    element.setAttribute("view", "ful");
  });
  await expect(alert).toHaveText(/^view="ful" ist nicht verständlich .* full, verdict, bar, table\.\s*$/);
});

const SPECULATION = { method: "eagle3", num_speculative_tokens: 2 };
const drafter = (page) =>
  page.locator("vram-gauge").evaluate((element) => element.state["engine.speculative_config"] ?? null);

test("a host's other model leaves the drafter of the one before out, unless the host gives it with or after that", async ({
  page,
}) => {
  await host(page, '<vram-gauge model="Qwen/Qwen3-8B" gpu="l40s-48gb"></vram-gauge>');
  await expect(verdict(page)).toContainText("GiB");
  const alert = page.locator("vram-gauge .alert");
  const change = (what) =>
    page.locator("vram-gauge").evaluate((element, { first, model, state }) => {
      if (first) element.state = first;
      if (model) element.setAttribute("model", model);
      if (state) element.state = state;
    }, what);
  const given = { "engine.speculative_config": SPECULATION };

  await change({ state: given });
  await change({ model: "meta-llama/Llama-3.1-8B-Instruct" });
  await expect(alert).toContainText("The drafter was left out: it was made for the model before.");
  expect(await drafter(page)).toBe(null);
  await page.getByRole("button", { name: "Keep it" }).click();
  expect(await drafter(page)).toEqual(SPECULATION);

  await change({ state: { known_model: "Qwen/Qwen3-8B" } });
  await expect(alert).toContainText("The drafter was left out");
  expect(await drafter(page)).toBe(null);

  await change({ model: "Qwen/Qwen3-14B", state: given }); // the attribute counts before what follows it
  await expect.poll(() => drafter(page)).toEqual(SPECULATION);
  await change({ state: { ...given, known_model: "Qwen/Qwen3-8B" } });
  expect(await drafter(page)).toEqual(SPECULATION);

  await change({ first: given, model: "meta-llama/Llama-3.1-8B-Instruct" });
  await expect.poll(() => drafter(page)).toBe(null);
});

test("a host names a model in one way at a time", async ({ page }) => {
  await host(page, '<vram-gauge model="Qwen/Qwen3-8B" gpu="l4-24gb"></vram-gauge>');
  await expect(verdict(page)).toContainText("40,960");
  const models = await page.locator("vram-gauge").evaluate((element, config) => {
    const named = () => Object.keys(element.state).filter((path) => /model$|config$/.test(path));
    element.state = { config, hf_quant_config: '{"quantization": {"quant_algo": "FP8"}}' };
    const first = named();
    element.config = `${config} `;
    const second = named();
    element.state = { known_model: "Qwen/Qwen3-8B" };
    return [first, second, named()];
  }, JSON.stringify(SMALL_MODEL));
  expect(models).toEqual([["config", "hf_quant_config"], ["config"], ["known_model"]]);
});

test("of two configs beside the host's page the one named last is shown, whichever comes first", async ({ page }) => {
  let answer;
  await page.route("**/slow.json", (route) => {
    answer = () => route.fulfill({ json: { ...SMALL_MODEL, num_hidden_layers: 1 } });
  });
  await page.route("**/quick.json", (route) => route.fulfill({ json: SMALL_MODEL }));
  await host(page, '<vram-gauge config-src="quick.json" gpu="l4-24gb"></vram-gauge>');
  await expect(verdict(page)).toContainText("Fits");
  const gauge = page.locator("vram-gauge");
  await gauge.evaluate((element) => element.setAttribute("config-src", "slow.json"));
  await expect.poll(() => Boolean(answer)).toBe(true);
  await gauge.evaluate((element) => element.setAttribute("config-src", "quick.json"));
  await page.waitForTimeout(100);
  const done = page.waitForResponse("**/slow.json");
  await answer();
  await done;
  await page.waitForTimeout(100);
  expect(await gauge.evaluate((element) => element.report.model.layers)).toBe(SMALL_MODEL.num_hidden_layers);
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

test("a config that isn't beside the host's page is said, whatever else has an answer; a reset keeps one that is", async ({
  page,
}) => {
  await page.route("**/my-config.json", (route) => route.fulfill({ json: SMALL_MODEL }));
  await host(page, '<vram-gauge model="Qwen/Qwen3-8B" config-src="nope.json" gpu="l40s-48gb"></vram-gauge>');
  const alert = page.locator("vram-gauge .alert");
  await expect(alert).toContainText("nope.json: 404");
  const gauge = page.locator("vram-gauge");
  await gauge.evaluate((element) => element.setAttribute("config-src", "my-config.json"));
  await expect(alert).toHaveCount(0);
  await page.getByRole("button", { name: "Reset" }).click();
  await expect
    .poll(() => gauge.evaluate((element) => Object.keys(element.state).sort()))
    .toEqual(["config", "hardware.gpu"]);
});

test("what an element is given as names is never markup", async ({ page }) => {
  const evil = "&lt;img src=x onerror=alert(1)&gt;";
  const problems = await host(page, `<vram-gauge model="${evil}" gpu="${evil}" vllm-version="${evil}"></vram-gauge>`);
  await expect(verdict(page)).toBeVisible();
  expect(await page.locator("vram-gauge img").count()).toBe(0);
  expect(problems).toEqual([]);
});
