// Embed this: snippets that put the answer on show into another page.

import { copy, copyLabel, h } from "../kit.js";
import { snippets, unsaid } from "../snippets.js";

export function render(vm) {
  const { app, host, state, ui, t, answer } = vm;
  const here = new URL(".", (import.meta.url ?? document.baseURI).replace(/views\/[^/]*$/, ""));
  const base = here.protocol === "file:" ? "https://YOUR-COPY/" : here.href; // as the documentation names it
  const title = [answer.head, answer.tail].join(" ");
  const release = host.report?.vllm_version;
  const forms = snippets(state, { base, fragment: ui.fragment ?? "", title, lang: t.lang, release });
  if (!(ui.form in forms)) ui.form = "element";
  host.permalink().then((fragment) => {
    if (fragment === ui.fragment) return;
    ui.fragment = fragment;
    app.render();
  });
  const choose = ({ target }) => {
    ui.form = target.value;
    app.render();
  };
  const text = forms[ui.form];
  const attributesOnly = /^(element|classic)$/.test(ui.form);
  const left = unsaid(state).filter((path) => !/^(config|hf_quant_config)$/.test(path));
  return [
    h(
      "p",
      { class: "row" },
      h(
        "label",
        {},
        t("embed.form"),
        " ",
        h(
          "select",
          { ".value": ui.form, onchange: choose },
          Object.keys(forms).map((form) => h("option", { value: form }, t(`embed.${form}`))),
        ),
      ),
      h(
        "button",
        { type: "button", onclick: () => copy(vm, text, "embed") },
        copyLabel(vm, "embed", "out.copy", "out.copied"),
      ),
      h("a", { href: new URL("docs/", here).href }, t("embed.docs")),
    ),
    h("pre", { class: "code text", tabindex: "0", "aria-label": t(`embed.${ui.form}`) }, text),
    attributesOnly && state.config && h("p", { class: "quiet small" }, t("embed.config")),
    attributesOnly && left.length > 0 && h("p", { class: "quiet small" }, t("embed.left", { names: left.join(", ") })),
  ];
}
