// One bar per kind of GPU on a common scale: what fills its memory, the budget, the card's end, what is missing.
// The table of terms says the same in text.

import { bars, scale } from "../budget.js";
import { word } from "../messages/index.js";
import { h } from "../vdom.js";

const HEIGHT = 36;
const LABEL = 28; // px a segment needs to carry its name
const TINY = 6; // px below which a part of the weights is only in the table
const LETTER = 7; // px a letter takes at 13 px, on average

export function render(vm) {
  const { report, t, fmt, ui } = vm;
  const list = bars(report, { roles: Boolean(ui.open?.weights) });
  if (!list.length) return null;
  const width = Math.max(240, drawnWidth(vm));
  const end = scale(list);
  const planned = report.method === "rule-of-thumb";
  return h(
    "figure",
    { class: "bars", part: "bar" },
    h("figcaption", {}, t(planned ? "bar.title.all" : "bar.title")),
    list.map((bar) => drawing(bar, end, width, vm)),
    h("p", { class: "tip", "aria-hidden": "true" }, ui.tip ?? ""),
    h(
      "p",
      { class: "sr" },
      list.map((bar) => bar.segments.map((part) => about(part, bar, t, fmt)).join("; ")).join(". "),
    ),
  );
}

// The answer column's width, as the style sheet makes it.
export function drawnWidth({ ui, options }) {
  const width = (ui.width ?? 700) - 32;
  const bare = options.controls ? options.controls.length === 0 : options.view !== "full";
  const beside = !bare && ui.width >= 660;
  return beside ? width - 354 : width;
}

export function drawing(bar, end, width, vm) {
  const { t, fmt } = vm;
  const x = (bytes) => (bytes / end) * (width - 1);
  const boxes = place(bar, x);
  const leads = leaders(boxes, vm);
  const top = 20;
  const height = top + HEIGHT + (leads.length ? 8 + 16 * rows(leads) : 6);
  return h(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title(bar, t, fmt) },
    hatch(),
    h("text", { x: 0, y: 13 }, rankName(bar.label, t)),
    boxes.map((box) => segment(box, top, bar, vm)),
    marks(bar, x, top, width, vm),
    band(bar, x, top),
    leads.map((lead) => leader(lead, top + HEIGHT)),
  );
}

function place(bar, x) {
  const list = [...bar.segments];
  const filled = list.reduce((sum, { bytes }) => sum + bytes, 0);
  if (bar.limit - filled > 1) list.push({ id: "unused", bytes: bar.limit - filled });
  if (bar.shortfall > 0) list.push({ id: "shortfall", bytes: bar.shortfall });
  else list.push(...beyond(bar));
  let at = 0;
  return list.map(({ id, role, bytes, whole }, i) => {
    const box = { id, role, bytes, whole, x: x(at), width: x(bytes), shade: role && i % 2 === 1 };
    at += bytes;
    return box;
  });
}

// Past the budget: what is used there all the same, and what is left alone.
export function beyond({ capacity, limit, outside = 0 }) {
  const room = Math.max(0, capacity - limit);
  const used = Math.min(room, outside);
  return [
    { id: "outside", bytes: used },
    { id: "reserve", bytes: room - used },
  ].filter(({ bytes }) => bytes > 0);
}

const nameOf = ({ id, role }, t) => (role ? word(t, "role", role) : word(t, "term", id));
const named = (box, { t, fmt }) => ({ name: nameOf(box, t), size: fmt.size(box.whole ?? box.bytes) });

const fits = (text, { width }) => width >= LABEL && text.length * LETTER + 8 <= width;

function segment(box, top, bar, vm) {
  const { app, ui, t, fmt } = vm;
  const { name, size } = named(box, vm);
  const tip = about(box, bar, t, fmt);
  const show = () => {
    ui.tip = tip;
    app.render();
  };
  const inside = fits(size, box);
  const both = fits(name, box);
  return h(
    "g",
    { class: `seg seg-${box.id}`, onpointerenter: show, onclick: show },
    h("rect", {
      class: "r",
      "fill-opacity": box.shade ? 0.8 : null,
      x: box.x,
      y: top,
      width: Math.max(0.5, box.width),
      height: HEIGHT,
    }),
    both && h("text", { class: "in", x: box.x + box.width / 2, y: top + 15, "text-anchor": "middle" }, name),
    inside &&
      h("text", { class: "in", x: box.x + box.width / 2, y: top + (both ? 30 : 23), "text-anchor": "middle" }, size),
    h("title", {}, tip),
  );
}

