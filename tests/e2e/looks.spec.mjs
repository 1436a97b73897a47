// Every state of the page that a reader may meet, on a phone and on a desktop: axe finds nothing in light, dark and
// forced colours, and nothing scrolls sideways.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "@playwright/test";
import { LOG, open, paste, SIZES, show, verdict } from "./gauge.mjs";

const FLOWS = {
  "the example": (page) => open(page),
  "too many requests": async (page) => {
    await open(page, "#m=Qwen/Qwen3-8B&g=l4-24gb&ctx=8192&c=500");
    await expect(verdict(page)).toContainText("500");
  },
  "what would fix it": async (page) => {
    await open(page, "#m=Qwen/Qwen3-8B&g=rtx-4090-24gb&ctx=40960");
    await expect(page.getByRole("button", { name: /^Apply/ }).first()).toBeVisible();
  },
  "refused by vLLM": async (page) => {
    await open(page, "#m=Qwen/Qwen3-8B&g=l4-24gb&n=7");
    await expect(verdict(page)).toContainText("vLLM won't run this");
  },
  "no GPU named": async (page) => {
    const problems = await open(page, "#m=Qwen/Qwen3-8B");
    await expect(verdict(page)).toContainText("Which GPU?");
    await show(page, "weights", "kv", "terms", "notes", "compare", "map", "setups", "versions", "out", "embed");
    expect(problems).toEqual([]);
  },
  "an estimate": async (page) => {
    await open(page, "#g=l4-24gb");
    const config = { architectures: ["NobodyKnowsForCausalLM"], hidden_size: 2048, num_hidden_layers: 16 };
    const more = { num_attention_heads: 16, vocab_size: 32000, intermediate_size: 8192, strange_key: 7 };
    await page
      .locator("vram-gauge")
      .evaluate((element, text) => element.take(text), JSON.stringify({ ...config, ...more }));
    await expect(page.locator("vram-gauge .estimate")).toBeVisible();
  },
  "the rule of thumb": async (page) => {
    await open(page, "#m=Qwen/Qwen3-8B&g=l4-24gb&ctx=8192");
    await page.locator("vram-gauge #in-method").selectOption("rule-of-thumb");
    await expect(verdict(page)).toContainText("rule of thumb");
    await show(page, "compare", "map");
    await expect(page.locator("vram-gauge .compare tbody tr").first()).toContainText(/\d+ requests?/);
    await expect(page.locator("vram-gauge .map .cell.here")).toBeVisible();
  },
  "broken JSON": async (page) => {
    await open(page);
    await page.locator("vram-gauge").evaluate((element) => element.take('{\n  "hidden_size": 4096\n  "a": 1 }'));
    const box = page.locator("vram-gauge details.config");
    if (!(await box.evaluate((details) => details.open))) await box.locator("> summary").click();
    await expect(page.locator("#config-error")).toBeVisible();
    await expect(page.locator("vram-gauge .alert")).toBeVisible();
  },
  "a value out of range, and everything advanced": async (page) => {
    await open(page);
    await page.locator("vram-gauge form details > summary").click();
    await page.locator("vram-gauge #in-gpu_memory_utilization").fill("7");
    await expect(page.locator("vram-gauge .field .err")).toBeVisible();
    await expect(page.locator("vram-gauge #in-context_tokens")).toBeVisible();
  },
  "the list of models": async (page) => {
    await open(page);
    await page.getByRole("combobox", { name: "Model" }).fill("qwen");
    await page.getByRole("combobox", { name: "Model" }).press("ArrowDown");
    await expect(page.locator("vram-gauge #models").getByRole("option").first()).toBeVisible();
  },
  "a start-up log": async (page) => {
    await open(page);
    await paste(page, LOG);
    await expect(page.locator("vram-gauge .log")).toBeVisible();
  },
  "a model that isn't known": async (page) => {
    await open(page);
    await paste(page, "https://huggingface.co/nobody/nothing-1b");
    await expect(page.locator("vram-gauge .alert")).toBeVisible();
  },
  "several stages, their weights by role": async (page) => {
    await open(page, "#m=meta-llama/Llama-3.1-8B-Instruct&g=l4-24gb&n=4&tp=2&pp=2&ctx=8192");
    await show(page, "weights", "kv", "terms", "notes");
    await page.locator("vram-gauge .how > summary").first().click();
    await page.locator("vram-gauge .how:not([open]) > summary").evaluateAll((all) => all.map((one) => one.click()));
    await expect(page.locator("vram-gauge .how:not([open])")).toHaveCount(0);
  },
  "all GPUs": async (page) => {
    await open(page, "#m=deepseek-ai/DeepSeek-V3&g=h200-sxm-141gb&n=8&ctx=8192");
    await show(page, "compare");
  },
  "the map, set-ups and releases": async (page) => {
    await open(page, "#m=Qwen/Qwen3-8B&g=l4-24gb&ctx=8192");
    await show(page, "map", "setups", "versions");
    await page.getByRole("button", { name: "Keep this set-up" }).click();
  },
  "ways out, and about": async (page) => {
    await open(page);
    await show(page, "out", "embed", "about", "trouble");
    await page.locator("vram-gauge .folded > summary").first().click();
  },
  "German": async (page) => {
    await open(page);
    await show(page, "weights", "kv", "terms", "notes", "map", "versions", "out", "embed", "about", "trouble");
    await page.locator("#lang").selectOption("de");
    await expect(verdict(page)).toContainText("Passt");
  },
  "the page that may ask the hub": async (page) => {
    await open(page, "hub.html#id=some/model&g=l4-24gb");
    await expect(page.getByRole("button", { name: "Fetch from huggingface.co" })).toBeVisible();
  },
  "embedded": (page) => open(page, "embed.html"),
};

