// What would change a "no" into a "yes": each fix a button that sets it.

import { BY_PATH } from "../fields.js";
import { word } from "../messages/index.js";
import { h } from "../vdom.js";

export function render(vm) {
  const { report, t } = vm;
  if (!report?.fixes?.length) return null;
  return h(
    "section",
    { class: "fixes", part: "fixes" },
    h("h2", {}, t("view.fixes")),
    h(
      "ul",
      {},
      report.fixes.map((fix) => one(fix, vm)),
    ),
  );
}

function one({ change, effect = {} }, { app, t, fmt }) {
  const patch = flatten(change);
  const spare = effect.headroom_bytes;
  const said = spare === undefined ? "" : t(spare < 0 ? "fix.short" : "fix.to", { size: fmt.bytes(Math.abs(spare)) });
  const words = Object.entries(patch).map(([path, value]) => inWords(path, value, t, fmt));
  return h(
    "li",
    {},
    h(
      "span",
      {},
      words.map(([text, flag], i) => [i > 0 && ", ", text, flag && [" ", h("code", { class: "quiet" }, flag)]]),
    ),
    h("span", { class: "quiet small" }, said),
    h(
      "button",
      {
        type: "button",
        onclick: () => app.set(patch),
        "aria-label": `${t("fix.apply")}: ${words.map(([text]) => text).join(", ")}`,
      },
      t("fix.apply"),
    ),
  );
}

// { engine: { a: 1 } } -> { "engine.a": 1 }
export function flatten(change) {
  const patch = {};
  for (const [group, value] of Object.entries(change)) {
    if (value === null || typeof value !== "object") patch[group] = value;
    else for (const [name, inner] of Object.entries(value)) patch[`${group}.${name}`] = inner;
  }
  return patch;
}

function inWords(path, value, t, fmt) {
  const field = BY_PATH.get(path);
  const name = word(t, "in", path.split(".").pop());
  const shown = typeof value === "number" && field?.kind !== "number" ? fmt.int(value) : String(value);
  return [`${name} ${shown}`, field?.flag && `${field.flag} ${value}`];
}
