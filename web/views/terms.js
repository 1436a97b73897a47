// The table behind the bar: a row a term, in bytes, with its formula and source.

import { bars, beyond, h, lacksGpu, word } from "../kit.js";
import { how } from "./how.js";
import { scrolling } from "./scroll.js";

export function render(vm) {
  const { report, t } = vm;
  const bar = bars(report)[0];
  if (!bar) return h("p", { class: "quiet" }, t(lacksGpu(report) ? "in.gpu.missing" : "num.none"));
  const full = bars(report).find(({ segments }) => !segments.some(({ id }) => id === "kv_pool")) ?? bar;
  const explained = new Map((report.budget?.terms ?? []).map((term) => [term.id, term]));
  const rows = list(full, explained);
  explained.set("shortfall", short(report, full));
  return h(
    "div",
    scrolling(t("view.terms")),
    h(
      "table",
      { part: "table" },
      h("caption", {}, t(report.method === "rule-of-thumb" ? "bar.title.all" : "bar.title")),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ["term", "size", "bytes", "share"].map((name, i) =>
            h("th", { scope: "col", class: i ? "n" : null }, t(`col.${name}`)),
          ),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((row) => line(row, full, explained.get(row.id), vm)),
      ),
    ),
  );
}

function list(bar, explained) {
  const rows = bar.segments.map(({ id, bytes, whole }) => ({ id, bytes: explained.get(id)?.bytes ?? whole ?? bytes }));
  const cut = [...explained.values()].filter(({ id, bytes }) => bytes > 0 && !rows.some((row) => row.id === id));
  rows.push(...cut.map(({ id, bytes }) => ({ id, bytes })));
  const unused = bar.limit - bar.segments.reduce((sum, { bytes }) => sum + bytes, 0);
  if (unused > 1) rows.push({ id: "unused", bytes: unused });
  if (bar.shortfall > 0) rows.push({ id: "shortfall", bytes: -bar.shortfall });
  rows.push(...beyond(bar).filter(({ id }) => id === "reserve"));
  return rows;
}

// What is missing, for all of the workload's KV cache, as far as that is the figure drawn.
function short({ budget, kv, verdict }, { shortfall }) {
  const { headroom_bytes: bytes, kv_used_bytes: needed } = verdict ?? {};
  const pool = [budget?.available_kv_bytes, kv?.available_bytes].find((size) => size - needed === bytes);
  if (pool === undefined || bytes !== -shortfall) return null;
  return {
    formula: "available_kv − kv_of_the_workload",
    inputs: { available_kv: pool, kv_of_the_workload: needed },
    bytes,
  };
}

function line({ id, bytes }, bar, term, vm) {
  const { t, fmt } = vm;
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, word(t, "term", id), term && how(term, vm)),
    h("td", { class: "n" }, fmt.bytes(bytes)),
    h("td", { class: "n" }, fmt.int(bytes)),
    h("td", { class: "n" }, fmt.percent(bytes / bar.capacity)),
  );
}
