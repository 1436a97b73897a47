// Where everything stands. Document order is reading order on a phone: verdict, inputs, details; on a wide container
// the inputs move to the left.

import { answer } from "./answer.js";
import { configBox } from "./controls/config-box.js";
import { head } from "./controls/head.js";
import { inputs } from "./controls/inputs.js";
import { modelName } from "./controls/model-picker.js";
import { gpuLabel } from "./gpus.js";
import { gpuCount } from "./state.js";
import { h } from "./vdom.js";
import { DETAILS, TOP } from "./views/index.js";
import { intent, section, shown } from "./views/section.js";

export function layout(vm) {
  vm.gpus = gpuWords(vm);
  if (!vm.ready && !vm.error) return waiting(vm);
  const { options, report, theme, t, fmt } = vm;
  const bare = options.controls ? options.controls.length === 0 : options.view !== "full";
  const full = options.view === "full" && !options.compact;
  const top = TOP.filter((part) => part.views.includes(options.view) && (part.when?.(vm.report, vm.ui) ?? true));
  if (!vm.error && !whole(top, vm)) return waiting(vm);
  vm.answer = answer(vm.report, vm);
  return h(
    "div",
    {
      class: vm.error && !vm.report ? "gauge" : "gauge room",
      part: "gauge",
      "data-theme": theme,
      "data-view": options.view,
      lang: fmt.lang,
      dir: direction(fmt.lang),
    },
    full && head(vm),
    full &&
      h(
        "p",
        { class: "printed" },
        [modelName(vm), vm.gpus, report && t("badge.version", { version: report.vllm_version })]
          .filter(Boolean)
          .join(", "),
      ),
    h(
      "div",
      {}, // in one place, whatever their number: what follows must keep its elements, and their focus
      (vm.error || vm.ui.told || vm.ui.dropped?.length > 0 || vm.ui.unread?.length > 0) &&
        intent(vm, "problem", () => import("./controls/problem.js"))?.problem(vm),
    ),
    h(
      "div",
      { class: bare ? "body bare" : "body" },
      h(
        "div",
        { class: vm.error ? "top stale" : "top", part: "answer" },
        vm.ready && top.map((part) => shown(part, vm)),
      ),
      !bare && h("div", { class: "inputs", part: "inputs" }, inputs(vm), full && configBox(vm)),
      full && h("div", { class: "more", part: "details" }, vm.ready && DETAILS.map((part) => section(part, vm))),
    ),
    !bare && vm.ready && pin(vm),
    h("div", { role: "status", class: "sr" }),
    vm.ui.dragging && h("div", { class: "drop" }, t("config.drop")),
  );
}

// In other people's pages the first answer comes with all its parts: one that loads later would move what stands below.
function whole(top, vm) {
  const { options, ui } = vm;
  ui.whole ||= options.urlState || top.every((part) => part.render || intent(vm, part.id, part.load));
  return ui.whole;
}

// Until the first answer, what stands in the element stays: an example, a link, or else that it is loading.
function waiting({ theme, t }) {
  const content = h("slot", {}, h("p", { class: "quiet" }, t("loading")));
  return h("div", { class: "gauge waiting room", "data-theme": theme }, h("slot", { name: "title" }), content);
}

// The words decide which way the page runs, not the host.
const direction = (lang) => (/^(ar|fa|he|ur)\b/.test(lang) ? "rtl" : "ltr");

// "4 × H100 SXM 80GB"
function gpuWords({ state, fmt }) {
  const { "hardware.gpu": id, "hardware.memory_bytes": memory } = state;
  const name = id ? gpuLabel({ id }) : memory ? fmt.bytes(memory) : "GPU";
  return `${fmt.int(gpuCount(state))} × ${name}`;
}

// On a narrow container the verdict stays in sight while inputs are edited.
function pin({ answer: said, report, t, fmt }) {
  const spare = report?.verdict?.headroom_bytes;
  const size = spare === undefined ? "" : fmt.bytes(Math.abs(spare));
  return h(
    "div",
    { class: `pin ${said.tone}`, "aria-hidden": "true" },
    h("b", {}, said.head),
    size && h("span", {}, t(spare < 0 ? "fix.short" : "fix.to", { size })),
  );
}
