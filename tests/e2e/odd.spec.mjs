// What browsers don't allow and texts that can't be read: said, and nothing breaks.

import { expect, test } from "@playwright/test";
import { open, paste, SIZES, state, verdict } from "./gauge.mjs";
import { SMALL_MODEL } from "./small-model.mjs";

const noClipboard = (page, command) =>
  page.addInitScript((works) => {
    Object.defineProperty(navigator, "clipboard", { value: undefined });
    document.execCommand = () => {
      window.copied = document.activeElement.value;
      return works;
    };
  }, command);

for (const works of [true, false]) {
  test(`without a clipboard, ${works ? "a selection is copied" : "that is said"}`, async ({ page }) => {
    await noClipboard(page, works);
    const problems = await open(page, "#m=Qwen/Qwen3-8B&g=l4-24gb");
    const said = works ? "Copied" : "Not allowed here: copy it by hand";
    await page.getByRole("button", { name: "Copy link" }).click();
    await expect(page.getByRole("button", { name: works ? "Link copied" : said })).toBeFocused();
    expect(await page.evaluate(() => window.copied)).toMatch(/#m=Qwen\/Qwen3-8B&g=l4-24gb$/);
    for (const [part, text] of [
      ["out", "vllm serve Qwen/Qwen3-8B"],
      ["embed", '<vram-gauge model="Qwen/Qwen3-8B"'],
    ]) {
      await page.locator(`#${part} > summary`).click();
      await page.locator(`#${part}`).getByRole("button", { name: "Copy", exact: true }).click();
      await expect(page.locator(`#${part}`).getByRole("button", { name: said })).toBeVisible();
      expect(await page.evaluate(() => window.copied)).toContain(text);
    }
    expect(problems).toEqual([]);
  });
}

test("YAML that can't be read is said to be so, with its line", async ({ page }) => {
  const problems = await open(page);
  const before = await state(page);
  const alert = page.locator("vram-gauge .alert");
  await paste(page, "profile_version: 1\nmodel:\n  id: x\n nope\n");
  await expect(alert).toContainText("Line 4 can't be read as YAML.");
  await paste(page, "kind: Pod\n---\nspec:\n  image: vllm/vllm-openai\n  nope\n");
  await expect(alert).toContainText("Line 5 can't be read as YAML.");
  expect(await state(page)).toEqual(before);
  expect(problems).toEqual([]);
});

test("a file that is called a log is none if nothing of vLLM's is in it", async ({ page }) => {
  await open(page);
  await page.locator("vram-gauge").evaluate((element) => element.take(new File(["hello"], "x.log")));
  await expect(page.locator("vram-gauge .alert")).toContainText("That is neither a config.json nor a model");
});

test("a config in a code fence is read, and a manifest's command", async ({ page }) => {
  await open(page, "#g=l4-24gb");
  await paste(page, "The config:\n\n```json\n" + '{"architectures": ["LlamaForCausalLM"],}\n```\n');
  await expect(page.locator("vram-gauge #config-error")).toContainText("Line 1, column 40");
  await paste(
    page,
    "spec:\n  image: vllm/vllm-openai:v0.25.1\n  args: [--model, Qwen/Qwen3-8B, --max-model-len, auto]\n",
  );
  await expect(verdict(page)).toContainText("34,208 tokens");
  expect(await state(page)).toMatchObject({ "vllm_version": "0.25.1", "engine.max_model_len": -1 });
});

test("the context may be as long as fits, and what a media limit or a mode is", async ({ page }) => {
  const problems = await open(page, "#m=Qwen/Qwen3-8B&g=l4-24gb");
  const at = (name) => page.locator(`vram-gauge #in-${name}`);
  await at("max_model_len").fill("auto");
  await expect(verdict(page)).toContainText("Fits, just.");
  await at("max_model_len").blur();
  await expect(at("max_model_len")).toHaveValue("auto");
  await page.getByText("Advanced", { exact: true }).click();
  await at("limit_mm_per_prompt").fill('{"image": 0, "video": {"count": 0}}');
  await at("performance_mode").selectOption("throughput"); // draws the page while that is being typed
  await at("limit_mm_per_prompt").blur();
  await expect(page.locator("vram-gauge .err")).toHaveCount(0);
  expect(await state(page)).toMatchObject({
    "engine.max_model_len": -1,
    "engine.limit_mm_per_prompt": { image: 0, video: { count: 0 } },
    "engine.performance_mode": "throughput",
  });
  expect(problems).toEqual([]);
});

test("a config in a fence is said to shorten the context as one without is", async ({ page }) => {
  await open(page, "#m=meta-llama/Llama-3.1-8B-Instruct&g=l40s-48gb");
  await paste(page, "vllm serve meta-llama/Llama-3.1-8B-Instruct --max-model-len 100000");
  await expect(verdict(page)).toContainText("100,000");
  await paste(page, `\`\`\`json\n${JSON.stringify(SMALL_MODEL)}\n\`\`\`\n`);
  await expect(page.locator("vram-gauge .alert")).toContainText("can't be 100,000 tokens long");
});

test.describe("on a phone", () => {
  test.use({ viewport: SIZES.phone });

  test("nothing that is told or tabled is wider than the page", async ({ page }) => {
    await open(page);
    await paste(page, `vllm serve a/${"b".repeat(90)} --speculative-config.${"c".repeat(90)} 1`);
    await expect(page.locator("vram-gauge .alert")).toContainText("bbb");
    for (const id of ["compare", "map", "versions"]) await page.locator(`#${id} > summary`).click();
    await paste(page, "Qwen/Qwen3-8B");
    await expect(page.locator("vram-gauge caption").nth(1)).toBeVisible();
    const wide = await page.locator("vram-gauge caption").evaluateAll((all) => all.map((one) => one.offsetWidth));
    expect(Math.max(...wide)).toBeLessThanOrEqual(SIZES.phone.width);
    const width = await page.evaluate(() => document.documentElement.scrollWidth); // beside a scroll bar
    expect(width).toBeLessThanOrEqual(SIZES.phone.width);
  });
});
