// The box for config.json: typed or pasted text is read at every keystroke; an error stands beside it, at its place.

import { h } from "../vdom.js";
import { takeFile } from "./take.js";

const WIDE = 700; // px of container from where there is room for it unasked

export function configBox(vm) {
  const { app, state, ui, t, error } = vm;
  if (state.config) ui.configOpen ??= true;
  else if (ui.width) ui.configOpen ??= ui.width > WIDE;
  const wrong = error && ["config", "hf_quant_config"].includes(error.where?.field);
  return h(
    "details",
    {
      class: "config",
      open: ui.configOpen,
      ontoggle: ({ target }) => {
        ui.configOpen = target.open;
      },
    },
    h("summary", {}, t("config.title")),
    h("label", { for: "config", class: "sr" }, t("config.label")),
    h("textarea", {
      id: "config",
      class: "code",
      rows: 12,
      spellcheck: "false",
      autocapitalize: "off",
      placeholder: '{ "architectures": ["LlamaForCausalLM"], … }',
      "aria-invalid": wrong ? "true" : null,
      "aria-describedby": wrong ? "config-error" : null,
      ".value": state.config ?? "",
      oninput: ({ target }) =>
        app.setModel(target.value.trim() ? { config: target.value, hf_quant_config: state.hf_quant_config } : {}),
    }),
    wrong && complaint(vm),
    h(
      "div",
      { class: "row" },
      h("button", { type: "button", onclick: ({ target }) => target.nextSibling.click() }, t("config.file")),
      h("input", {
        type: "file",
        hidden: true,
        accept: ".json,.yaml,.yml,.txt,.log",
        onchange: ({ target }) =>
          takeFile(vm, target.files[0]).then(() => {
            target.value = "";
          }),
      }),
      h("span", { class: "quiet small" }, t("config.private")),
    ),
  );
}

// Line, column, what was found, the line itself with a caret, and a way there.
function complaint(vm) {
  const { error, state, t, app } = vm;
  const { line, column, field } = error.where;
  const text = (state[field] ?? "").split("\n")[(line ?? 1) - 1] ?? "";
  const start = Math.max(0, (column ?? 1) - 40);
  const part = text.slice(start, start + 72).replaceAll("\t", " ");
  return h(
    "div",
    { id: "config-error", class: "err small" },
    h("p", {}, line ? t("config.error", { line, column, message: error.message }) : error.message),
    line && part && h("pre", { class: "code", "aria-hidden": "true" }, `${part}\n${" ".repeat(column - 1 - start)}^`),
    line &&
      field === "config" &&
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
