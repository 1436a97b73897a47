import { sphinx } from "../sphinx.mjs";

export const lane = "slow";
export const pip = ["sphinx-rtd-theme==3.1.0"];
export const { recipe, files, build } = sphinx("sphinx_rtd_theme");
