// Ways out: the set-up and the answer as text to copy or files to keep.

import { barStyle, bars, copy, copyLabel, drawing, gpuCount, h, scale } from "../kit.js";
import { toCompose, toDocker, toKubernetes } from "../manifests.js";
import { toSvgFile } from "../markup.js";
import { toProfile } from "../profile.js";
import { toServeLine } from "../serve-line.js";
import { answerCsv } from "./csv.js";

const where = ({ catalog, state, report }) => ({
  vendor: catalog.gpus.find(({ id }) => id === state["hardware.gpu"])?.vendor,
  version: report?.vllm_version ?? catalog.vllm_versions[0],
});

// Of what only Python starts so, `vllm serve` must be told.
function served({ state, report }) {
  const { max_num_batched_tokens: tokens, max_num_seqs: seqs } = report?.resolved ?? {};
  const told = { "engine.max_num_batched_tokens": tokens, "engine.max_num_seqs": seqs };
  return state["engine.usage_context"] ? { ...told, ...state } : state;
}

// [id, file name, media type, text]. Add new formats here.
const FORMATS = [
  ["serve", "serve.sh", "text/x-shellscript", (vm) => `${toServeLine(served(vm))}\n`],
  ["docker", "docker.sh", "text/x-shellscript", (vm) => toDocker(served(vm), where(vm))],
  ["compose", "compose.yaml", "application/yaml", (vm) => toCompose(served(vm), where(vm))],
  ["kubernetes", "vllm.yaml", "application/yaml", (vm) => toKubernetes(served(vm), where(vm))],
  ["profile", "profile.yaml", "application/yaml", ({ state }) => toProfile(state)],
  ["json", "report.json", "application/json", ({ report }) => `${JSON.stringify(report, null, 2)}\n`],
  ["csv", "memory.csv", "text/csv", (vm) => answerCsv(vm)],
  ["svg", "memory.svg", "image/svg+xml", (vm) => picture(vm)],
];

export function render(vm) {
  const { app, ui, t } = vm;
  ui.format ??= "serve";
  const [id, name, type, write] = FORMATS.find(([format]) => format === ui.format);
  const text = write(vm);
  const choose = ({ target }) => {
    ui.format = target.value;
    app.render();
  };
  return h(
    "div",
    { class: "out" },
    h(
      "p",
      { class: "row" },
      h(
        "label",
        {},
        t("out.format"),
        " ",
        h(
          "select",
          { ".value": id, onchange: choose },
          FORMATS.map(([format]) => h("option", { value: format }, t(`out.${format}`))),
        ),
      ),
      h("button", { type: "button", onclick: () => copy(vm, text, id) }, copyLabel(vm, id, "out.copy", "out.copied")),
      h("button", { type: "button", onclick: () => save(new Blob([text], { type }), name) }, t("out.save")),
      id === "svg" &&
        h(
          "button",
          { type: "button", onclick: () => png(text).then((blob) => save(blob, "memory.png")) },
          t("out.png"),
        ),
      h("button", { type: "button", class: "plain", onclick: () => print() }, t("out.print")),
    ),
    h("pre", { class: "code text", tabindex: "0", "aria-label": t(`out.${id}`) }, text),
    assumed(vm, id),
  );
}

// What the command line says nothing about, and the answer rests on.
function assumed({ state, gpus, t }, id) {
  if (!["serve", "docker", "compose", "kubernetes"].includes(id)) return null;
  const named = state.known_model || state["page.name"];
  return h(
    "p",
    { class: "quiet small" },
    t("out.assumed", { gpus }),
    !named && ` ${t("out.noName")}`,
    gpuCount(state) > 8 && ` ${t("out.nodes")}`,
  );
}

function picture(vm) {
  const list = bars(vm.report);
  const end = scale(list);
  const title = [vm.answer.head, vm.answer.tail].filter(Boolean).join(" ");
  return toSvgFile(
    title,
    list.map((one) => drawing(one, end, 960, vm)),
    barStyle,
  );
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `vram-gauge-${name}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// The picture at twice its size in pixels.
async function png(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * 2;
  canvas.height = image.height * 2;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
