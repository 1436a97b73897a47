// Troubleshooting: what to do about the usual surprises, and how to check a result by hand.

import { h } from "../kit.js";

const PARTS = { kvHeads: 1, size: 1, dtype: 1, fragmentation: 1, gpus: 1, died: 2, hand: 4 };

export function render({ t }) {
  const text = (part, i) => h("p", {}, t(`trouble.${part}.${i + 1}`));
  return h(
    "div",
    { class: "prose" },
    Object.entries(PARTS).map(([part, count]) => [
      h("h3", {}, t(`trouble.${part}`)),
      Array.from({ length: count }, (_, i) => text(part, i)),
    ]),
  );
}
