// The header: model, vLLM version, and the few tools that concern the whole page.

import { copy, copyLabel } from "../copy.js";
import { h, memo } from "../vdom.js";
import { modelPicker } from "./model-picker.js";

export function head(vm) {
  const { app, t, fmt, options } = vm;
  const other = fmt.unit === "GiB" ? "GB" : "GiB";
  return h(
    "header",
    { class: "head", part: "header" },
    h("slot", { name: "title" }),
    modelPicker(vm),
    versions(vm),
    h(
      "div",
      { class: "tools" },
      h(
        "button",
        {
          class: "plain",
          type: "button",
          "aria-label": t("head.unit", { unit: fmt.unit }),
          onclick: () => app.useUnit(other),
        },
        fmt.unit,
      ),
      h(
        "button",
        { class: "plain", type: "button", disabled: !app.history.depth, onclick: () => app.history.undo() },
        t("head.undo"),
      ),
      h("button", { class: "plain", type: "button", onclick: () => app.reset() }, t("head.reset")),
      options.urlState &&
        h(
          "button",
          { class: "plain", type: "button", onclick: () => copyLink(vm) },
          copyLabel(vm, "link", "head.share", "head.shared"),
        ),
      h("slot", { name: "tools" }),
    ),
  );
}

function versions({ app, state, catalog, t }) {
  const known = catalog.vllm_versions ?? [];
  const chosen = state.vllm_version ?? known[0];
  const list = known.includes(chosen) || !chosen ? known : [chosen, ...known];
  const name = t("head.version");
  return memo(`${name} ${chosen} ${list.length}`, () =>
    h(
      "label",
      { class: "version" },
      h("span", {}, name),
      h(
        "select",
        {
          ".value": chosen ?? "",
          onchange: ({ target }) => app.set({ vllm_version: target.value === known[0] ? null : target.value }),
        },
        list.map((version) => h("option", { value: version }, version)),
      ),
    ),
  );
}

async function copyLink(vm) {
  const url = new URL(location.href);
  url.hash = await vm.host.permalink();
  await copy(vm, url.href, "link");
}
