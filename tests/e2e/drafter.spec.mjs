// A model that drafts for the one on show: where it comes from, and when it goes.

import { expect, test } from "@playwright/test";
import { open, paste, state, verdict } from "./gauge.mjs";

const SPECULATION = { method: "eagle3", num_speculative_tokens: 2 };
const DRAFT = JSON.stringify({
  architectures: ["LlamaForCausalLMEagle3"],
  model_type: "llama",
  hidden_size: 4096,
  intermediate_size: 12288,
  num_attention_heads: 32,
  num_hidden_layers: 1,
  num_key_value_heads: 8,
  head_dim: 128,
  vocab_size: 151936,
  draft_vocab_size: 32000,
  max_position_embeddings: 40960,
  torch_dtype: "bfloat16",
});

test("a draft model's config pasted as a model can draft for the model before", async ({ page }) => {
  const problems = await open(page, "#m=Qwen/Qwen3-8B&g=l40s-48gb");
  await page.locator("vram-gauge #config").fill(DRAFT.slice(0, 99)); // Firefox tells of it in pieces, as typing does
  await page.locator("vram-gauge #config").fill(DRAFT);
  await page.getByRole("button", { name: "Let it draft for Qwen/Qwen3-8B" }).waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Let it draft for Qwen/Qwen3-8B" })).toHaveCount(0);
  await paste(page, DRAFT);
  await expect(verdict(page)).toContainText("drafts for another model");
  await page.getByRole("button", { name: "Let it draft for Qwen/Qwen3-8B" }).click();
  await expect(verdict(page)).not.toContainText("drafts for another model");
  const { known_model, draft_config } = await state(page);
  expect([known_model, draft_config]).toEqual(["Qwen/Qwen3-8B", DRAFT]);
  await expect(page.locator("vram-gauge .alert")).toHaveCount(0);
  expect(problems).toEqual([]);
});

test("the field for a draft's config comes without taking the focus, or the place of another field", async ({
  page,
}) => {
  await open(page, "#m=Qwen/Qwen3-8B&g=l40s-48gb");
  const at = (name) => page.locator(`vram-gauge #in-${name}`);
  await page.getByText("Advanced", { exact: true }).click();
  await at("speculative_config").fill('{"method":"eagle3","num_speculative_tokens":2}');
  await page.keyboard.press("Tab");
  await expect(at("draft_config")).toBeVisible();
  await expect(at("decode_context_parallel_size")).toBeFocused();
  await at("mamba_cache_dtype").selectOption("float16");
  expect((await state(page))["engine.mamba_cache_dtype"]).toBe("float16");
  await at("draft_config").fill('{"architectures": ["LlamaForCausalLMEagle3"],}');
  const error = "Line 1, column 46: A comma stands before the closing bracket: remove it.";
  await expect(at("draft_config-hint")).toHaveText(error);
  await expect(page.locator("vram-gauge .alert")).toContainText(`the draft model’s config.json: ${error}`);
});

// Qwen3-8B under another name.
const MODEL = JSON.stringify({
  ...JSON.parse(DRAFT),
  architectures: ["Qwen3ForCausalLM"],
  model_type: "qwen3",
  num_hidden_layers: 36,
  draft_vocab_size: undefined,
});

const OTHER = JSON.stringify({ ...JSON.parse(MODEL), hidden_size: 2048, intermediate_size: 6144 });

const drafting = async (page, text = DRAFT) => {
  const problems = await open(page, "#m=Qwen/Qwen3-8B&g=l40s-48gb");
  await page.locator("vram-gauge").evaluate(
    (element, changes) => {
      element.state = changes;
    },
    { "engine.speculative_config": SPECULATION, "draft_config": text },
  );
  return problems;
};
const choose = async (page, name) => {
  await page.getByRole("combobox", { name: "Model" }).fill(name);
  await page.keyboard.press("Enter");
};
const drafterOf = async (page) => {
  const { draft_config, "engine.speculative_config": speculation } = await state(page);
  return [speculation, draft_config];
};