// Runs in the page: two frames, so that the first was painted.
const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

// Runs in the page: how it really looks.
const modeNow = () => ({
  colorScheme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
  forcedColors: matchMedia("(forced-colors: active)").matches ? "active" : "none",
});

// SHOTS=folder keeps a picture of each, to look at.
const shoot = (page, name) =>
  page.screenshot({ path: `${process.env.SHOTS}/${name.replaceAll(/\W+/g, "-")}.png`, fullPage: true });

// axe is put in once a page and asked in one call: what AxeBuilder sends for each look takes seconds over WebDriver BiDi.
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const violations = (page) =>
  page.evaluate(async () => {
    const found = await axe.run(document, { resultTypes: ["violations"] });
    return found.violations.map(({ id, nodes }) => [id, nodes[0].html, nodes[0].failureSummary]);
  });

// Whether the box for config.json is open is all that a page decides by its width once and for good, when it starts: it
// gets to stand as if the page had started at this size.
const refit = (page) =>
  page.locator("vram-gauge details.config:not(:has(#config-error))").evaluateAll((boxes) => {
    for (const box of boxes) {
      const room = box.getRootNode().host.clientWidth > 700;
      if (box.open !== room) box.querySelector("summary").click();
    }
  });

// A state is built at one size and looked at there; then the window gets the other size.
for (const [name, flow] of Object.entries(FLOWS)) {
  test(name, async ({ page }, { project }) => {
    test.setTimeout(180_000);
    const { built, modes } = project.metadata;
    await page.setViewportSize(SIZES[built]);
    await flow(page);
    await page.evaluate(AXE);
    for (const size of [built, ...Object.keys(SIZES).filter((other) => other !== built)]) {
      await page.setViewportSize(SIZES[size]);
      await refit(page);
      await page.evaluate(painted); // what follows the width did so
      expect(await page.evaluate(() => innerWidth)).toBe(SIZES[size].width);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), size).toBeLessThanOrEqual(0);
      for (const mode of modes) {
        await page.emulateMedia(mode);
        expect(await page.evaluate(modeNow)).toEqual(mode);
        await page.evaluate(painted); // else a slotted title can still have the last mode's colour
        expect(await violations(page), `${size}, ${JSON.stringify(mode)}`).toEqual([]);
        if (process.env.SHOTS) await shoot(page, `${size} ${name} ${mode.colorScheme} ${mode.forcedColors}`);
      }
    }
  });
}
