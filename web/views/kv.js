// The KV cache as vLLM allocates it: groups of layers, pages, blocks, tokens.

import { h } from "../kit.js";
import { how } from "./how.js";

export function render(vm) {
  const { report, t } = vm;
  if (!report?.kv) return report?.rule_of_thumb ? planned(vm) : h("p", { class: "quiet" }, t("num.none"));
  return [facts(vm), groups(report.kv.groups ?? [], vm)];
}

function facts(vm) {
  const { report, t, fmt } = vm;
  const { kv, resolved = {} } = report;
  const length = resolved.max_model_len;
  const line = (name, value, explained) =>
    value !== null &&
    value !== undefined &&
    h("tr", {}, h("th", { scope: "row" }, name, explained && how(explained, vm)), h("td", { class: "n" }, value));
  const inputs = { available: kv.available_bytes, bytes_per_block: kv.bytes_per_block };
  return [
    kv.blocks === null && h("p", {}, t("kv.none", { ctx: fmt.int(length) })),
    h(
      "table",
      {},
      h(
        "tbody",
        {},
        line(t("kv.pool"), `${fmt.bytes(kv.available_bytes)} (${fmt.int(kv.available_bytes)} B)`, {
          formula: "budget − weights − activation − other run-time memory",
          source: "vllm/v1/worker/gpu_worker.py:determine_available_memory",
        }),
        line(t("kv.perBlock"), kv.bytes_per_block && fmt.int(kv.bytes_per_block), {
          formula: "Σ over groups: page size × layers",
          source: "vllm/v1/core/kv_cache_utils.py",
        }),
        line(t("kv.blocks"), kv.blocks === null ? null : fmt.int(kv.blocks), {
          formula: "floor(available / bytes_per_block)",
          inputs,
          result: kv.blocks === null ? "" : fmt.int(kv.blocks),
          source: "vllm/v1/core/kv_cache_utils.py",
        }),
        line(t("kv.concurrency"), kv.max_concurrency === null ? null : `${fmt.ratio(kv.max_concurrency)}×`, {
          formula: "blocks / blocks of one request of max_model_len",
          source: "vllm/v1/core/kv_cache_utils.py",
        }),
        line(t("kv.tokens"), kv.tokens === null ? null : fmt.int(kv.tokens), {
          formula: "floor(max_concurrency × max_model_len)",
          inputs: { max_concurrency: kv.max_concurrency, max_model_len: length },
          result: kv.tokens === null ? "" : fmt.int(kv.tokens),
          source: "vllm/v1/core/kv_cache_utils.py",
        }),
      ),
    ),
  ];
}

function groups(list, { t, fmt }) {
  if (!list.length) return null;
  const columns = ["kind", "layers", "block", "page"];
  return h(
    "div",
    { class: "scroll" },
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          columns.map((name, i) => h("th", { scope: "col", class: i ? "n" : null }, t(`col.${name}`))),
        ),
      ),
      h(
        "tbody",
        {},
        list.map((group) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, group.kind),
            [group.layers, group.block_size, group.page_size_bytes].map((value) =>
              h("td", { class: "n" }, value === undefined ? "" : fmt.int(value)),
            ),
          ),
        ),
      ),
    ),
  );
}

function planned(vm) {
  const { report, fmt } = vm;
  const bytes = report.rule_of_thumb.kv_cache_bytes;
  const formula = "2 × num_kv_heads × head_dim × num_layers × context × concurrency × bytes × fragmentation_factor";
  return [h("p", {}, fmt.bytes(bytes)), how({ formula, inputs: report.rule_of_thumb.inputs, bytes }, vm)];
}
