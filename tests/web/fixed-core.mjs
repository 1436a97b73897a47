// Answers that never change, for what is compared with an approved picture: the core's own may move with its estimates.

import { SWEEP_FIELDS } from "../../web/core.js";

const GiB = 2 ** 30;
const term = (id, size, more = {}) => ({
  id,
  bytes: size * GiB,
  low_bytes: size * 0.9 * GiB,
  high_bytes: size * 1.2 * GiB,
  formula: "a × b",
  inputs: { a: 2, b: 3 },
  source: "vllm/v1/worker/gpu_worker.py:load_model",
  ...more,
});

export function report(used) {
  const pool = 72.8 - 32.9 - 2 - 0.4 - 0.9;
  return {
    method: "vllm",
    vllm_version: "0.33.0",
    model: { confidence: "exact", max_model_len: 131072, params_total: 70553706496 },
    resolved: { max_model_len: 131072, context_tokens: 131072, concurrency: 8 },
    ranks: [{ pp: 0, tp: 0, tp_last: 3, weights_bytes: 32.9 * GiB, loaded_bytes: 32.9 * GiB }],
    kv: { available_bytes: pool * GiB, tokens: 480000, bytes_per_token: 81920 },
    budget: {
      total_bytes: 79.2 * GiB,
      requested_bytes: 72.8 * GiB,
      available_kv_bytes: pool * GiB,
      available_kv_low_bytes: (pool - 0.6) * GiB,
      available_kv_high_bytes: (pool + 0.4) * GiB,
      terms: [
        term("weights", 32.9),
        term("activation", 2),
        term("cuda_graph", 0.9),
        term("non_torch", 0.4),
        term("cuda_context", 0.5, { in_budget: false }),
      ],
    },
    verdict: {
      starts: "yes",
      fits: used <= pool,
      headroom_bytes: (pool - used) * GiB,
      kv_used_bytes: used * GiB,
      max_concurrency_at_context: 3,
      max_context_at_concurrency: 60000,
    },
  };
}

export const GPUS = [
  { id: "l4-24gb", name: "NVIDIA L4", vendor: "NVIDIA", memory_bytes: 22 * GiB },
  { id: "h100-sxm-80gb", name: "NVIDIA H100 80GB HBM3", vendor: "NVIDIA", memory_bytes: 79.2 * GiB },
  { id: "mi300x-192gb", name: "AMD MI300X", vendor: "AMD", memory_bytes: 192 * GiB },
];

// Answers a sweep by memory alone, the way the core's numbers are laid out.
export function sweep({ hardware = {}, workload = {}, engine = {}, sweep: axes }) {
  const cells = [];
  for (const hw of axes.hardware ?? [hardware]) {
    for (const n of axes.concurrencies ?? [workload.concurrency ?? 1]) {
      const memory = GPUS.find(({ id }) => id === hw.gpu).memory_bytes * (hw.gpus ?? 1);
      const each = (engine.max_model_len ?? 131072) * 327680;
      const spare = memory * 0.9 - 141 * GiB - each * n;
      const runs = Math.max(0, Math.floor((spare + each * n) / each));
      const cell = {
        headroom_bytes: spare,
        max_concurrency_at_context: runs,
        max_context_at_concurrency: 0,
        kv_used_bytes: each * n,
        starts: runs > 0 ? 3 : 0,
        fits: Number(spare >= 0),
        refused: 0,
      };
      cells.push(...SWEEP_FIELDS.map((name) => cell[name]));
    }
  }
  return Float64Array.from(cells);
}
