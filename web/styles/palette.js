// Every colour of the element, by theme. A unit test holds them to their contrast: text 4.5 : 1, marks 3 : 1.
// Each is a custom property that a host may override as --vram-gauge-NAME.

export const light = {
  "back": "#ffffff",
  "field": "#ffffff",
  "text": "#1b1f24",
  "quiet": "#5a626c",
  "line": "#d3d8de",
  "edge": "#7b8590",
  "accent": "#0b5fa5",
  "good": "#0f6f53",
  "warn": "#8a5a00",
  "bad": "#b3261e",
  "weights": "#0b5fa5",
  "kv": "#0f7f5f",
  "activation": "#8a4fb3",
  "runtime": "#6b7280",
  "in-bar": "#ffffff",
};

export const dark = {
  "back": "#15181c",
  "field": "#1d2126",
  "text": "#e7eaed",
  "quiet": "#a2abb6",
  "line": "#343a42",
  "edge": "#78828e",
  "accent": "#5aa9e6",
  "good": "#3fbf95",
  "warn": "#e3b341",
  "bad": "#ff8a80",
  "weights": "#5aa9e6",
  "kv": "#3fbf95",
  "activation": "#b98be0",
  "runtime": "#9aa3b2",
  "in-bar": "#10141a",
};

const rules = (colours) =>
  Object.entries(colours)
    .map(([name, value]) => `--${name}:var(--vram-gauge-${name},${value});`)
    .join("");

export const palette = `.gauge{${rules(light)}color-scheme:light}.gauge[data-theme=dark]{${rules(dark)}color-scheme:dark}@media print{.gauge[data-theme]{${rules(light)}}}`;
