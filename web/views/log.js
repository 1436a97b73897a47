// A pasted start-up log or traceback: what it says happened, and its figures beside the page's.

import { h, word } from "../kit.js";
import { scrolling } from "./scroll.js";

export function render(vm) {
  const { app, ui, t } = vm;
  const { log } = ui;
  const close = () => {
    ui.log = null;
    app.render();
  };
  return h(
    "div",
    { class: "log" },
    h("h2", {}, t("log.title"), " ", h("button", { type: "button", class: "plain", onclick: close }, t("close"))),
    log.summary?.map((sentence) => h("p", {}, t.said(sentence))),
    log.terms?.length > 0 && table(log, vm),
  );
}

function table(log, { report, t, fmt }) {
  const terms = new Map((report?.budget?.terms ?? []).map((term) => [term.id, term]));
  terms.set("available_kv", {
    bytes: report?.budget?.available_kv_bytes,
    low_bytes: report?.budget?.available_kv_low_bytes,
    high_bytes: report?.budget?.available_kv_high_bytes,
  });
  const cell = (bytes) => h("td", { class: "n" }, Number.isFinite(bytes) ? fmt.bytes(bytes) : "–");
  const line = ({ id, bytes }) => {
    const { bytes: ours, low_bytes: low, high_bytes: high } = terms.get(id) ?? {};
    const range = low === undefined || low === high ? "" : `${fmt.bytes(low)} – ${fmt.bytes(high)}`;
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, word(t, "term", id)),
      cell(bytes),
      cell(ours),
      h("td", { class: "n quiet" }, range),
    );
  };
  return h(
    "div",
    scrolling(t("log.title")),
    h(
      "table",
      { class: "facts" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, t("col.term")),
          ["log.says", "log.page", "log.range"].map((key) => h("th", { scope: "col", class: "n" }, t(key))),
        ),
      ),
      h("tbody", {}, log.terms.map(line)),
    ),
  );
}
