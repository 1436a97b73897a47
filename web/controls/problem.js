// What stands above the answer when something about the whole page is wrong: no WebAssembly, a link that couldn't be
// read in full, text that wasn't a config, a set-up without an answer.

import { BY_PATH, concerns, FIELDS, h, nameOf } from "../kit.js";

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
    ui.dropped?.length > 0 && box(t("link.dropped", { names: ui.dropped.join(", ") }), "warn", close("dropped")),
    ui.told && box(ui.told.text, ui.told.bad ? "" : "warn", [action(ui.told), close("told")]),
  ];
}

const action = ({ href, label, run }) =>
  href ? h("a", { href }, label) : run && h("button", { type: "button", onclick: run }, label);

// Errors with a place on the page are said there as well, and in full.
function message(error, { t, report }) {
  if (error.code === "csp") return t("footer.csp", { directive: directive() });
  if (error.code === "load") return t("footer.failed", { message: error.message, directive: directive() });
  const { field, line, column } = error.where ?? {};
  const said = line ? t("config.error", { line, column, message: t.said(error.message) }) : t.said(error.message);
  const shown = FIELDS.find((one) => /main|advanced/.test(one.control) && concerns(field, one));
  const name = shown ? t(`in.${nameOf(shown)}`) : !line && BY_PATH.has(field) && field;
  const where = name ? `${name}: ${said}` : said;
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
