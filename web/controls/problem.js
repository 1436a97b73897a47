// What stands above the answer when something about the whole page is wrong: no WebAssembly, a link that couldn't be
// read in full, text that wasn't a config, a set-up without an answer.

import { ATTRIBUTES, BY_PATH, concerns, FIELDS, h, nameOf, quoted } from "../kit.js";

export function problem(vm) {
  const { app, error, t, ui } = vm;
  const close = (name) =>
    h(
      "button",
      {
        type: "button",
        class: "plain",
        onclick: () => {
          ui[name] = null;
          app.render();
        },
      },
      t("close"),
    );
  return [
    error && box(message(error, vm)),
    ui.unread?.map((one) => box(unread(one, vm))),
    ui.dropped?.length > 0 && box(t("link.dropped", { names: ui.dropped.join(", ") }), "warn", close("dropped")),
    ui.told && box(ui.told.text, ui.told.bad ? "" : "warn", [action(ui.told), close("told")]),
  ];
}

const action = ({ href, label, run }) =>
  href ? h("a", { href }, label) : run && h("button", { type: "button", onclick: run }, label);

// An attribute that couldn't be read: what was typed, and what it takes.
function unread({ given, takes }, { t, fmt }) {
  const { kind, min, max } = takes;
  if (!kind) return t("attribute.words", { given, words: takes.join(", ") });
  return t(`attribute.${kind}`, { given, min: min && fmt.int(min), max: max && fmt.int(max) });
}

// GPUs of the catalogue whose names have what was given for one.
function similar({ catalog, state }) {
  const given = String(state["hardware.gpu"])
    .toLowerCase()
    .match(/[a-z]*\d+/)?.[0];
  const ids = catalog.gpus.map(({ id }) => id).filter((id) => given && id.includes(given));
  return ids.length ? ` (${ids.slice(0, 8).join(", ")})` : "";
}

// The attribute that the host's page has for this field, as long as its value is the one on show.
function typed(path, { host, state }) {
  const [name] = Object.entries(ATTRIBUTES).find(([, one]) => one === path) ?? [];
  const text = name && host.getAttribute(name)?.trim();
  return text && text === state[path] ? quoted(name, text) : null;
}

// Errors with a place on the page are said there as well, and in full.
function message(error, vm) {
  const { t, report } = vm;
  if (error.code === "csp") return t("footer.csp", { directive: directive() });
  if (error.code === "load") return t("footer.failed", { message: error.message, directive: directive() });
  const { field, line, column } = error.where ?? {};
  const said = line ? t("config.error", { line, column, message: t.said(error.message) }) : t.said(error.message);
  const shown = FIELDS.find((one) => /main|advanced/.test(one.control) && concerns(field, one));
  const name = typed(field, vm) ?? (shown ? t(`in.${nameOf(shown)}`) : !line && BY_PATH.has(field) && field);
  const near = field === "hardware.gpu" ? similar(vm) : "";
  const where = (name ? `${name}: ${said}` : said) + near;
  return report ? [h("b", {}, where), " ", t("config.kept")] : where;
}

// What a page's policy must allow of the place these files come from.
function directive() {
  const { origin } = new URL(import.meta.url ?? document.baseURI);
  const from = origin === location.origin ? "'self'" : origin;
  return `script-src ${from} 'wasm-unsafe-eval'; connect-src ${from}`;
}

const box = (text, kind = "", more = null) =>
  h("div", { class: `alert ${kind}`, role: kind ? null : "alert" }, text, " ", more);
