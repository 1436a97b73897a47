// Every default that was taken and everything that was assumed, with the key of the config it is about.

import { h } from "../kit.js";

export function render({ report, t }) {
  const notes = report?.notes ?? [];
  if (!notes.length) return h("p", { class: "quiet" }, t("notes.none"));
  return h(
    "ul",
    {},
    notes.map((note) => h("li", {}, note.key && [h("code", {}, note.key), " "], t.said(note.message))),
  );
}
