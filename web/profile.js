// State <-> the profile file (YAML, profile_version 1). In that format "_gb" means GiB. DOM-free. Keys and values without
// a field on the page are kept and written back; what no profile key holds stands under "vram_gauge".

import { BY_PATH, check, FIELDS, merge } from "./kit.js";
import { fromYaml, toYaml } from "./yaml.js";

const GiB = 2 ** 30;
const DTYPES = { fp16: "float16", bf16: "bfloat16", fp32: "float32" };
const KV_DTYPES = { ...DTYPES, fp8_e4m3fn: "fp8_e4m3" };

const same = { read: (value) => value, write: (value) => value };
const words = (table) => ({
  read: (value) => table[value] ?? value,
  write: (value) => Object.keys(table).find((word) => table[word] === value) ?? value,
});
const gib = { read: (value) => Math.round(value * GiB), write: (value) => value / GiB };

// [profile key, field of the state, how the value is written]
const KEYS = [
  ["model.dtype", "engine.dtype", words(DTYPES)],
  ["model.quantization", "engine.quantization", same],
  ["model.kv_cache_dtype", "engine.kv_cache_dtype", words(KV_DTYPES)],
  ["model.max_model_len", "engine.max_model_len", same],
  ["model.params_b", "policy.params_b", same],
  ["hardware.gpu_name", "hardware.gpu", same],
  ["hardware.gpus", "hardware.gpus", same],
  ["hardware.vram_gb", "hardware.memory_bytes", gib],
  ["hardware.tp_size", "engine.tensor_parallel_size", same],
  ["workload.prompt_tokens", "workload.prompt_tokens", same],
  ["workload.gen_tokens", "workload.gen_tokens", same],
  ["workload.concurrency", "workload.concurrency", same],
  ["policy.gpu_memory_utilization", "engine.gpu_memory_utilization", same],
  ["policy.overhead_gb", "policy.overhead_gb", same],
  ["policy.fragmentation_factor", "policy.fragmentation_factor", same],
  ["policy.headroom_gb", "policy.headroom_gb", same],
];
// In a profile these say nothing; chosen on the page, they are kept apart.
const DEFAULTS = ["auto", "none"];
const HERE = new Set(KEYS.map(([, path]) => path).concat("known_model", "page.name", "page.profile"));
const SILENT =
  /^(profile_version|vram_gauge|model\.revision|hardware\.interconnect|workload\.(streaming|mode)|outputs)/;

// { state, rest }: `rest` names the keys that have no field. Throws what fromYaml throws.
export function fromProfile(text, { gpus = [], models = [] } = {}) {
  const tree = fromYaml(text);
  const state = {};
  const left = Object.create(null);
  for (const [key, value] of leaves(tree)) {
    const written = key === "profile_version" && value === 1;
    if (!written && !takeKey(key, value, state, gpus, models)) put(left, key, value);
  }
  if (Object.keys(left).length) state["page.profile"] = left;
  const rest = leaves(left)
    .map(([key]) => key)
    .filter((key) => !SILENT.test(key));
  return { state: merge({}, state), rest };
}

function takeKey(key, value, state, gpus, models) {
  if (key === "model.id" && typeof value === "string") {
    const known = models.find(({ id }) => id.toLowerCase() === value.toLowerCase());
    state[known ? "known_model" : "page.name"] = known?.id ?? value;
    return check(BY_PATH.get("page.name"), value) !== undefined;
  }
  const own = /^vram_gauge\.(.+)$/.exec(key);
  if (own) return keep(state, own[1], value);
  const [, path, how] = KEYS.find(([name]) => name === key) ?? [];
  if (!path || value === null || DEFAULTS.includes(value)) return false;
  if (path === "hardware.gpu") {
    const gpu = gpus.find(({ id, name }) =>
      [id, name].some((word) => word.toLowerCase() === String(value).toLowerCase()),
    );
    return gpu ? keep(state, path, gpu.id) && gpu.id === value : false;
  }
  return keep(state, path, how.read(value));
}

function keep(state, path, value) {
  const field = BY_PATH.get(path);
  const checked = field && check(field, value);
  if (checked === undefined) return false;
  state[path] = checked;
  return true;
}

export function toProfile(state) {
  const tree = { profile_version: 1 };
  const model = state.known_model ?? state["page.name"];
  if (model) put(tree, "model.id", model);
  for (const [key, value] of leaves(state["page.profile"] ?? {})) put(tree, key, value);
  const elsewhere = new Set();
  for (const [key, path, how] of KEYS) {
    if (DEFAULTS.includes(state[path])) elsewhere.add(path);
    else if (path in state) put(tree, key, how.write(state[path]));
  }
  for (const { path } of FIELDS) {
    if (path in state && (!HERE.has(path) || elsewhere.has(path))) put(tree, `vram_gauge.${path}`, state[path]);
  }
  return toYaml(tree);
}

// [["a.b", value], …] two levels down, as the format nests; lists and deeper trees are values.
function leaves(tree) {
  return Object.entries(tree).flatMap(([key, value]) =>
    value !== null && typeof value === "object" && !Array.isArray(value) && Object.keys(value).length
      ? Object.entries(value).map(([name, inner]) => [`${key}.${name}`, inner])
      : [[key, value]],
  );
}

function put(tree, key, value) {
  const dot = key.indexOf(".");
  if (dot < 0) tree[key] = value;
  else {
    const group = key.slice(0, dot);
    if (tree[group] === null || typeof tree[group] !== "object") tree[group] = {};
    tree[group][key.slice(dot + 1)] = value;
  }
}
