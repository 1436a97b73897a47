// What is pasted into, dropped on and typed into the page.

import { expect, test } from "@playwright/test";
import { LOG, open, paste, state, verdict } from "./gauge.mjs";
import { LLAMA_8B, SMALL_MODEL } from "./small-model.mjs";

test("a serve line pasted anywhere is read, and comes out again", async ({ page }) => {
  await open(page);
  await paste(
    page,
    "vllm serve Qwen/Qwen3-8B --max-model-len 8192 -tp 2 --kv-cache-dtype fp8 --enable-auto-tool-choice",
  );
  await expect(page.getByRole("combobox", { name: "Model" })).toHaveValue("Qwen/Qwen3-8B");
  expect((await state(page))["engine.kv_cache_dtype"]).toBe("fp8");
  await page.locator("#out > summary").click();
  await expect(page.locator("vram-gauge .out pre")).toHaveText(
    "vllm serve Qwen/Qwen3-8B \\\n  --tensor-parallel-size 2 \\\n  --max-model-len 8192 \\\n  --kv-cache-dtype fp8 \\\n  --enable-auto-tool-choice\n",
  );
});

test("of two texts pasted at once the later one counts, whatever the earlier one still has to load", async ({
  page,
}) => {
  await open(page);
  let answer;
  await page.route("**/serve-line*.js", (route) => {
    answer = () => route.continue();
  });
  const config = JSON.stringify(SMALL_MODEL);
  await paste(page, "vllm serve Qwen/Qwen3-8B --max-model-len 8192");
  await paste(page, config);
  await expect.poll(() => Boolean(answer)).toBe(true);
  await answer();
  await expect.poll(async () => (await state(page)).config).toBe(config);
  expect((await state(page)).known_model).toBeUndefined();
  await page.getByRole("button", { name: "Undo" }).click();
  expect((await state(page)).known_model).toBe("Qwen/Qwen3-8B");
});

test("a call in Python and a chart's values are read; the serve line says what only Python plans so", async ({
  page,
}) => {
  await open(page);
  await paste(page, "from vllm import LLM\nllm = LLM(model='Qwen/Qwen3-8B', max_model_len=8 * 1024, dtype=d)");
  await expect(page.locator("vram-gauge .alert")).toContainText("Kept, but not counted: --dtype=d.");
  await page.locator("#out > summary").click();
  const line = page.locator("vram-gauge .out pre");
  await expect(line).toHaveText(
    "vllm serve Qwen/Qwen3-8B \\\n  --max-model-len 8192 \\\n  --max-num-batched-tokens 8192 \\\n  --max-num-seqs 256 \\\n  --dtype=d\n",
  );
  await paste(
    page,
    "servingEngineSpec:\n  modelSpec:\n  - modelURL: Qwen/Qwen3-8B\n    vllmConfig:\n      dtype: half\n",
  );
  await expect(line).toHaveText("vllm serve Qwen/Qwen3-8B \\\n  --dtype half \\\n  --no-enable-prefix-caching\n");
  await paste(page, "vllm serve --max-model-len 4096 --moe-backend triton");
  await expect(page.locator("vram-gauge div.why")).toContainText("engine.moe_backend");
  expect((await state(page)).known_model).toBe("Qwen/Qwen3-8B");
});

test("a hub address names a known model; an unknown one says how to get its config, and asks nobody", async ({
  page,
}) => {
  const asked = [];
  await open(page);
  page.on("request", (request) => asked.push(request.url()));
  await paste(page, "https://huggingface.co/Qwen/Qwen3-8B/tree/main");
  await expect(page.getByRole("combobox", { name: "Model" })).toHaveValue("Qwen/Qwen3-8B");
  await paste(page, "https://huggingface.co/nobody/nothing-1b");
  await expect(page.locator("vram-gauge .alert")).toContainText(
    "https://huggingface.co/nobody/nothing-1b/raw/main/config.json",
  );
  expect(asked.filter((url) => url.includes("huggingface"))).toEqual([]);
});

test("a start-up log is read: its set-up, and its figures beside the page's", async ({ page }) => {
  await open(page);
  await paste(page, LOG);
  await expect(page.locator("vram-gauge .log")).toContainText("15.3 GiB");
  const now = await state(page);
  expect([now.known_model, now.vllm_version, now["engine.max_model_len"]]).toEqual(["Qwen/Qwen3-8B", "0.19.1", 16384]);
});

