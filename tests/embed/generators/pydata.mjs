import { sphinx } from "../sphinx.mjs";

export const lane = "slow";
export const pip = ["pydata-sphinx-theme==0.24.0"];
export const { recipe, files, build } = sphinx("pydata_sphinx_theme");
export const goDark = async (page) => {
  await page.locator(".theme-switch-button:visible").first().click();
  await page.locator("[data-mode=dark].theme-change-button:visible").click();
};
