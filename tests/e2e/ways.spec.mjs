// Ways in and out of the page, and everything that loads on intent.

import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { LOG, open, paste, state, verdict } from "./gauge.mjs";
import { SMALL_MODEL } from "./small-model.mjs";

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

// Name of the file that is saved next. WebDriver BiDi doesn't tell of downloads, so in Firefox it is what is asked for.
async function saving(page, browserName) {
  if (browserName === "chromium") return (await page.waitForEvent("download")).suggestedFilename();
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        HTMLAnchorElement.prototype.click = function () {
          resolve(this.download);
        };
      }),
  );
}

const FORMATS = ["serve", "docker", "compose", "kubernetes", "profile", "json", "csv", "svg"];

test("every way out has text, and hostile names stay words", async ({ page, browserName }) => {
  await open(page, "#id=$(touch%20x)'%22%3Cb%3E&m=Qwen/Qwen3-8B&g=l4-24gb&ctx=8192&q=%60id%60");
  await page.locator("#out > summary").click();
  for (const format of FORMATS) {
    await page.locator("vram-gauge .out select").selectOption(format);
    await expect(page.locator("vram-gauge .out pre")).toHaveText(/\w/);
  }
  await page.locator("vram-gauge .out select").selectOption("docker");
  await expect(page.locator("vram-gauge .out pre")).toContainText("'`id`'");
  await page.locator("vram-gauge .out select").selectOption("svg");
  const saved = saving(page, browserName);
  await page.getByRole("button", { name: "Save as PNG" }).click();
  expect(await saved).toBe("vram-gauge-memory.png");
});

test("the table of all GPUs and the map set what is chosen in them", async ({ page }) => {
  await open(page);
  await page.locator("#compare > summary").click();
  await page.getByRole("button", { name: /^2 × H100 SXM 80GB/ }).click();
  expect(await state(page)).toMatchObject({ "hardware.gpu": "h100-sxm-80gb", "hardware.gpus": 2 });
  await page.locator("#map > summary").click();
  await page.getByRole("button", { name: /^4 requests of 8,192 tokens/ }).click();
  expect(await state(page)).toMatchObject({ "engine.max_model_len": 8192, "workload.concurrency": 4 });
  await expect(page.locator("vram-gauge .map .cell.here button")).toBeFocused();
});

test("About the numbers has the accuracy table, misses and all, and asks for it only when it is opened", async ({
  page,
}) => {
  const asked = [];
  page.on("request", (request) => /accuracy/.test(request.url()) && asked.push(request.url()));
  await open(page);
  const about = page.locator("vram-gauge #about");
  expect(asked).toEqual([]);
  await about.locator("> summary").click();
  const published = JSON.parse(readFileSync(new URL("../../web/data/accuracy.json", import.meta.url), "utf8"));
  for (const [name, list] of Object.entries({
    "By vLLM release": published.releases,
    "By GPU": published.gpus,
    "By model family": published.families,
    "The misses": published.misses,
  })) {
    const part = about.locator("details", { hasText: name });
    await part.locator("> summary").click();
    await expect(part.getByRole("row")).toHaveCount(list.length + 1);
  }
  const { starts } = published.total;
  await expect(about).toContainText(`${starts.right} of ${starts.n}`);
  const worst = published.misses.reduce((a, b) => (Math.abs(b.weights ?? 0) > Math.abs(a.weights ?? 0) ? b : a));
  await expect(about.getByRole("row", { name: worst.model }).first()).toContainText(
    `${Number(worst.weights.toFixed(1))} %`,
  );
  expect(asked.length).toBe(1);
});

test("set-ups stand side by side, with what differs marked", async ({ page }) => {
  await open(page);
  await page.locator("#setups > summary").click();
  await page.getByRole("button", { name: "Keep this set-up" }).click();
  await page.locator("vram-gauge #in-max_model_len").fill("4096");
  await expect(page.locator("vram-gauge .setups .differs").filter({ hasText: "context" })).toContainText("16,384");
});

test("a fix is a button that applies it", async ({ page }) => {
  await open(page, "#m=Qwen/Qwen3-8B&g=rtx-4090-24gb&ctx=40960");
  await expect(verdict(page)).toContainText("Won't start");
  await page
    .getByRole("button", { name: /^Apply/ })
    .first()
    .click();
  await expect(verdict(page)).not.toContainText("Won't start");
});

