// The model field: a combobox by the ARIA pattern over the known models, which also takes whatever is pasted into it.

import { h } from "../vdom.js";

const SHOWN = 60;

export function modelPicker(vm) {
  const { app, ui, t, fmt } = vm;
  ui.model ??= { open: false, at: -1, text: null };
  const box = ui.model;
  const found = box.open ? search(vm.catalog.models, box.text ?? "") : [];
  const change = (patch) => {
    Object.assign(box, patch);
    app.render();
  };
  const close = () => change({ open: false, at: -1, text: null });
  const choose = (id) => {
    close();
    app.setModel({ known_model: id });
  };
  const move = (step) => {
    change({ open: true, at: Math.max(-1, Math.min(found.length - 1, box.at + step)) });
    requestAnimationFrame(() => vm.root.getElementById(`model-${box.at}`)?.scrollIntoView({ block: "nearest" }));
  };
  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => {
      const hit = found[box.at] ?? exact(found, box.text);
      if (hit) choose(hit.id);
      else if (box.text) app.take(box.text).then(close);
    },
    Escape: () => close(),
  };
  return h(
    "div",
    { class: "combo model" },
    h("input", {
      type: "text",
      role: "combobox",
      "aria-label": t("model"),
      "aria-autocomplete": "list",
      "aria-expanded": String(box.open && found.length > 0),
      "aria-controls": "models",
      "aria-activedescendant": box.at >= 0 ? `model-${box.at}` : null,
      autocomplete: "off",
      spellcheck: "false",
      placeholder: t("model.hint"),
      ".value": box.text ?? modelName(vm),
      onfocus: ({ target }) => target.select(),
      oninput: ({ target }) => change({ open: true, at: -1, text: target.value }),
      onclick: () => change({ open: true }),
      onblur: () => box.open && close(),
      onpaste: (event) => {
        const text = event.clipboardData.getData("text");
        if (!/[\n{:]/.test(text)) return;
        event.preventDefault();
        app.take(text).then(close);
      },
      onkeydown: (event) => {
        if (!keys[event.key] || (event.key === "Escape" && !box.open)) return;
        event.preventDefault();
        keys[event.key]();
        if (event.key !== "ArrowDown" && event.key !== "ArrowUp")
          event.target.value = box.text ?? modelName({ ...vm, state: app.state });
      },
    }),
    h(
      "ul",
      { id: "models", role: "listbox", "aria-label": t("model"), hidden: !box.open || !found.length },
      found.slice(0, SHOWN).map((model, i) =>
        h(
          "li",
          // The list must not take the focus, so that the field keeps what is typed.
          {
            id: `model-${i}`,
            role: "option",
            "aria-selected": String(i === box.at),
            onmousedown: (event) => event.preventDefault(),
            onclick: () => choose(model.id),
          },
          h("span", {}, model.id),
          model.params_total && h("span", { class: "quiet" }, billions(model.params_total, fmt)),
        ),
      ),
    ),
    box.open && h("span", { class: "sr", "aria-live": "polite" }, t("model.count", { n: found.length })),
  );
}

const billions = (params, fmt) => `${fmt.number(Number((params / 1e9).toPrecision(3)))} B`;
const exact = (found, text) => found.find(({ id }) => id.toLowerCase() === text?.trim().toLowerCase());

export function modelName({ state, t }) {
  if (state.known_model) return state.known_model;
  if (state["page.name"]) return state["page.name"];
  if (state.config) return t("model.pasted");
  return state["policy.params_b"] ? t("model.paramsOnly", { b: state["policy.params_b"] }) : "";
}

// Models whose id has every word typed, those that begin with the text first.
export function search(models, text) {
  const words = text
    .toLowerCase()
    .split(/[\s/]+/)
    .filter(Boolean);
  const hit = models.filter(({ id }) => words.every((word) => id.toLowerCase().includes(word)));
  const rank = ({ id }) =>
    words[0] &&
    id
      .toLowerCase()
      .split("/")
      .some((part) => part.startsWith(words[0]))
      ? 0
      : 1;
  return hit.sort((a, b) => rank(a) - rank(b));
}
