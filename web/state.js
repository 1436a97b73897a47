// The state of the page: a plain object { field path: value } that holds only what somebody set. It becomes the
// core's request, and the text of a link. DOM-free. Values are checked here once; nothing is clamped.

import { BY_KEY, BY_PATH, FIELDS } from "./fields.js";

const MAX_TEXT = 200;

// The value as this field holds it, or undefined if it isn't one.
export function check(field, value) {
  if (value === null || value === undefined || value === "") return undefined;
  switch (field.kind) {
    case "int":
    case "tokens":
    case "bytes":
      return Number.isSafeInteger(value) && within(field, value) ? value : undefined;
    case "number":
      return typeof value === "number" && Number.isFinite(value) && within(field, value) ? value : undefined;
    case "bool":
      return typeof value === "boolean" ? value : undefined;
    case "enum":
      return field.values.includes(value) ? value : undefined;
    case "json":
      return typeof value === "object" ? value : undefined;
    case "blob":
      return typeof value === "string" ? value : undefined;
    default:
      return typeof value === "string" && value.length <= MAX_TEXT && !hasControl(value) ? value : undefined;
  }
}

const within = (field, value) => value >= (field.min ?? -Infinity) && value <= (field.max ?? Infinity);
const hasControl = (text) => [...text].some((c) => c < " " || c === "\u007f");

// `state` with `patch` applied; undefined or null in the patch removes a field, unknown paths and bad values are
// left out and named in `dropped` if it is given.
export function merge(state, patch, dropped = []) {
  const next = { ...state };
  for (const [path, value] of Object.entries(patch)) {
    const field = BY_PATH.get(path);
    const checked = field && check(field, value);
    if (checked !== undefined) next[path] = checked;
    else {
      if (value !== null && value !== undefined && value !== "") dropped.push(path);
      if (field) delete next[path];
    }
  }
  return next;
}

// A model is named in one way at a time.
export function withModel(state, patch) {
  const none = { known_model: null, config: null, hf_quant_config: null, "page.name": null };
  return merge(state, { ...none, ...patch });
}

// Whose config.json is still to come: a command line or a log named it.
export const awaited = (state) => (state.config === undefined ? state["page.name"] : undefined);

// Whether a model of its own drafts: not the model's own layers, its text, or somebody's code.
export function hasDrafter({ "engine.speculative_config": speculation }) {
  if (!speculation) return false;
  const { method, model } = speculation;
  const named = method ?? (/^\[?ngram\]?$/.test(model) ? "ngram" : "");
  return !/ngram|suffix|mtp|custom_class|extract_hidden_states/.test(named);
}

// GPUs that aren't spoken for go to tensor parallelism: "4 GPUs" alone means --tensor-parallel-size 4.
export function tensorParallel(state) {
  const others = (state["engine.pipeline_parallel_size"] ?? 1) * (state["engine.data_parallel_size"] ?? 1);
  const share = (state["hardware.gpus"] ?? others) / others;
  return state["engine.tensor_parallel_size"] ?? (Number.isInteger(share) && share > 0 ? share : 1);
}

export function gpuCount(state) {
  const product = tensorParallel(state) * (state["engine.pipeline_parallel_size"] ?? 1);
  return state["hardware.gpus"] ?? product * (state["engine.data_parallel_size"] ?? 1);
}

// The request of interface.md, nested, without the fields that live on the page.
export function toRequest(state) {
  const request = {};
  for (const { path } of FIELDS) {
    if (!(path in state) || path.startsWith("page.")) continue;
    const [group, name] = path.split(".");
    if (name) (request[group] ??= {})[name] = state[path];
    else request[group] = state[path];
  }
  if (Array.isArray(state["page.args"])) request.unread_args = state["page.args"].map(String);
  if (tensorParallel(state) > 1) (request.engine ??= {}).tensor_parallel_size = tensorParallel(state);
  return request;
}

// Text of a link's fragment, without "#". Texts (a pasted config) travel compressed.
export async function toFragment(state) {
  const parts = [];
  for (const { path, key, kind } of FIELDS) {
    if (!(path in state)) continue;
    const value = state[path];
    const text =
      kind === "blob"
        ? await (await import("./pack.js")).pack(value)
        : kind === "json"
          ? JSON.stringify(value)
          : String(value);
    parts.push(`${key}=${escapeText(text)}`);
  }
  return parts.join("&");
}

const escapeText = (text) =>
  encodeURIComponent(text).replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%2C", ",");

// A link is somebody else's text: whatever in it isn't a valid field is named in `dropped`.
export async function fromFragment(fragment) {
  const dropped = [];
  const patch = {};
  for (const part of fragment.replace(/^#/, "").split("&")) {
    const [key, ...rest] = part.split("=");
    const field = BY_KEY.get(key);
    if (!field || !rest.length) {
      if (part && part !== "embed") dropped.push(key.slice(0, 40));
      continue;
    }
    try {
      patch[field.path] = await fromText(field, decodeURIComponent(rest.join("=")));
    } catch {
      dropped.push(key);
    }
  }
  return { state: merge({}, patch, dropped), dropped };
}

async function fromText(field, text) {
  if (field.kind === "blob") return (await import("./pack.js")).unpack(text);
  if (field.kind === "json") return JSON.parse(text);
  if (field.kind === "bool") return text === "true" ? true : text === "false" ? false : undefined;
  if (["int", "tokens", "bytes", "number"].includes(field.kind)) return text.trim() ? Number(text) : undefined;
  return text;
}
