// The page, as the flows use it.

import { expect } from "@playwright/test";

export const SIZES = { desktop: { width: 1280, height: 720 }, phone: { width: 360, height: 740 } };

export const verdict = (page) => page.locator("vram-gauge .top [data-verdict]");

// Opens the page with an answer on it; returns the list that its errors and warnings come to.
export async function open(page, address = "") {
  const problems = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(`./${address}`);
  await page.mouse.move(5, 5); // the example waits for a reader who stirs
  await expect(verdict(page).first()).toContainText(/\w/);
  return problems;
}

// Pastes text while nothing editable has the focus.
export async function paste(page, text) {
  await page.evaluate((given) => {
    const data = new DataTransfer();
    data.setData("text", given);
    const event = new Event("paste", { bubbles: true, cancelable: true });
    Object.defineProperty(event, "clipboardData", { value: data }); // Firefox empties that of a made-up ClipboardEvent
    document.body.dispatchEvent(event);
  }, text);
}

export const state = (page) => page.locator("vram-gauge").evaluate((element) => element.state);

// A part of the details, opened.
export async function show(page, ...ids) {
  for (const id of ids) {
    await page.locator(`vram-gauge #${id} > summary`).click();
    await expect(page.locator(`vram-gauge #${id} .in-section`)).not.toHaveText(/^Loading/);
  }
}

// Words in `vllm serve`'s start-up log.
export const LOG =
  "INFO 11-01 06:58:00 [core.py:1] Initializing a V1 LLM engine (v0.19.1) with config: model='Qwen/Qwen3-8B', speculative_config=None, tokenizer='Qwen/Qwen3-8B', dtype=torch.bfloat16, max_seq_len=16384, tensor_parallel_size=1, pipeline_parallel_size=1, quantization=None, enforce_eager=False, kv_cache_dtype=auto\nINFO 11-01 [gpu_model_runner.py:3549] Model loading took 15.27 GiB memory and 0.32 seconds\nINFO 11-01 [gpu_worker.py:359] Available KV cache memory: 3.28 GiB\nINFO 11-01 [kv_cache_utils.py:1] GPU KV cache size: 23,872 tokens\n";
