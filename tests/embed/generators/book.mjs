import { sphinx } from "../sphinx.mjs";
import { goDark as pydataSwitch } from "./pydata.mjs";

export const lane = "slow";
export const pip = ["sphinx-book-theme==1.4.0", "pydata-sphinx-theme==0.20.0"];
export const { recipe, files, build } = sphinx("sphinx_book_theme");
export const goDark = pydataSwitch;
