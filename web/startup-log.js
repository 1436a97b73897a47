// What the core reads in a log of vLLM -> a set-up. DOM-free.

import { merge } from "./kit.js";

// The state that the log's own settings say, on the GPU it names if the catalogue has it.
export function stateOfLog(log, { gpus = [], models = [] }) {
  const state = {};
  const { vllm_version: version, engine = {}, hardware = {} } = log.request ?? {};
  if (version) state.vllm_version = version;
  for (const [name, value] of Object.entries(engine)) state[`engine.${name}`] = value;
  if (log.model) {
    const known = models.find(({ id }) => last(id) === last(log.model));
    state[known ? "known_model" : "page.name"] = known?.id ?? log.model;
  }
  const gpu = gpus.find(({ name }) => name === log.gpu) ?? closest(gpus, hardware.memory_bytes);
  if (gpu) state["hardware.gpu"] = gpu.id;
  else if (hardware.memory_bytes) state["hardware.memory_bytes"] = hardware.memory_bytes;
  return merge({}, state);
}

const last = (id) => id.toLowerCase().split("/").pop();

// Logs print memory to two decimals of a GiB; several cards of one size are told apart by their name only.
function closest(gpus, bytes) {
  const near = bytes ? gpus.filter(({ memory_bytes: memory }) => Math.abs(memory - bytes) < 0.006 * 2 ** 30) : [];
  return near.length === 1 ? near[0] : undefined;
}
