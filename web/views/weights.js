// Weights per GPU, by the part of the model they belong to.

import { h, rankName, word } from "../kit.js";
import { scrolling } from "./scroll.js";

export function render(vm) {
  const { report, t, fmt } = vm;
  const ranks = report?.ranks ?? [];
  if (!ranks.length) return h("p", { class: "quiet" }, t("num.none"));
  const roles = [...new Set(ranks.flatMap((rank) => Object.keys(rank.by_role ?? {})))];
  const several = ranks.length > 1;
  const planned = report.method === "rule-of-thumb"; // of all GPUs together
  const label = (rank) =>
    planned
      ? t("num.weights.all")
      : rankName({ pp: several ? (rank.pp ?? 0) : null, a: rank.tp ?? 0, b: rank.tp_last ?? rank.tp ?? 0 }, t);
  const row = (name, value) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, name),
      ranks.map((rank) =>
        h(
          "td",
          { class: "n" },
          value(rank) !== undefined && [
            h("span", { class: "quiet small" }, fmt.int(value(rank))),
            h("span", { class: "sized" }, fmt.bytes(value(rank))),
          ],
        ),
      ),
    );
  return [
    h(
      "div",
      scrolling(t("view.weights")),
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", { scope: "col" }, t("col.role")),
            ranks.map((rank) => h("th", { scope: "col", class: "n" }, label(rank))),
          ),
        ),
        h(
          "tbody",
          {},
          roles.map((role) => row(word(t, "role", role), (rank) => rank.by_role?.[role])),
          row(h("b", {}, t("weights.module")), (rank) => rank.weights_bytes),
          ranks.some((rank) => rank.loaded_bytes) && row(t("weights.loaded"), (rank) => rank.loaded_bytes),
        ),
      ),
    ),
    !planned && h("p", { class: "quiet small" }, t("weights.why")),
  ];
}
