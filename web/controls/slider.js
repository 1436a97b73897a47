// A logarithmic slider in steps people recognise, and the number field beside it. The steps are DOM-free.

import { h } from "../vdom.js";

// 1, 2, 3, … then four steps an octave, from `min` up to and with `max`.
export function steps(min, max) {
  const list = [];
  for (let value = min; value < max; ) {
    list.push(value);
    const octave = 2 ** Math.floor(Math.log2(value));
    value = Math.floor(value / Math.max(1, octave / 4) + 1) * Math.max(1, octave / 4);
  }
  return [...list, max];
}

export function nearest(list, value) {
  let best = 0;
  list.forEach((step, i) => {
    if (Math.abs(step - value) < Math.abs(list[best] - value)) best = i;
  });
  return best;
}

export function slider({ name, value, min, max, text, set, disabled }) {
  const list = steps(min, max);
  return h("input", {
    type: "range",
    min: 0,
    max: list.length - 1,
    step: 1,
    ".value": String(nearest(list, value)),
    "aria-label": name,
    "aria-valuetext": text,
    disabled,
    oninput: ({ target }) => set(list[Number(target.value)]),
  });
}
