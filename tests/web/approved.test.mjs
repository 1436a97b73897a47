// The bar, the table of all GPUs and the map, as approved. They are compared as markup, so fonts don't matter. After a
// change that is meant: APPROVE=1 node --test tests/web/approved.test.mjs, and look at what changed.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { answer } from "../../web/answer.js";
import { bars, scale } from "../../web/budget.js";
import { makeFormat } from "../../web/format.js";
import { toMarkup, toSvgFile } from "../../web/markup.js";
import en from "../../web/messages/en.js";
import enMore from "../../web/messages/en-more.js";
import { makeMessages } from "../../web/messages/index.js";
import { bar as barStyle } from "../../web/styles/bar.js";
import { h } from "../../web/vdom.js";
import { drawing } from "../../web/views/bar.js";
import { render as compare } from "../../web/views/compare.js";
import { render as map } from "../../web/views/map.js";
import { render as terms } from "../../web/views/terms.js";
import { GPUS, report, sweep } from "./fixed-core.mjs";

function viewModel(used = 20) {
  const [t, fmt] = [makeMessages("en", { ...en, ...enMore }), makeFormat("en")];
  const state = {
    "known_model": "a/b",
    "hardware.gpu": "h100-sxm-80gb",
    "hardware.gpus": 4,
    "workload.concurrency": 8,
    "page.price": { "l4-24gb": 0.8 },
  };
  const vm = {
    app: { core: { sweep }, render() {} },
    state,
    report: report(used),
    catalog: { gpus: GPUS, models: [], vllm_versions: ["0.33.0"] },
    t,
    fmt,
    ui: {},
    options: {},
    gpus: "4 × H100",
  };
  vm.answer = answer(vm.report, vm);
  return vm;
}

// Memoized nodes as they are shown.
const built = (node) => {
  if (typeof node === "string") return node;
  const real = node.make ? node.make() : node;
  return { ...real, kids: real.kids.map(built) };
};
const markup = (nodes) =>
  `${toMarkup(built(h("div", {}, nodes))).replaceAll(/(<\/?(tr|table|thead|tbody|p|div)\b)/g, "\n$1")}\n`;

function svg(used) {
  const vm = viewModel(used);
  const list = bars(vm.report);
  return toSvgFile(
    `${vm.answer.head} ${vm.answer.tail}`,
    list.map((bar) => drawing(bar, scale(list), 900, vm)),
    barStyle,
  ).replaceAll("><", ">\n<");
}

const CASES = {
  "bar-fits.svg": () => svg(20),
  "bar-short.svg": () => svg(60),
  "terms.html": () => markup(terms(viewModel())),
  "compare.html": () => markup(compare(viewModel())),
  "map.html": () => markup(map(viewModel())),
};

for (const [name, make] of Object.entries(CASES)) {
  test(`${name} is as approved`, () => {
    const file = new URL(`approved/${name}`, import.meta.url);
    const text = make();
    if (process.env.APPROVE) writeFileSync(file, text);
    assert.equal(text, readFileSync(file, "utf8"));
  });
}
