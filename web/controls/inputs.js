// The input column: what people change most. The rest is in advanced.js, loaded when opened.

import { lacksGpu, workload } from "../answer.js";
import { BY_PATH } from "../fields.js";
import { byVendor, gpuLabel } from "../gpus.js";
import { gpuCount, tensorParallel } from "../state.js";
import { h, memo } from "../vdom.js";
import { intent } from "../views/section.js";
import { choice, row, textInput } from "./field.js";
import { slider } from "./slider.js";

const field = (path) => BY_PATH.get(path);

// Names as the element's `controls` attribute has them. Add new controls here.
export const CONTROLS = [
  ["gpu", gpu],
  ["gpus", gpus],
  ["tp", parallel],
  ["context", context],
  ["concurrency", concurrency],
  ["kv-cache-dtype", kvDtype],
  ["quantization", quantization],
  ["dtype", dtype],
  ["utilization", utilization],
  ["method", method],
];

export function inputs(vm) {
  const { app, t, options, ui } = vm;
  const allowed = ([name]) => !options.controls || options.controls.includes(name);
  return h(
    "form",
    // A landmark, by its name, where the element is the page.
    {
      class: "rows",
      "aria-label": options.urlState ? t("in.title") : null,
      onsubmit: (event) => event.preventDefault(),
    },
    CONTROLS.filter(allowed).map(([, render]) => render(vm)),
    !options.controls &&
      h(
        "details",
        {
          ontoggle: ({ target }) => {
            ui.advanced = target.open;
            app.render();
          },
        },
        h("summary", {}, t("in.advanced")),
        ui.advanced &&
          (intent(vm, "advanced", () => import("./advanced.js"))?.advanced(vm) ?? h("p", {}, t("view.open"))),
      ),
  );
}

function gpu(vm) {
  const { app, state, catalog, report, t, ui } = vm;
  const other = ui.otherGpu || (!state["hardware.gpu"] && state["hardware.memory_bytes"] !== undefined);
  const set = ({ target }) => {
    ui.otherGpu = target.value === "other";
    app.set({
      "hardware.gpu": ui.otherGpu ? null : target.value,
      "hardware.memory_bytes": null,
      "hardware.compute_capability": null,
    });
  };
  const menu = (more) =>
    h(
      "select",
      { ...more, ".value": other ? "other" : (state["hardware.gpu"] ?? ""), onchange: set },
      !state["hardware.gpu"] && !other && h("option", { value: "" }, "–"),
      byVendor(catalog.gpus).map(([vendor, list]) => group(vendor, list)),
      h("option", { value: "other" }, t("in.gpu.other")),
    );
  const missing = lacksGpu(report);
  const memory = field("hardware.memory_bytes");
  return [
    row(vm, field("hardware.gpu"), menu, { layout: "wide", wants: missing && !other && t("in.gpu.missing") }),
    other &&
      row(vm, memory, (more) => textInput(vm, memory, { ...more, placeholder: "24 GiB" }), {
        wants: missing && t("in.memory_bytes.missing"),
      }),
    other && row(vm, field("hardware.compute_capability"), (more) => capability(vm, more)),
  ];
}

const group = (vendor, list) =>
  memo(`${vendor}${list.length}`, () =>
    h(
      "optgroup",
      { label: vendor },
      list.map((gpu) => h("option", { value: gpu.id }, gpuLabel(gpu))),
    ),
  );

function capability({ app, state }, more) {
  const path = "hardware.compute_capability";
  return h("input", {
    ...more,
    type: "text",
    class: "num",
    placeholder: "8.9",
    ".value": state[path] ?? "",
    onchange: ({ target }) => app.set({ [path]: target.value.trim() }),
  });
}

// The number of GPUs leads: tensor parallelism follows it unless it was set by hand.
function gpus(vm) {
  const { app, state, t } = vm;
  const count = gpuCount(state);
  const others = (state["engine.pipeline_parallel_size"] ?? 1) * (state["engine.data_parallel_size"] ?? 1);
  const set = (value) => value >= 1 && app.set({ "hardware.gpus": value, "engine.tensor_parallel_size": null });
  const button = (name, label, value) =>
    h("button", { type: "button", "aria-label": t(name), disabled: value < 1, onclick: () => set(value) }, label);
  const control = (more) =>
    h(
      "div",
      { class: "stepper" },
      button("in.less", "−", count > others ? Math.max(others, previous(count)) : 0),
      textInput(vm, field("hardware.gpus"), { ...more, placeholder: String(count) }),
      button("in.more", "+", next(count)),
    );
  return row(vm, field("hardware.gpus"), control);
}