test("another model leaves the drafter of the one before out, says so, and gives it back", async ({ page }) => {
  const problems = await drafting(page);
  const alert = page.locator("vram-gauge .alert");
  await choose(page, "meta-llama/Llama-3.1-8B-Instruct");
  await expect(alert).toContainText("The drafter was left out: it was made for the model before.");
  expect(await drafterOf(page)).toEqual([undefined, undefined]);
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(alert).toHaveCount(0);
  expect(await drafterOf(page)).toEqual([SPECULATION, DRAFT]);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  expect((await state(page)).known_model).toBe("Qwen/Qwen3-8B");
  expect(await drafterOf(page)).toEqual([SPECULATION, DRAFT]);
  expect(problems).toEqual([]);
});

test("a model of the same shape keeps the drafter, and any model keeps what drafts from its own text", async ({
  page,
}) => {
  await drafting(page);
  await choose(page, "Qwen/Qwen3-8B-FP8");
  await expect(verdict(page)).toContainText("GiB");
  expect(await drafterOf(page)).toEqual([SPECULATION, DRAFT]);
  await paste(page, "vllm serve Qwen/Qwen3-8B --spec-method ngram --spec-tokens 3");
  await expect(page.locator("vram-gauge .alert")).toContainText("Read the command line");
  await choose(page, "meta-llama/Llama-3.1-8B-Instruct");
  await expect(page.locator("vram-gauge .alert")).toHaveCount(0);
  expect(await drafterOf(page)).toEqual([{ method: "ngram", num_speculative_tokens: 3 }, undefined]);
});

test("a config that a command line's name waits for keeps the name, and the drafter of that line", async ({ page }) => {
  await drafting(page);
  await paste(page, "vllm serve org/private --spec-model org/head --spec-method eagle3 --spec-tokens 2");
  await expect(page.locator("vram-gauge .alert")).toContainText("org/private isn't among the models");
  await paste(page, OTHER);
  await expect(verdict(page)).toContainText("GiB");
  expect(await state(page)).toMatchObject({
    "config": OTHER,
    "page.name": "org/private",
    "engine.speculative_config": { ...SPECULATION, model: "org/head" },
  });
});

test("a second command line keeps the texts of the model and the drafter that it names again", async ({ page }) => {
  await open(page, "#m=Qwen/Qwen3-8B&g=l40s-48gb");
  const line = (model, head) =>
    `vllm serve ${model} --max-model-len 8192 --speculative-config '{"method":"eagle3","model":"${head}","num_speculative_tokens":2}'`;
  await paste(page, line("org/private", "org/head"));
  await expect(page.locator("vram-gauge .alert")).toContainText("org/private isn't among the models");
  await paste(page, MODEL);
  await page.locator("vram-gauge").evaluate((element, text) => {
    element.state = { draft_config: text };
  }, DRAFT);
  await paste(page, line("org/private", "org/head").replace("8192", "4096"));
  await expect(verdict(page)).toContainText("4,096");
  expect(await state(page)).toMatchObject({ config: MODEL, draft_config: DRAFT });
  await paste(page, line("org/private", "org/other"));
  await expect(verdict(page)).toContainText("8,192");
  expect((await state(page)).draft_config).toBeUndefined();
});

test("no field for a draft's config where nothing needs one", async ({ page }) => {
  await open(page, "#m=Qwen/Qwen3-8B&g=l40s-48gb");
  await page.getByText("Advanced", { exact: true }).click();
  const field = page.locator("vram-gauge #in-speculative_config");
  const shown = page.locator("vram-gauge #in-draft_config");
  for (const [speculation, count] of [
    ['{"model":"org/head"}', 1],
    ['{"model":"ngram"}', 0],
    ['{"method":"eagle3"}', 1],
    ['{"method":"ngram"}', 0],
  ]) {
    await field.fill(speculation);
    await field.blur();
    await expect(shown, speculation).toHaveCount(count);
  }
});

test("a member that vLLM doesn't know stands at its field", async ({ page }) => {
  const problems = await open(page, "#m=Qwen/Qwen3-8B&g=l40s-48gb");
  await page.getByText("Advanced", { exact: true }).click();
  await paste(page, "vllm serve Qwen/Qwen3-8B -cc.level 3");
  await expect(page.locator("vram-gauge #in-compilation_config-hint")).toContainText("it has no such setting");
  await expect(verdict(page)).toContainText("vLLM won't run this");
  expect(problems).toEqual([]);
});
