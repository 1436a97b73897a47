import { sphinx } from "../sphinx.mjs";

export const lane = "fast";
export const pip = ["furo==2025.12.19"];
export const { recipe, files, build } = sphinx("furo");
export const goDark = async (page) => {
  const toggle = page.locator(".theme-toggle:visible").first();
  for (let turn = 0; turn < 3 && (await page.locator("body").getAttribute("data-theme")) !== "dark"; turn++)
    await toggle.click();
};
