// Constructed style sheets: a host's Content-Security-Policy doesn't block them, and all elements share one copy.

import { answer } from "./answer.js";
import { bar, barForced } from "./bar.js";
import { base } from "./base.js";
import { frame } from "./frame.js";
import { inputs } from "./inputs.js";
import { palette } from "./palette.js";

let sheet;

export function adopt(root) {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(palette + base + frame + inputs + answer + bar + barForced);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
