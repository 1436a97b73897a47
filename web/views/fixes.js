// What would change a "no" into a "yes": each fix a button that sets it.

import { h } from "../kit.js";

const SHOWN = 4;

export function render(vm) {
  const { app, options, report, ui, t } = vm;
  const fixes = report?.fixes ?? [];
  if (!fixes.length) return null;
  const shown = ui.allFixes ? fixes : fixes.slice(0, SHOWN);
  const all = () => {
    ui.allFixes = true;
    app.render();
  };
  const inside = [
    h(
      "ul",
      {},
      shown.map((fix) => one(fix, vm)),
    ),
    shown.length < fixes.length &&
      h("button", { type: "button", class: "plain", onclick: all }, t("fix.more", { n: fixes.length - SHOWN })),
  ];
  const title = h("h2", {}, t("view.fixes"));
  if (options.urlState) return h("section", { class: "fixes", part: "fixes" }, title, inside);
  // In other pages closed, so that an answer takes as much room whether it fits or not.
  return h("details", { class: "fixes section", part: "fixes" }, h("summary", {}, title), inside);
}

function one({ change, message, effect = {} }, vm) {
  const { app, t, fmt } = vm;
  const patch = flatten(change);
  const spare = effect.headroom_bytes;
  const said = spare === undefined ? "" : t(spare < 0 ? "fix.short" : "fix.to", { size: fmt.bytes(Math.abs(spare)) });
  const text = t.said(message);
  return h(
    "li",
    {},
    h("span", {}, text),
    h("span", { class: "quiet small" }, said),
    h(
      "button",
      { type: "button", onclick: () => app.set(patch), "aria-label": `${t("fix.apply")}: ${text}` },
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
