// Ways out of the page, and everything that loads on intent.

import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { open, state, verdict } from "./gauge.mjs";

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

test("where the release doesn't serve the model, one click takes the first that does", async ({ page }) => {
  await open(page, "#m=openai/gpt-oss-20b&g=h100-sxm-80gb&v=0.9.0");
  await expect(verdict(page)).toContainText("vLLM won't run this");
  await page.getByRole("button", { name: /^Apply: Use vLLM 0\.10\.1/ }).click();
  await expect(verdict(page)).toContainText("Fits.");
  expect((await state(page)).vllm_version).toBe("0.10.1");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(verdict(page)).toContainText("vLLM won't run this");
});

test("where fewer requests run than there is memory for, the page says why", async ({ page }) => {
  await open(page, "#m=google/gemma-3-27b-it&g=h200-sxm-141gb&ctx=8192&c=64");
  await expect(verdict(page)).toContainText("61 run together");
  await expect(page.locator("vram-gauge .top div.why")).toContainText("While its prompt comes in, a request holds");
  await page.locator("#kv > summary").click();
  await expect(page.locator("vram-gauge #kv")).toContainText("A request of 8,192 tokens holds 902 blocks, but 3,584");
});

test("menus offer what can be set, each once", async ({ page }) => {
  await open(page, "#m=Qwen/Qwen3-8B&g=h100-sxm-80gb");
  const offered = (name) => page.locator(`vram-gauge #in-${name} option`).allTextContents();
  expect(await offered("quantization")).toEqual(expect.arrayContaining(["fp8", "fp8_per_block"]));
  for (const name of ["none", "int8", "awq", "bitsandbytes"]) expect(await offered("quantization")).not.toContain(name);
  await page.locator("vram-gauge .version select").selectOption("0.10.2");
  await expect.poll(() => offered("quantization")).toContain("bitsandbytes");
  expect(await offered("quantization")).not.toContain("fp8_per_block");
  await page.getByText("Advanced", { exact: true }).click();
  for (const name of ["runner", "mamba_cache_dtype"]) {
    await page.locator(`vram-gauge #in-${name}`).waitFor();
    expect((await offered(name)).filter((text) => text === "auto")).toHaveLength(1);
  }
});
