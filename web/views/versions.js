// What changed between vLLM releases for this model and set-up: each release where a number on this page differs from
// the release before.

import { h, toRequest } from "../kit.js";
import { scrolling } from "./scroll.js";

// What is compared: [message key, value of a report]
const FIGURES = [
  [
    "versions.starts",
    ({ error, verdict }, { t }) => (error ? t("compare.refused") : verdict && t(`starts.${verdict.starts}`)),
  ],
  [
    "versions.weights",
    (report, { fmt }) => report.ranks?.[0] && fmt.bytes(Math.max(...report.ranks.map((rank) => rank.weights_bytes))),
  ],
  ["versions.runtime", (report, { fmt }) => report.budget && fmt.bytes(runtime(report))],
  ["versions.pool", ({ budget, kv }, { fmt }) => budget && kv && fmt.bytes(kv.available_bytes ?? 0)],
  [
    "versions.tokens",
    (report, { fmt }) => report.kv?.tokens !== null && report.kv?.tokens !== undefined && fmt.int(report.kv.tokens),
  ],
  [
    "versions.batched",
    (report, { fmt }) => report.resolved?.max_num_batched_tokens && fmt.int(report.resolved.max_num_batched_tokens),
  ],
  ["versions.utilization", (report, { fmt }) => report.resolved && fmt.number(report.resolved.gpu_memory_utilization)],
];

const runtime = ({ budget }) =>
  budget.terms
    .filter(({ id, in_budget: inside }) => id !== "weights" && inside !== false)
    .reduce((sum, { bytes }) => sum + bytes, 0);

export function render(vm) {
  const { app, catalog, state, report, ui, t } = vm;
  const versions = [...(catalog.vllm_versions ?? [])].reverse();
  const request = toRequest(state);
  const key = JSON.stringify([request, vm.fmt.lang, vm.fmt.unit, versions.length]);
  if (ui.versionsKey !== key) {
    ui.versionsKey = key;
    ui.versions = versions.map((version) => {
      const one = app.core.report({ ...request, vllm_version: version });
      return { version, values: values(one, vm), changes: one.kv?.changes?.lines ?? [] };
    });
  }
  const rows = ui.versions;
  const changed = rows
    .filter(
      ({ values: now, changes }, i) =>
        i === 0 || changes.length || now.some((value, j) => value !== rows[i - 1].values[j]),
    )
    .reverse();
  const before = (version) => rows[versions.indexOf(version) - 1]?.values;
  return h(
    "div",
    scrolling(t("view.versions")),
    h(
      "table",
      {},
      h("caption", {}, t("versions.caption")),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, t("head.version")),
          FIGURES.map(([key]) => h("th", { scope: "col", class: "n" }, t(key))),
        ),
      ),
      h(
        "tbody",
        {},
        changed.map((row) => line(row, before(row.version), report?.vllm_version, vm)),
      ),
    ),
  );
}

const values = (report, vm) => FIGURES.map(([, read]) => read(report, vm) || "–");

function line({ version, values: now, changes }, before, chosen, { app, t }) {
  const mark = (value, i) => (before && before[i] !== value ? h("b", {}, value) : value);
  const why = changes.map((text) => h("p", { class: "quiet small" }, t.said(text)));
  return [
    h(
      "tr",
      { class: version === chosen ? "here" : null },
      h(
        "th",
        { scope: "row" },
        h(
          "button",
          {
            type: "button",
            class: "plain",
            "aria-label": t("versions.use", { version }),
            onclick: () => app.set({ vllm_version: version }),
          },
          version,
        ),
      ),
      now.map((value, i) => h("td", { class: "n" }, mark(value, i))),
    ),
    why.length > 0 && h("tr", {}, h("td", { colspan: now.length + 1 }, why)),
  ];
}
