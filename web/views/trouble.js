// Troubleshooting: what to do about the usual surprises, and how to check a result by hand.

import { h } from "../vdom.js";

const PARTS = ["kvHeads", "size", "dtype", "frag", "multi", "hand"];

export function render({ app, fmt }) {
  const said = app.lazy("more-messages", () => import("../messages/en-trouble.js"))?.default;
  if (!said) return null;
  void fmt;
  return h(
    "div",
    { class: "prose" },
    PARTS.map((part) => [h("h3", {}, said[part].title), said[part].text.map((line) => h("p", {}, line))]),
  );
}
