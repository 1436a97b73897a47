// What the answer consists of, in order. A widget is one file here and one line below: `id`, and render(vm) -> nodes.
// TOP parts are always shown; `in` names the views of the element that keep them. DETAILS open on demand; those with
// `load` come with their own module then. Add new widgets here.

import { render as bar } from "./bar.js";
import { render as fixes } from "./fixes.js";
import { render as kv, summary as kvSummary } from "./kv.js";
import { render as notes } from "./notes.js";
import { render as numbers } from "./numbers.js";
import { render as terms } from "./terms.js";
import { render as verdict } from "./verdict.js";
import { render as weights, summary as weightsSummary } from "./weights.js";

export const TOP = [
  { id: "verdict", in: ["verdict", "bar", "table"], render: verdict },
  { id: "bar", in: ["bar"], render: bar },
  { id: "numbers", in: [], render: numbers },
  { id: "fixes", in: [], render: fixes },
  { id: "terms", in: ["table"], only: true, render: terms },
];

export const DETAILS = [
  { id: "weights", render: weights, summary: weightsSummary },
  { id: "kv", render: kv, summary: kvSummary },
  { id: "terms", render: terms },
  { id: "notes", render: notes },
  { id: "compare", load: () => import("./compare.js") },
  { id: "map", load: () => import("./map.js") },
  { id: "setups", load: () => import("./setups.js") },
  { id: "versions", load: () => import("./versions.js") },
  { id: "out", load: () => import("./out.js") },
  { id: "embed", load: () => import("./embed.js") },
  { id: "about", load: () => import("./about.js") },
  { id: "trouble", load: () => import("./trouble.js") },
];