const next = (count) => (count < 8 ? count * 2 : count + 8);
const previous = (count) => (count <= 8 ? Math.floor(count / 2) : count - 8);

function parallel(vm) {
  const path = field("engine.tensor_parallel_size");
  return row(vm, path, (more) => textInput(vm, path, { ...more, placeholder: String(tensorParallel(vm.state)) }));
}

function context(vm) {
  const { app, state, report, t, fmt } = vm;
  const path = "engine.max_model_len";
  const limit = report?.model?.max_model_len ?? 131072;
  const known = state[path] > 0 ? state[path] : (report?.resolved?.max_model_len ?? report?.model?.max_model_len);
  const value = known ?? limit;
  const set = (tokens) => app.set({ [path]: tokens === limit ? null : tokens });
  const control = (more) => textInput(vm, field(path), { ...more, placeholder: known ? fmt.int(known) : "" });
  const below = slider({
    name: t("in.max_model_len"),
    value,
    min: Math.min(256, limit),
    max: limit,
    text: fmt.int(value),
    set,
  });
  return row(vm, field(path), control, { below });
}

function concurrency(vm) {
  const { app, report, state, t, fmt } = vm;
  const path = "workload.concurrency";
  const { asked } = workload(report ?? {}, state);
  const set = (value) => app.set({ [path]: value });
  const control = (more) => textInput(vm, field(path), { ...more, placeholder: fmt.int(asked) });
  const below = slider({ name: t("in.concurrency"), value: asked, min: 1, max: 1024, text: fmt.int(asked), set });
  return row(vm, field(path), control, { below });
}

const list = (values) => (values ?? []).map((entry) => entry.id ?? entry).map((id) => [id, id]);
const auto = ({ t }, value) => (value ? t("in.auto.is", { value }) : t("in.auto"));

function kvDtype(vm) {
  const path = field("engine.kv_cache_dtype");
  const first = auto(vm, vm.state[path.path] ? null : vm.report?.resolved?.kv_cache_dtype?.replace(/^auto$/, ""));
  return row(vm, path, (more) => choice(vm, path, { ...more, first, entries: list(vm.catalog.kv_cache_dtypes) }));
}

function quantization(vm) {
  const path = field("engine.quantization");
  const { catalog, report } = vm;
  const stored = report?.model?.quantization;
  // By rule of thumb what weights may be stored as, else what vLLM makes of them while it loads.
  const names =
    report?.method === "rule-of-thumb"
      ? catalog.quantizations
      : catalog.online_quantizations?.filter((one) => isIn(one, report?.vllm_version, catalog.vllm_versions));
  const first = stored && !vm.state[path.path] ? vm.t("in.stored.is", { value: stored }) : vm.t("in.stored");
  return row(vm, path, (more) => choice(vm, path, { ...more, first, entries: list(names) }));
}

// Releases are listed newest first.
const isIn = ({ first_version: first, last_version: last }, version, list) =>
  (!first || list.indexOf(first) >= list.indexOf(version)) && (!last || list.indexOf(last) <= list.indexOf(version));

function dtype(vm) {
  const path = field("engine.dtype");
  const first = auto(vm, vm.state[path.path] ? null : vm.report?.model?.dtype);
  return row(vm, path, (more) => choice(vm, path, { ...more, first, entries: list(vm.catalog.dtypes) }));
}

function utilization(vm) {
  const path = field("engine.gpu_memory_utilization");
  const used = vm.report?.resolved?.gpu_memory_utilization;
  return row(vm, path, (more) => textInput(vm, path, { ...more, placeholder: used === undefined ? "" : String(used) }));
}

function method(vm) {
  const path = field("method");
  const entries = path.values.slice(1).map((value) => [value, vm.t(`method.${value}`)]);
  return row(vm, path, (more) =>
    choice(vm, path, { ...more, first: auto(vm, vm.state.method ? null : vm.report?.method), entries }),
  );
}
