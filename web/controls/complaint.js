// What is wrong with a config, beside its box: line, column, what was found, the line itself with a caret, and a way there.

import { h } from "../kit.js";

export function complaint(vm) {
  const { error, state, t, app } = vm;
  const { line, column, field } = error.where;
  const text = (state[field] ?? "").split("\n")[(line ?? 1) - 1] ?? "";
  const start = Math.max(0, (column ?? 1) - 40);
  const part = text.slice(start, start + 72).replaceAll("\t", " ");
  return h(
    "div",
    { id: "config-error", class: "err small" },
    h("p", {}, line ? t("config.error", { line, column, message: t.said(error.message) }) : t.said(error.message)),
    line && part && h("pre", { class: "code", "aria-hidden": "true" }, `${part}\n${" ".repeat(column - 1 - start)}^`),
    line &&
      field === "config" &&
      state.config &&
      h("button", { type: "button", class: "plain", onclick: () => goTo(vm, line, column) }, t("config.goto")),
    app.report && h("p", { class: "quiet" }, t("config.kept")),
  );
}

function goTo({ root, state }, line, column) {
  const box = root.getElementById("config");
  const at =
    state.config
      .split("\n")
      .slice(0, line - 1)
      .join("\n").length +
    (line > 1 ? 1 : 0) +
    column -
    1;
  box.focus();
  box.setSelectionRange(at, at + 1);
  const height = box.scrollHeight / box.value.split("\n").length;
  box.scrollTop = Math.max(0, (line - 4) * height);
}
