// What an element's attributes say: { state, options }. Values that can't be read are left out, as HTML does.

import { BY_PATH } from "./fields.js";
import { parseCount } from "./format.js";
import { check } from "./state.js";

const STATE = {
  "model": ["known_model", (text) => text.trim()],
  "gpu": ["hardware.gpu", (text) => text.trim()],
  "gpus": ["hardware.gpus", parseCount],
  "tp": ["engine.tensor_parallel_size", parseCount],
  "context": ["engine.max_model_len", parseCount],
  "concurrency": ["workload.concurrency", parseCount],
  "vllm-version": ["vllm_version", (text) => text.trim()],
};

export const VIEWS = ["full", "verdict", "bar", "table"];
const THEMES = ["auto", "light", "dark"];

export function fromAttributes(element) {
  const state = {};
  for (const [name, [path, read]] of Object.entries(STATE)) {
    const text = element.getAttribute(name);
    state[path] = text === null ? undefined : check(BY_PATH.get(path), read(text));
  }
  const controls = element.getAttribute("controls");
  return {
    state,
    options: {
      configSrc: element.getAttribute("config-src"),
      controls: controls === null ? null : controls.split(/[\s,]+/).filter((name) => name && name !== "none"),
      view: oneOf(VIEWS, element.getAttribute("view")),
      theme: oneOf(THEMES, element.getAttribute("theme")),
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

const oneOf = (values, text) => (values.includes(text) ? text : values[0]);
