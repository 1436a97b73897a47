// What the answer consists of, in order. A widget is one file here and one line below: `id`, and render(vm) -> nodes.
// TOP parts are always shown; DETAILS open on demand, and their module loads then. `views` names the forms of the
// element (its `view` attribute) that have the part, `when` the reports. Add new widgets here.

import { render as bar } from "./bar.js";
import { render as numbers } from "./numbers.js";
import { render as verdict } from "./verdict.js";

export const TOP = [
  { id: "log", views: ["full"], when: (_, ui) => Boolean(ui.log), load: () => import("./log.js") },
  { id: "verdict", views: ["full", "verdict", "bar", "table"], render: verdict },
  { id: "bar", views: ["full", "bar"], render: bar },
  { id: "numbers", views: ["full"], render: numbers },
  { id: "fixes", views: ["full"], when: (report) => report?.fixes?.length > 0, load: () => import("./fixes.js") },
  { id: "terms", views: ["table"], load: () => import("./terms.js") },
];

export const DETAILS = [
  { id: "weights", load: () => import("./weights.js"), summary: ({ ranks = [] }) => largest(ranks) },
  {
    id: "kv",
    load: () => import("./kv.js"),
    summary: (report) => report.kv?.available_bytes ?? report.rule_of_thumb?.kv_cache_bytes,
  },
  { id: "terms", load: () => import("./terms.js") },
  { id: "notes", load: () => import("./notes.js") },
  { id: "compare", load: () => import("./compare.js") },
  { id: "map", load: () => import("./map.js") },
  { id: "setups", load: () => import("./setups.js") },
  { id: "versions", load: () => import("./versions.js") },
  { id: "out", load: () => import("./out.js") },
  { id: "embed", load: () => import("./embed.js") },
  { id: "about", load: () => import("./about.js") },
  { id: "trouble", load: () => import("./trouble.js") },
];

const largest = (ranks) =>
  ranks.length ? Math.max(...ranks.map((rank) => rank.loaded_bytes ?? rank.weights_bytes ?? 0)) : undefined;
