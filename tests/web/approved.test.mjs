// The bar, the table of all GPUs and the map, as approved. They are compared as markup, so fonts don't matter. After a
// change that is meant: APPROVE=1 node --test tests/web/approved.test.mjs, and look at what changed.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { answer } from "../../web/answer.js";
import { bars, scale } from "../../web/budget.js";
import { SWEEP_FIELDS } from "../../web/core.js";
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

const GiB = 2 ** 30;
const term = (id, size, more = {}) => ({
  id,
  bytes: size * GiB,
  low_bytes: size * 0.9 * GiB,
  high_bytes: size * 1.2 * GiB,
  formula: "a × b",
  inputs: { a: 2, b: 3 },
  source: "vllm/v1/worker/gpu_worker.py:load_model",
  ...more,
});

function report(used) {
  const pool = 72.8 - 32.9 - 2 - 0.4 - 0.9;
  return {
    method: "vllm",
    vllm_version: "0.33.0",
    model: { confidence: "exact", max_model_len: 131072, params_total: 70553706496 },
    resolved: { max_model_len: 131072, context_tokens: 131072, concurrency: 8 },
    ranks: [{ pp: 0, tp: 0, tp_last: 3, weights_bytes: 32.9 * GiB, loaded_bytes: 32.9 * GiB }],
    kv: { available_bytes: pool * GiB, tokens: 480000, bytes_per_token: 81920 },
    budget: {
      total_bytes: 79.2 * GiB,
      requested_bytes: 72.8 * GiB,
      available_kv_bytes: pool * GiB,
      available_kv_low_bytes: (pool - 0.6) * GiB,
      available_kv_high_bytes: (pool + 0.4) * GiB,
      terms: [
        term("weights", 32.9),
        term("activation", 2),
        term("cuda_graph", 0.9),
        term("non_torch", 0.4),
        term("cuda_context", 0.5, { in_budget: false }),
      ],
    },
    verdict: {
      starts: "yes",
      fits: used <= pool,
      headroom_bytes: (pool - used) * GiB,
      kv_used_bytes: used * GiB,
      max_concurrency_at_context: 3,
      max_context_at_concurrency: 60000,
    },
  };
}

const GPUS = [
  { id: "l4-24gb", name: "NVIDIA L4", vendor: "NVIDIA", memory_bytes: 22 * GiB },
  { id: "h100-sxm-80gb", name: "NVIDIA H100 80GB HBM3", vendor: "NVIDIA", memory_bytes: 79.2 * GiB },
  { id: "mi300x-192gb", name: "AMD MI300X", vendor: "AMD", memory_bytes: 192 * GiB },
];

// Answers a sweep by memory alone, the way the core's numbers are laid out.
function sweep({ hardware = {}, workload = {}, engine = {}, sweep: axes }) {
  const cells = [];
  for (const hw of axes.hardware ?? [hardware]) {
    for (const n of axes.concurrencies ?? [workload.concurrency ?? 1]) {
      const memory = GPUS.find(({ id }) => id === hw.gpu).memory_bytes * (hw.gpus ?? 1);
      const each = (engine.max_model_len ?? 131072) * 327680;
      const spare = memory * 0.9 - 141 * GiB - each * n;
      const runs = Math.max(0, Math.floor((spare + each * n) / each));
      const cell = {
        headroom_bytes: spare,
        max_concurrency_at_context: runs,
        max_context_at_concurrency: 0,
        kv_used_bytes: each * n,
        starts: runs > 0 ? 3 : 0,
        fits: Number(spare >= 0),
        refused: 0,
      };
      cells.push(...SWEEP_FIELDS.map((name) => cell[name]));
    }
  }
  return Float64Array.from(cells);
}

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