test("German is complete on the page, numbers and all", async ({ page }) => {
  await open(page);
  await page.locator("#lang").selectOption("de");
  await expect(verdict(page)).toContainText("16.384");
  await expect(verdict(page)).toContainText("Passt");
  await expect(page.locator("#out > summary")).toHaveText("Zum Mitnehmen");
  await page.locator("vram-gauge #in-max_model_len").fill("65536");
  await expect(page.locator("vram-gauge .top div.why")).toContainText(
    /Eine Anfrage mit 65\.536 Tokens braucht \d+,\d+ GiB/,
  );
  await page.locator("#versions > summary").click();
  await expect(page.locator("vram-gauge #versions")).toContainText(/0\.29\.0: der Nullblock geht ab, .* Tokens/);
  await expect(page.locator("vram-gauge .fixes")).toContainText("Den KV-Cache in fp8 speichern");
  await expect(page).toHaveTitle(/Passt dieses Modell/);
  await expect(page.locator("footer")).toContainText("Nichts Eingefügtes verlässt diese Seite.");
  await expect(page.locator("footer")).not.toContainText("Nothing", { useInnerText: true });
  await expect(page.locator("#theme")).toHaveText("Farben: auto");
  await page.locator("#lang").selectOption("en");
  await expect(page.locator("footer")).toContainText("Nothing you paste", { useInnerText: true });
  await expect(page.locator("#theme")).toHaveText("theme: auto");
});

test("from the empty page to a copied serve line with the keyboard alone", async ({ page, context, browserName }) => {
  if (browserName === "chromium") await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  const focused = () =>
    page.evaluate(() => {
      let node = document.activeElement;
      while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
      return (node.ariaLabel ?? node.labels?.[0]?.firstChild.textContent ?? node.textContent).trim();
    });
  const tabTo = async (name) => {
    for (let i = 0; i < 80 && (await focused()) !== name; i++) await page.keyboard.press("Tab");
    expect(await focused()).toBe(name);
  };
  await tabTo("Model");
  await page.keyboard.type("qwen3-8b");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await tabTo("GPU");
  await page.keyboard.type("H100 S");
  await expect(verdict(page)).toContainText("1 × H100 SXM 80GB");
  await tabTo("GPUs");
  await page.keyboard.type("2");
  await expect(verdict(page)).toContainText("2 × H100 SXM 80GB");
  await tabTo("Take it with you");
  await page.keyboard.press("Enter");
  await expect(page.locator("vram-gauge .out pre")).toContainText(
    /vllm serve Qwen\/Qwen3-8B[\s\S]*--tensor-parallel-size 2/,
  );
  await tabTo("Copy");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  if (browserName === "chromium")
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("vllm serve Qwen/Qwen3-8B");
});

test("works without a network after one visit", async ({ page, context }) => {
  await open(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForTimeout(1500);
  await context.setOffline(true);
  await page.goto("./#m=Qwen/Qwen3-8B&g=l4-24gb&ctx=4096");
  await page.reload();
  await expect(verdict(page)).toContainText("4,096");
  await page.locator("#compare > summary").click();
  await expect(page.locator("vram-gauge .compare tbody tr").first()).toBeVisible();
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
  await page.locator("vram-gauge #config").fill(
    JSON.stringify({
      architectures: ["LlamaForCausalLM"],
      model_type: "llama",
      hidden_size: 4096,
      intermediate_size: 14336,
      num_attention_heads: 32,
      num_hidden_layers: 32,
      num_key_value_heads: 8,
      vocab_size: 128256,
      max_position_embeddings: 32768,
      torch_dtype: "bfloat16",
    }),
  );
  await expect(page.locator("vram-gauge .badges")).toContainText(/Same shape as \S+8B/);
});

test("Ctrl+Z outside of a text field takes back the last change", async ({ page }) => {
  await open(page);
  const before = await verdict(page).textContent();
  await page.locator("vram-gauge #in-kv_cache_dtype").selectOption("fp8");
  await expect(verdict(page)).not.toHaveText(before);
  await page.keyboard.press("Control+z");
  await expect(verdict(page)).toHaveText(before);
});

test("a print has the set-up as text, and no controls", async ({ page, browserName }) => {
  test.skip(browserName === "firefox", "WebDriver BiDi has no print style");
  await open(page);
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("vram-gauge .printed")).toContainText("Llama-3.1-8B-Instruct, 1 × RTX 4090 24GB, vLLM");
  await expect(page.locator("vram-gauge .inputs")).toBeHidden();
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
