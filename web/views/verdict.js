// The answer in one sentence, what follows from it, and how sure it is.

import { spread } from "../answer.js";
import { h } from "../vdom.js";

export function render({ answer: said, error, options, report, t, fmt, ui }) {
  return h(
    "section",
    // A landmark where the element is the page.
    { class: said.tone, part: "verdict", role: options.urlState ? "region" : "group", "aria-label": t("verdict") },
    error && report && h("p", { class: "quiet small" }, t("verdict.stale")),
    h(
      "div",
      { "data-verdict": true },
      h("p", { class: "verdict" }, h("b", {}, said.head), " ", said.tail),
      said.more && h("p", { class: "second" }, said.more),
    ),
    report && !report.error && badges(report, said, ui, t, fmt),
    said.reasons?.length > 0 &&
      h(
        "div",
        { class: "why" },
        t("badge.why"),
        h(
          "ul",
          {},
          said.reasons.map((reason) => h("li", {}, reason)),
        ),
      ),
    report?.warnings?.length > 0 && warnings(report.warnings, t),
  );
}

function badges(report, { estimate }, { shape }, t, fmt) {
  const { method, vllm_version: version, verdict } = report;
  const planned = method === "rule-of-thumb";
  const { more, less } = spread(report);
  return h(
    "p",
    { class: "badges" },
    h("span", { class: estimate ? "estimate" : null }, t(estimate ? "badge.estimate" : "badge.exact")),
    more + less > 0 && h("span", {}, t("badge.band", { size: fmt.bytes(Math.max(more, less)) })),
    h("span", {}, planned ? t("badge.rule") : t("badge.version", { version })),
    shape && h("span", {}, t("badge.shape", { id: shape })),
    verdict?.oom_risk && h("span", {}, t("risk", { risk: t(`risk.${verdict.oom_risk}`) })),
  );
}

function warnings(list, t) {
  return h(
    "div",
    { class: "why" },
    h("b", {}, t("warnings", { n: list.length })),
    h(
      "ul",
      {},
      list.map((warning) => h("li", {}, t.said(warning.message))),
    ),
  );
}
