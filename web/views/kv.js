// The KV cache as vLLM allocates it: pool, blocks, tokens, what the workload makes of them, and the groups of layers.

import { h, lacksGpu, word } from "../kit.js";
import { how } from "./how.js";
import { kvFormulas } from "./kv-formulas.js";
import { scrolling } from "./scroll.js";

export function render(vm) {
  const { report, t } = vm;
  if (lacksGpu(report)) return h("p", { class: "quiet" }, t("in.gpu.missing"));
  if (!report?.kv) return report?.rule_of_thumb ? planned(vm) : h("p", { class: "quiet" }, t("num.none"));
  return [facts(vm), groups(report.kv.groups ?? [], vm), changes(report.kv.changes, vm)];
}

function facts(vm) {
  const { report, t, fmt } = vm;
  const { budget, kv, resolved = {}, verdict = {} } = report;
  const explained = kvFormulas(report, fmt);
  const { context_tokens: ctx, concurrency: asked, max_model_len: length } = resolved;
  const inBytes = (bytes) => `${fmt.bytes(bytes)} (${fmt.int(bytes)} B)`;
  const line = (name, value, print, explanation) =>
    value !== null &&
    value !== undefined &&
    h(
      "tr",
      {},
      h("th", { scope: "row" }, name, explanation && how(explanation, vm)),
      h("td", { class: "n" }, print(value)),
    );
  return [
    budget && kv.blocks === null && !kv.no_cache && h("p", {}, t("kv.none", { ctx: fmt.int(length) })),
    h(
      "table",
      { class: "facts" },
      h(
        "tbody",
        {},
        line(t("kv.pool"), kv.available_bytes, inBytes, explained.pool),
        line(t("kv.perBlock"), kv.bytes_per_block || null, fmt.int, explained.perBlock),
        line(t(kv.bytes_per_sequence ? "kv.perGib.full" : "kv.perGib"), kv.tokens_per_gib || null, fmt.int),
        line(t("kv.blocks"), kv.blocks, fmt.int, explained.blocks),
        line(t("kv.concurrency"), kv.max_concurrency, (value) => `${fmt.ratio(value)}×`, explained.concurrency),
        line(t("kv.tokens"), kv.tokens, fmt.int, explained.tokens),
        line(t("kv.runs", { ctx: fmt.int(ctx ?? 0) }), verdict.max_concurrency_at_context, fmt.count, explained.runs),
        line(
          t("kv.longest", { n: asked, asked: fmt.int(asked ?? 1) }),
          verdict.max_context_at_concurrency,
          fmt.int,
          explained.longest,
        ),
        line(t("num.headroom"), verdict.headroom_bytes, inBytes, explained.spare),
      ),
    ),
    kv.blocks_to_admit > kv.blocks_of_request &&
      h(
        "p",
        { class: "quiet small" },
        t("kv.admit", { ctx: fmt.int(ctx), held: fmt.int(kv.blocks_of_request), more: fmt.int(kv.blocks_to_admit) }),
      ),
  ];
}

// What the chosen release does otherwise than the one before, for this model.
const changes = (found, { t }) =>
  found && [
    h("p", { class: "quiet small" }, t("kv.changes", found)),
    h(
      "ul",
      { class: "small" },
      found.lines.map((line) => h("li", {}, t.said(line))),
    ),
  ];

function groups(list, { t, fmt }) {
  if (!list.length) return null;
  const columns = ["kind", "layers", "block", "page", "window"];
  const head = columns.map((name, i) => h("th", { scope: "col", class: i ? "n" : null }, t(`col.${name}`)));
  const row = ({ kind, layers, block_size: block, page_size_bytes: page, window }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, word(t, "kind", kind)),
      [layers, block, page, window].map((value) => h("td", { class: "n" }, value === undefined ? "–" : fmt.int(value))),
    );
  return h(
    "div",
    scrolling(t("view.kv")),
    h("table", { class: "facts" }, h("thead", {}, h("tr", {}, head)), h("tbody", {}, list.map(row))),
  );
}

function planned(vm) {
  const { report, fmt } = vm;
  const bytes = report.rule_of_thumb.kv_cache_bytes;
  const formula = "2 × num_kv_heads × head_dim × num_layers × context × concurrency × bytes × fragmentation_factor";
  return [h("p", {}, fmt.bytes(bytes)), how({ formula, inputs: report.rule_of_thumb.inputs, bytes }, vm)];
}
