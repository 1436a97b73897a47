// The bar, the table of all GPUs and the map as pictures, compared with approved ones: colours, marks and places. Text is
// left out and cells have fixed sizes, so that fonts don't matter; the core's answers are fixed ones. After a change that
// is meant: APPROVE=1 node_modules/.bin/playwright test approved --config tests/e2e/playwright.config.mjs
// --project=chromium, and look at what changed.

import { expect, test } from "@playwright/test";
import { SWEEP_FIELDS } from "../../web/core.js";
import { GPUS, report, sweep } from "../web/fixed-core.mjs";
import { open, show } from "./gauge.mjs";

test.skip(({ browserName }) => browserName === "firefox", "the pictures are Chromium's");
test.use({ viewport: { width: 1280, height: 720 }, serviceWorkers: "block" });

const stub = (used) => `
const [GiB, GPUS, SWEEP_FIELDS] = ${JSON.stringify([2 ** 30, GPUS, SWEEP_FIELDS])};
${sweep}
export default async () => ({
  version: () => "0",
  catalog: () => JSON.stringify({ gpus: GPUS, models: [], vllm_versions: ["0.33.0"] }),
  openModel: () => 1,
  closeModel() {},
  report: () => ${JSON.stringify(JSON.stringify(report(used)))},
  sweep: (model, request) => sweep(JSON.parse(request)),
});`;

const PLAIN = `
*{color:transparent!important;text-shadow:none!important}
svg text{opacity:0!important}
table{table-layout:fixed!important;width:840px!important}
caption,td input{display:none!important}
td,th{height:32px!important;padding:0!important;font-size:0!important;white-space:nowrap!important;overflow:hidden!important}
td button,th button{height:28px!important;min-height:0!important;padding:0!important;font-size:0!important}`;

async function openFixed(page, used) {
  await page.route("**/vram-gauge-core.js", (route) =>
    route.fulfill({ contentType: "text/javascript", body: stub(used) }),
  );
  await open(page, "#m=a/b&g=h100-sxm-80gb&n=4&ctx=131072&c=8");
  await page.locator("vram-gauge").evaluate(({ shadowRoot }, css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    // Whatever is adopted later must not come after it.
    new MutationObserver(() => {
      if (shadowRoot.adoptedStyleSheets.at(-1) !== sheet)
        shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, sheet];
    }).observe(shadowRoot, { subtree: true, childList: true });
    shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, sheet];
  }, PLAIN);
  await page.mouse.move(5, 5);
}

const MODES = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  forced: { forcedColors: "active" },
};

for (const [mode, media] of Object.entries(MODES)) {
  for (const [name, used] of [
    ["fits", 20],
    ["short", 60],
  ]) {
    test(`bar, ${name}, ${mode}`, async ({ page }) => {
      await page.emulateMedia(media);
      await openFixed(page, used);
      await expect(page.locator("vram-gauge .bars svg")).toHaveScreenshot(`bar-${name}-${mode}.png`);
    });
  }
  for (const part of ["compare", "map"]) {
    test(`${part}, ${mode}`, async ({ page }) => {
      await page.emulateMedia(media);
      await openFixed(page, 20);
      await show(page, part);
      if (part === "compare") await page.getByRole("checkbox").uncheck();
      await page.mouse.move(5, 5);
      await expect(page.locator(`vram-gauge #${part} table`)).toHaveScreenshot(`${part}-${mode}.png`);
    });
  }
}