// Names that don't fit into their segment stand under the bar, each to the left of its line; a name that would cross
// an earlier line goes one row down.
function leaders(boxes, vm) {
  let [row, last] = [0, -1];
  return boxes
    .filter((box) => box.bytes > 0 && !fits(named(box, vm).name, box) && !(box.role && box.width < TINY))
    .map((box) => {
      const { name, size } = named(box, vm);
      const text = fits(size, box) ? name : `${name} ${size}`;
      const center = box.x + box.width / 2;
      const room = text.length * LETTER + 6;
      const left = center >= room;
      row = last < 0 || (left && center - room > last) ? 0 : row + 1;
      last = left ? center : center + room;
      return { text, center, row, left };
    });
}

const rows = (leads) => Math.max(...leads.map(({ row }) => row)) + 1;

function leader({ text, center, row, left }, bottom) {
  const y = bottom + 18 + 16 * row;
  return [
    h("path", { class: "lead", d: `M${center} ${bottom}V${y - 4}H${left ? center - 4 : center + 4}` }),
    h("text", { x: left ? center - 7 : center + 7, y, "text-anchor": left ? "end" : "start" }, text),
  ];
}

// The budget line, labelled above the bar, and the end of the card; in one text beside the bar's name where a large
// shortfall leaves both near the left edge.
function marks(bar, x, top, width, { t, fmt }) {
  const limit = bar.limit === bar.capacity ? "" : t("bar.limit", { size: fmt.bytes(bar.limit) });
  const end = fmt.bytes(bar.capacity);
  const right = Math.min(x(bar.capacity), width - 1);
  const at = Math.min(x(bar.limit) - 4, right - end.length * LETTER - 12);
  const taken = rankName(bar.label, t).length * LETTER + 12;
  const both = limit ? `${limit} · ${end}` : end;
  const line = (cls, bytes) => h("line", { class: cls, x1: x(bytes), x2: x(bytes), y1: top - 4, y2: top + HEIGHT + 4 });
  return [
    limit && line("limit", bar.limit),
    line("cap", bar.capacity),
    at - limit.length * LETTER < taken
      ? h("text", { x: Math.max(taken, Math.min(right + 4, width - both.length * LETTER)), y: 13 }, both)
      : [
          limit && h("text", { x: at, y: 13, "text-anchor": "end" }, limit),
          h("text", { x: right, y: 13, "text-anchor": "end" }, end),
        ],
  ];
}

// How far the end of what is used may move.
function band(bar, x, top) {
  if (!(bar.band.more + bar.band.less > 0)) return null;
  const free = bar.segments.find(({ id }) => id === "kv_free")?.bytes ?? 0;
  const before = bar.segments.findIndex(({ id }) => id === "kv_free");
  const edge = bar.segments
    .slice(0, before < 0 ? bar.segments.length : before + 1)
    .reduce((sum, { bytes }) => sum + bytes, 0);
  if (!free) return null;
  const [a, b] = [x(Math.max(0, edge - bar.band.more)), x(edge + bar.band.less)];
  const y = top + HEIGHT - 4;
  return h("path", { class: "band", d: `M${a} ${y - 4}V${y}H${b}V${y - 4}` });
}

const hatch = () =>
  h(
    "defs",
    {},
    h(
      "pattern",
      { id: "hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      h("rect", { class: "hatch-back", width: 7, height: 7 }),
      h("line", { class: "hatch", x1: 0, y1: 0, x2: 0, y2: 7 }),
    ),
  );

export function rankName(label, t) {
  if (!label) return "";
  const gpu = label.b > label.a ? t("bar.gpus", label) : t("bar.gpu", label);
  return label.pp === null ? gpu : `${t("bar.stage", { pp: label.pp })}, ${gpu}`;
}

const about = ({ bytes, whole = bytes, ...part }, bar, t, fmt) =>
  t("bar.about", { term: nameOf(part, t), size: fmt.bytes(whole), share: fmt.percent(whole / bar.capacity) });

function title(bar, t, fmt) {
  const short = bar.shortfall > 0 ? `, ${fmt.bytes(bar.shortfall)} ${t("term.shortfall")}` : "";
  return `${rankName(bar.label, t)} ${fmt.bytes(bar.capacity)}${short}`;
}
