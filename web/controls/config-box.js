// The box for config.json: typed or pasted text is read at every keystroke; an error stands beside it, at its place.

import { h } from "../vdom.js";
import { intent } from "../views/section.js";

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
    wrong &&
      (intent(vm, "complaint", () => import("./complaint.js"))?.complaint(vm) ??
        h("p", { id: "config-error" }, t.said(error.message))),
    h(
      "div",
      { class: "row" },
      h("button", { type: "button", onclick: ({ target }) => target.nextSibling.click() }, t("config.file")),
      h("input", {
        type: "file",
        hidden: true,
        accept: ".json,.yaml,.yml,.txt,.log",
        onchange: ({ target }) =>
          app.take(target.files[0]).then(() => {
            target.value = "";
          }),
      }),
      h("span", { class: "quiet small" }, t("config.private")),
    ),
  );
}
