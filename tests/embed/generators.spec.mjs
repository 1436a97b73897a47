// Every generator's real site, built by the recipe in the documentation and served below a path of its own: the element
// answers on a first page, on the next and on the way back, asks for the module once, and follows the site's dark mode.
import { expect, test } from "@playwright/test";
import { loadModule } from "../wasm/module.mjs";
import { buildSite, generators } from "./sites.mjs";

// What the recipes ask for.
const request = { known_model: "Qwen/Qwen3-8B", hardware: { gpu: "l4-24gb" }, engine: { max_model_len: 8192 } };
const core = await loadModule();
const { verdict } = JSON.parse(core.report(0, JSON.stringify(request)));

// Errors that come from our files, or from the bundle they are in; a theme's own are not ours to mend.
function watch(page, bundled) {
  const seen = { modules: 0, problems: [] };
  const ours = (text) => bundled || /vram-gauge/.test(text ?? "");
  page.on("pageerror", (error) => ours(error.stack) && seen.problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    if (ours(message.text()) || ours(message.location().url)) seen.problems.push(message.text());
  });
  page.on("request", (asked) => /vram-gauge-core[\w-]*\.wasm$/.test(asked.url()) && seen.modules++);
  page.on(
    "response",
    (got) => ours(got.url()) && got.status() >= 400 && seen.problems.push(`${got.url()}: ${got.status()}`),
  );
  return seen;
}

async function answers(page) {
  const gauge = page.locator("vram-gauge");
  await expect(gauge).toHaveCount(1);
  await expect(gauge.locator("[data-verdict]")).toContainText("GiB");
  expect(await gauge.evaluate((element) => element.report.verdict)).toEqual(verdict);
}

for (const generator of await generators(process.env.LANE ?? "fast")) {
  const { name, clientSide, bundled, goDark } = generator;
  test(name, async ({ page }) => {
    const base = `/some/path/${name}/`;
    buildSite(generator, base);
    const seen = watch(page, bundled);
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(base.slice(1));
    await answers(page);
    expect(seen.modules).toBe(1);

    const drawn = page.locator("vram-gauge .gauge");
    await expect(drawn).toHaveAttribute("data-theme", "light");
    await (goDark ?? (() => page.emulateMedia({ colorScheme: "dark" })))(page);
    await expect(drawn).toHaveAttribute("data-theme", "dark");

    if (bundled) {
      await page.getByRole("button", { name: "shorter" }).click();
      await expect(page.locator("output")).toHaveText("4096");
      const { resolved } = await page.locator("vram-gauge").evaluate((element) => element.report);
      expect(resolved.max_model_len).toBe(4096);
      await page.getByRole("button", { name: "longer" }).click();
    }

    await page.evaluate(() => (window.same = document.querySelector("vram-gauge").before = true));
    await page.getByRole("link", { name: "second", exact: true }).click();
    await expect(page).toHaveURL(/two/);
    await expect(page.getByRole("heading", { name: "Two" })).toBeVisible();
    await answers(page);
    expect(await page.evaluate(() => window.same === true)).toBe(clientSide === true);
    expect(await page.locator("vram-gauge").evaluate((element) => element.before)).toBe(undefined);
    if (clientSide) {
      await page.goBack();
      await expect(page.getByRole("heading", { name: "One" })).toBeVisible();
      await answers(page);
    }
    expect(seen.modules).toBe(clientSide ? 1 : 2);
    expect(seen.problems).toEqual([]);
  });
}