test("of a log's last line alone the page says what it means, and keeps the set-up", async ({ page }) => {
  await open(page, "#m=Qwen/Qwen3-8B&g=l4-24gb&ctx=4096");
  const before = await state(page);
  await paste(
    page,
    "ValueError: The model's max seq len (40960) is larger than the maximum number of tokens that can be stored in KV cache (31504).",
  );
  await expect(page.locator("vram-gauge .log")).toContainText("one request of 40,960 tokens");
  expect(await state(page)).toEqual(before);
});

test("a profile dropped on the page is read and written back", async ({ page }) => {
  await open(page);
  const text =
    "profile_version: 1\nmodel:\n  id: Qwen/Qwen3-8B\n  revision: main\n  max_model_len: 8192\nworkload:\n  concurrency: 3\n";
  await page.evaluate((given) => {
    const data = new DataTransfer();
    data.items.add(new File([given], "profile.yaml"));
    document.body.dispatchEvent(new DragEvent("dragover", { dataTransfer: data, bubbles: true, cancelable: true }));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, text);
  await expect(verdict(page)).toContainText("8,192");
  await page.locator("#out > summary").click();
  await page.locator("vram-gauge .out select").selectOption("profile");
  await expect(page.locator("vram-gauge .out pre")).toHaveText(
    text.replace("workload:", "hardware:\n  gpu_name: rtx-4090-24gb\nworkload:"),
  );
});

test("files that aren't a config are told apart, and nothing is lost", async ({ page }) => {
  await open(page);
  const said = await verdict(page).textContent();
  await paste(page, '{"tokenizer_class": "PreTrainedTokenizerFast", "added_tokens_decoder": {}}');
  await expect(page.locator("vram-gauge .alert, vram-gauge #config-error").first()).toContainText(/tokenizer/);
  await expect(verdict(page)).toHaveText(said);
});
test("the variant of the page that may ask the hub does so on a click that names it", async ({ page }) => {
  const asked = [];
  await page.route("https://huggingface.co/**", (route) => {
    asked.push(route.request().url());
    const gated = route.request().url().includes("gated");
    return route.fulfill({
      status: gated ? 401 : 200,
      headers: { "access-control-allow-origin": "*" },
      json: SMALL_MODEL,
    });
  });
  await page.goto("./hub.html#id=some/model&g=l4-24gb");
  await page.getByRole("button", { name: "Fetch from huggingface.co" }).waitFor();
  expect(asked).toEqual([]);
  await page.getByRole("button", { name: "Fetch from huggingface.co" }).click();
  await expect(verdict(page)).toContainText("Fits");
  expect(asked).toEqual(["https://huggingface.co/some/model/resolve/main/config.json"]);
  await paste(page, "gated/model");
  await page.getByRole("button", { name: "Fetch from huggingface.co" }).click();
  await expect(page.locator("vram-gauge .alert")).toContainText("is gated");
});

test("a fine-tune is recognised by its shape", async ({ page }) => {
  await open(page);
  await page.locator("vram-gauge #config").fill(JSON.stringify({ ...LLAMA_8B, max_position_embeddings: 32768 }));
  await expect(page.locator("vram-gauge .badges")).toContainText(/Same shape as \S+8B/);
});
test("an error stands at the field it is about, a refusal too; another line takes both away", async ({ page }) => {
  await open(page);
  const at = (name) => page.locator(`vram-gauge #in-${name}`);
  await page.getByText("Advanced", { exact: true }).click();
  await paste(page, "vllm serve Qwen/Qwen3-8B --hf-overrides.num_hidden_layers many");
  await expect(at("hf_overrides-hint")).toContainText("num_hidden_layers");
  await expect(page.locator("vram-gauge #config-error")).toHaveCount(0);
  await paste(page, "vllm serve Qwen/Qwen3-8B --speculative-config.num_speculative_tokens two");
  await expect(at("speculative_config-hint")).toContainText("must be a whole number");
  await paste(page, "vllm serve Qwen/Qwen3-8B -tp 5");
  await expect(at("tensor_parallel_size-hint")).toContainText("5");
  await at("speculative_config").fill('{"method":');
  await at("speculative_config").blur();
  await expect(at("speculative_config-hint")).toHaveText("not a value for this field");
  await paste(page, "vllm serve Qwen/Qwen3-8B --speculative-config.method ngram");
  await expect(at("speculative_config")).toHaveValue('{"method":"ngram"}');
  await expect(page.locator("vram-gauge .err")).toHaveCount(0);
});

test("a template that isn't rendered is called one, and nothing is lost", async ({ page }) => {
  await open(page);
  const said = await verdict(page).textContent();
  await paste(page, "{{- if .Values.on }}\nargs:\n- --model={{ .Values.model }}\n{{- end }}");
  await expect(page.locator("vram-gauge .alert")).toContainText("This is a template");
  await expect(verdict(page)).toHaveText(said);
});
