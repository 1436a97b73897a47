// How a number was computed: the formula with names, the same with the values, the result, and the source.

import { h } from "../kit.js";

export function how(
  { formula: english, inputs = {}, result, source, bytes, low_bytes: low, high_bytes: high },
  { t, fmt, report },
) {
  if (!english) return null;
  const formula = t.said(english); // most are names and signs only, which stay as they are
  const values = Object.keys(inputs).length ? withValues(formula, inputs, fmt) : null;
  const total = result ?? (bytes === undefined ? null : `${fmt.int(bytes)} B = ${fmt.bytes(bytes)}`);
  const rest = values ? Object.entries(inputs).filter(([name]) => !formula.includes(name)) : [];
  return h(
    "details",
    { class: "how" },
    h("summary", {}, t("how")),
    h(
      "div",
      { class: "formula" },
      h("code", {}, formula),
      values && values !== formula && h("code", {}, `= ${values}`),
      rest.map(([name, value]) => h("code", { class: "quiet" }, `${name} = ${shown(value, fmt)}`)),
      total && h("code", {}, `= ${total}`),
      low !== undefined &&
        low !== high &&
        h("span", { class: "quiet" }, t("how.band", { low: fmt.bytes(low), high: fmt.bytes(high) })),
      source && h("span", { class: "quiet" }, `${t("how.source")}: `, cite(t.said(source), report?.vllm_version)),
    ),
  );
}

// The formula with every name replaced by its value; longer names first, whole words only.
export function withValues(formula, inputs, fmt) {
  const names = Object.keys(inputs).sort((a, b) => b.length - a.length);
  if (!names.length) return formula;
  const pattern = new RegExp(
    names.map((name) => `(?<![\\w.])${name.replace(/[^\w]/g, "\\$&")}(?![\\w.])`).join("|"),
    "g",
  );
  return formula.replace(pattern, (name) => shown(inputs[name], fmt));
}

const shown = (value, fmt) =>
  typeof value === "number" ? (Number.isInteger(value) ? fmt.int(value) : fmt.number(value)) : String(value);

// "vllm/path/file.py:function" becomes a link to the file in that release.
function cite(source, version) {
  const file = /^(vllm\/[\w/.-]+\.py)(:[\w.]+)?$/.exec(source);
  if (!file) return source;
  return h(
    "a",
    {
      href: `https://github.com/vllm-project/vllm/blob/${version ? `v${version}` : "main"}/${file[1]}`,
      rel: "noreferrer",
      target: "_blank",
    },
    source,
  );
}
