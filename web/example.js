// The page's example as HTML: what the element would show for its attributes, so that there is an answer before any
// script runs and without JavaScript. Used when the site is built.

import { answer } from "./answer.js";
import { fromAttributes } from "./attributes.js";
import { makeFormat } from "./format.js";
import { gpuLabel } from "./gpus.js";
import { toMarkup } from "./markup.js";
import en from "./messages/en.js";
import { makeMessages } from "./messages/index.js";
import { gpuCount, merge, toRequest } from "./state.js";
import { answer as answerStyle } from "./styles/answer.js";
import { bar as barStyle } from "./styles/bar.js";
import { dark, light } from "./styles/palette.js";
import { h } from "./vdom.js";
import { render as bar } from "./views/bar.js";
import { render as numbers } from "./views/numbers.js";
import { render as verdict } from "./views/verdict.js";

const WIDTH = 920; // px: what the bar is drawn for; it scales with the page

// `ask` answers a request with a report.
export function exampleMarkup(attributes, ask, catalog) {
  const element = { getAttribute: (name) => attributes[name] ?? null, hasAttribute: (name) => name in attributes };
  const state = merge({}, fromAttributes(element).state);
  const [t, fmt] = [makeMessages("en", en), makeFormat("en")];
  const report = ask(toRequest(state));
  if (report.error) throw new Error(`the page's example: ${report.error.message}`);
  const gpu = catalog.gpus.find(({ id }) => id === state["hardware.gpu"]);
  const vm = {
    state,
    report,
    catalog,
    t,
    fmt,
    ui: { width: WIDTH + 32 },
    options: { view: "bar", controls: [] },
    error: null,
  };
  vm.gpus = `${gpuCount(state)} × ${gpu ? gpuLabel(gpu) : "GPU"}`;
  vm.answer = answer(report, vm);
  const of = h("p", { class: "quiet small" }, `${state.known_model}, ${vm.gpus}`);
  return toMarkup(
    h(
      "div",
      { class: "gauge example" },
      h("p", { class: "name" }, "vram-gauge"),
      of,
      verdict(vm),
      bar(vm),
      numbers(vm),
      // The way on for who neither points nor types (screen readers): a link to the same answer, which starts the element.
      h("p", {}, h("a", { href: `#m=${state.known_model}&g=${state["hardware.gpu"]}` }, t("example.change"))),
    ),
  );
}

const variables = (colours) =>
  Object.entries(colours)
    .map(([name, value]) => `--${name}:${value};`)
    .join("");

export const exampleStyle = () =>
  [
    // Rules within a rule: they hold inside the example only.
    `.example{${variables(light)}padding:16px}`,
    `@media(prefers-color-scheme:dark){.example{${variables(dark)}}}`,
    ".example p,.example dl,.example dd,.example figure,.example ul{margin:0;padding:0}.example .quiet{color:var(--quiet)}.example .small{font-size:13px}",
    ".example .sr{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}.example svg{max-width:952px}.example a{color:var(--accent)}",
    `.example{${used(answerStyle)}${barStyle}}`,
  ].join("\n");

// The rules of the answer's sheet that the example needs.
const used = (css) =>
  css
    .split("\n")
    .filter((line) => /^\.(verdict|good|second|badges|bars|numbers)\b/.test(line))
    .join("\n");
