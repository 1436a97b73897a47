// What an element's attributes say: { state, options, unread }. Values that can't be read are left out and stand in
// `unread`, an error each: { code, message, where: { field: the attribute }, given, takes: the field, or the words }.

import { READ } from "./controls/field.js";
import { CONTROLS } from "./controls/inputs.js";
import { BY_PATH } from "./fields.js";
import { check } from "./state.js";

// Attributes that are fields of the state.
export const STATE = {
  "model": "known_model",
  "gpu": "hardware.gpu",
  "gpus": "hardware.gpus",
  "tp": "engine.tensor_parallel_size",
  "context": "engine.max_model_len",
  "concurrency": "workload.concurrency",
  "vllm-version": "vllm_version",
};

export const VIEWS = ["full", "verdict", "bar", "table"];
const THEMES = ["auto", "light", "dark"];
const INPUTS = [...CONTROLS.map(([name]) => name), "none"];

export function fromAttributes(element) {
  const state = {};
  const unread = [];
  const refuse = (field, text, takes) => {
    const given = quoted(field, text);
    unread.push({ code: "attribute", message: `${given} isn't understood`, where: { field }, given, takes });
  };
  for (const [name, path] of Object.entries(STATE)) {
    const text = (element.getAttribute(name) ?? "").trim();
    const field = BY_PATH.get(path);
    state[path] = text ? check(field, READ[field.kind]?.(text) ?? text) : undefined;
    if (text && state[path] === undefined) refuse(name, text, field);
  }
  const oneOf = (name, words) => {
    const text = element.getAttribute(name);
    if (text && !words.includes(text)) refuse(name, text, words);
    return words.includes(text) ? text : words[0];
  };
  const controls = element
    .getAttribute("controls")
    ?.split(/[\s,]+/)
    .filter(Boolean);
  for (const name of controls ?? []) if (!INPUTS.includes(name)) refuse("controls", name, INPUTS);
  return {
    state,
    unread,
    options: {
      configSrc: element.getAttribute("config-src"),
      controls: controls?.filter((name) => name !== "none" && INPUTS.includes(name)) ?? null,
      view: oneOf("view", VIEWS),
      theme: oneOf("theme", THEMES),
      lang: element.closest?.("[lang]")?.getAttribute("lang") || null,
      compact: element.hasAttribute("compact"),
      urlState: element.hasAttribute("url-state"),
    },
  };
}

// The config beside the host's page: { config } or { error }.
export async function configAt(source) {
  try {
    const response = await fetch(new URL(source, document.baseURI), { credentials: "omit" });
    if (!response.ok) throw new Error(`${response.status}`);
    return { config: await response.text() };
  } catch (error) {
    return { error: { code: "config-src", message: `${source}: ${error.message}` } };
  }
}

// An attribute as it was typed.
export const quoted = (name, text) => `${name}="${text.slice(0, 80)}"`;
