// Predictions against published start-up logs, as tables: over all, per release, GPU and model family, and the misses.

import { loadAccuracy } from "../accuracy.js";
import { gpuLabel, h } from "../kit.js";
import { scrolling } from "./scroll.js";

const FIGURES = ["weights", "kv_memory", "tokens", "concurrency"];
const GROUPS = ["releases", "gpus", "families"];
const MISSED = ["weights", "kv_memory", "tokens"];

export function accuracy(vm) {
  const { app, t } = vm;
  const found = app.lazy("accuracy", loadAccuracy);
  const prose = [h("h3", {}, t("accuracy")), found ? summary(found.total, vm) : h("p", {}, t("view.open"))];
  return [
    h("div", { class: "prose" }, prose),
    found && [overall(found.total, vm), GROUPS.map((name) => group(name, found[name], vm)), misses(found.misses, vm)],
  ];
}

function summary({ logs, kv_memory: memory, band, starts }, vm) {
  const { t, fmt } = vm;
  return [
    t("accuracy.logs", { n: fmt.int(logs) }),
    t("accuracy.memory", { share: fmt.percent(memory.within_3_percent), n: fmt.int(memory.n) }),
    t("accuracy.band", { share: fmt.percent(band.holds), width: percent(band.half_width_median, vm) }),
    t("accuracy.starts", { right: fmt.int(starts.right), n: fmt.int(starts.n) }),
  ].map((text) => h("p", {}, text));
}

function overall(total, vm) {
  const { t, fmt } = vm;
  const rows = FIGURES.map((name) => {
    const { n, mean, median, p90, worst } = total[name];
    return [t(`accuracy.${name}`), fmt.int(n), ...[mean, median, p90, worst].map((value) => percent(value, vm))];
  });
  return table("total", ["figure", "logs.n", "mean", "median", "p90", "worst"], rows, vm);
}

// One row a release, GPU or family: how many logs have the figure, and its error.
function group(name, list, vm) {
  const { t, fmt } = vm;
  const columns = [name, "logs.n", "weights.median", "kv_memory.median", "kv_memory.worst", "tokens.median"];
  const rows = list.map((one) => [
    name === "gpus" ? gpuName(one.name, vm) : t.said(one.name),
    fmt.int(one.logs),
    counted(one.weights, vm),
    counted(one.kv_memory, vm),
    percent(one.kv_memory[2], vm),
    counted(one.tokens, vm),
  ]);
  return folded(t(`accuracy.by.${name}`, { n: list.length }), table(name, columns, rows, vm));
}

function misses(list, vm) {
  const { t } = vm;
  const rows = list.map((miss) => [
    source(miss, t),
    gpuName(miss.gpu, vm),
    miss.release,
    ...MISSED.map((name) => percent(miss[name], vm, true)),
    miss.starts ? t("accuracy.starts.wrong", { said: t(`starts.${miss.starts[0]}`) }) : "",
  ]);
  const columns = ["model", "gpus", "releases", ...MISSED.map((name) => `${name}.off`), "starts.col"];
  return folded(t("accuracy.misses", { n: list.length }), [
    h("p", { class: "quiet small" }, t("accuracy.misses.why")),
    table("misses", columns, rows, vm),
  ]);
}

const folded = (name, content) => h("details", { class: "folded" }, h("summary", {}, name), content);

function table(name, columns, rows, { t }) {
  return h(
    "div",
    scrolling(t(`accuracy.${name}`), rows.length > 12 ? "tall" : ""),
    h(
      "table",
      { class: "accuracy" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          columns.map((column, i) => h("th", { scope: "col", class: i ? "n" : null }, t(`accuracy.${column}`))),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map(([head, ...cells]) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, head),
            cells.map((cell) => h("td", { class: "n" }, cell)),
          ),
        ),
      ),
    ),
  );
}

const known = (value) => value !== null && value !== undefined;

// A miss keeps its sign.
function percent(value, { fmt }, signed = false) {
  if (!known(value)) return signed ? "" : "–";
  if (value !== 0 && Math.abs(value) < 0.005) return `< ${fmt.number(0.01)} %`;
  const rounded = Number(value.toFixed(Math.abs(value) < 10 ? 2 : 1));
  return `${signed && value > 0 ? "+" : ""}${fmt.number(rounded)} %`;
}

// "0.04 % (11)": the median error, and of how many logs.
const counted = ([n, median], vm) =>
  n ? [percent(median, vm), h("span", { class: "quiet" }, ` (${vm.fmt.int(n)})`)] : "–";

function gpuName(name, { catalog, t }) {
  const gpu = catalog.gpus.find(({ id }) => id === name);
  return gpu ? gpuLabel(gpu) : name === "not named" ? t("accuracy.noGpu") : t.said(name);
}

function source({ model, source: where }, t) {
  if (!/^https:\/\//.test(where ?? "")) return [model, h("span", { class: "quiet" }, ` (${t("accuracy.noSource")})`)];
  return h("a", { href: where, rel: "noreferrer", target: "_blank" }, model);
}
