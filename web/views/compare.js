// Every GPU of the catalogue, one, two, four and eight of it, for this model and workload: one sweep of the core. A cell
// sets the GPU. Sorted so that the smallest that suffices comes first.

import { cells, gpuLabel, h, memo, toRequest } from "../kit.js";
import { scrolling } from "./scroll.js";

const COUNTS = [1, 2, 4, 8];

export function render(vm) {
  const { app, state, ui, t } = vm;
  ui.compare ??= { fits: true, sort: "total" };
  const rows = select(table(vm), ui.compare);
  const toggle = ({ target }) => {
    ui.compare.fits = target.checked;
    app.render();
  };
  return [
    h(
      "p",
      { class: "row" },
      h(
        "label",
        {},
        h("input", { type: "checkbox", ".checked": ui.compare.fits, onchange: toggle }),
        " ",
        t("compare.fits"),
      ),
      h("span", { class: "quiet small" }, t("compare.count", { n: rows.length })),
    ),
    h(
      "div",
      scrolling(t("view.compare"), "tall"),
      h(
        "table",
        { class: "compare" },
        h("caption", {}, t("compare.caption")),
        h("thead", {}, h("tr", {}, heads(vm))),
        h(
          "tbody",
          {},
          rows.map((row) => memo(signature(row, vm), () => line(row, vm))),
        ),
      ),
    ),
    state["page.price"] && h("p", { class: "quiet small" }, t("compare.priceNote")),
  ];
}

const signature = (row, { state, fmt }) =>
  JSON.stringify([
    row,
    fmt.unit,
    fmt.lang,
    state["hardware.gpu"],
    state["hardware.gpus"],
    state["workload.concurrency"],
    state["page.price"]?.[row.gpu.id],
  ]);

function table(vm) {
  const { app, catalog, state } = vm;
  const others = (state["engine.pipeline_parallel_size"] ?? 1) * (state["engine.data_parallel_size"] ?? 1);
  const counts = COUNTS.filter((count) => count % others === 0);
  const { hardware, ...request } = toRequest(state);
  const grid = catalog.gpus.flatMap(({ id }) =>
    counts.map((gpus) => ({ gpu: id, gpus, tensor_parallel_size: gpus / others })),
  );
  const found = cells(app.core.sweep({ ...request, sweep: { hardware: grid } }));
  void hardware;
  return catalog.gpus.map((gpu, i) => {
    const list = counts.map((count, j) => ({ count, ...found[i * counts.length + j] }));
    const enough = list.find(suffices);
    return { gpu, cells: list, total: enough ? enough.count * gpu.memory_bytes : Infinity, enough };
  });
}

const suffices = (cell) => !cell.refused && cell.fits === 1 && cell.starts >= 2;

const SORTS = {
  total: (a, b) => a.total - b.total || a.gpu.memory_bytes - b.gpu.memory_bytes,
  name: (a, b) => gpuLabel(a.gpu).localeCompare(gpuLabel(b.gpu), "en", { numeric: true }),
  memory: (a, b) => a.gpu.memory_bytes - b.gpu.memory_bytes,
  count: (a, b) => (a.enough?.count ?? Infinity) - (b.enough?.count ?? Infinity) || a.total - b.total,
};

function select(rows, { fits, sort }) {
  const shown = fits ? rows.filter(({ enough }) => enough) : rows;
  return shown.sort(SORTS[sort]);
}

function heads(vm) {
  const { app, ui, t } = vm;
  const by = (sort, text, n) =>
    h(
      "th",
      { scope: "col", class: n ? "n" : null, "aria-sort": ui.compare.sort === sort ? "ascending" : null },
      h(
        "button",
        {
          type: "button",
          class: "plain",
          onclick: () => {
            ui.compare.sort = sort;
            app.render();
          },
        },
        text,
        ui.compare.sort === sort ? " ↑" : "",
      ),
    );
  return [
    by("name", t("in.gpu")),
    by("total", t("compare.enough"), true),
    by("memory", t("compare.memory"), true),
    COUNTS.map((count) => h("th", { scope: "col", class: "n" }, `× ${count}`)),
    h("th", { scope: "col", class: "n" }, t("compare.price")),
    h("th", { scope: "col", class: "n" }, t("compare.cost")),
  ];
}

function line({ gpu, cells: list, enough }, vm) {
  const { app, state, t, fmt } = vm;
  const prices = state["page.price"] ?? {};
  const price = prices[gpu.id];
  const setPrice = ({ target }) => {
    const value = Number(target.value.replace(",", "."));
    const { [gpu.id]: _, ...rest } = prices;
    const next = target.value.trim() && value >= 0 ? { ...rest, [gpu.id]: value } : rest;
    app.set({ "page.price": Object.keys(next).length ? next : null });
  };
  const here = state["hardware.gpu"] === gpu.id;
  return h(
    "tr",
    { class: here ? "here" : null },
    h("th", { scope: "row" }, gpuLabel(gpu)),
    h(
      "td",
      { class: "n" },
      enough ? t("compare.enough.is", { count: enough.count, size: fmt.bytes(enough.count * gpu.memory_bytes) }) : "–",
    ),
    h("td", { class: "n" }, fmt.bytes(gpu.memory_bytes)),
    COUNTS.map((count) =>
      result(
        list.find((cell) => cell.count === count),
        gpu,
        vm,
      ),
    ),
    h(
      "td",
      { class: "n" },
      h("input", {
        class: "num price",
        type: "text",
        inputmode: "decimal",
        "aria-label": t("compare.price.of", { gpu: gpuLabel(gpu) }),
        ".value": price === undefined ? "" : String(price),
        onchange: setPrice,
      }),
    ),
    h("td", { class: "n" }, price !== undefined && enough ? fmt.number(price * enough.count) : ""),
  );
}

function result(cell, gpu, { app, state, t, fmt }) {
  if (!cell || cell.refused) return h("td", { class: "n quiet" }, cell ? t("compare.refused") : "–");
  const good = suffices(cell);
  const text = said(cell, good, state["workload.concurrency"] ?? 1, t, fmt);
  const set = () =>
    app.set({
      "hardware.gpu": gpu.id,
      "hardware.gpus": cell.count,
      "hardware.memory_bytes": null,
      "hardware.compute_capability": null,
      "engine.tensor_parallel_size": null,
    });
  const tone = good ? "good" : cell.starts >= 2 ? "mixed" : "bad";
  return h(
    "td",
    { class: `n cell ${tone}` },
    h(
      "button",
      { type: "button", class: "plain", onclick: set, "aria-label": `${cell.count} × ${gpuLabel(gpu)}: ${text}` },
      text,
    ),
  );
}

function said({ starts, headroom_bytes: spare, kv_used_bytes: used, ...cell }, good, asked, t, fmt) {
  const runs = Math.floor(cell.max_concurrency_at_context);
  if (good && runs > 0) return t("compare.holds", { n: runs, count: fmt.int(runs) });
  if (starts >= 2 && used > 0 && runs < asked) return t("compare.queues", { count: fmt.int(runs) });
  if (starts < 2 && spare >= 0) return t("map.no"); // with the context as set; the workload is shorter
  return t(spare < 0 ? "compare.short" : "compare.tight", { size: fmt.bytes(Math.abs(spare)) });
}
