// How long one answer takes: parse and report of one config, and the report alone when only a slider moved; through the
// module in Node. Prints medians; fails only where an answer takes several times what the page promises, since machines
// differ.
import { spawnSync } from "node:child_process";
import { cli, loadModule } from "../wasm/module.mjs";

const core = await loadModule();
const hardware = { gpu: "h100-sxm-80gb" };

const config = JSON.stringify({
  architectures: ["Qwen3ForCausalLM"],
  attention_bias: false,
  attention_dropout: 0.0,
  bos_token_id: 151643,
  eos_token_id: 151645,
  head_dim: 128,
  hidden_act: "silu",
  hidden_size: 4096,
  initializer_range: 0.02,
  intermediate_size: 12288,
  max_position_embeddings: 40960,
  max_window_layers: 36,
  model_type: "qwen3",
  num_attention_heads: 32,
  num_hidden_layers: 36,
  num_key_value_heads: 8,
  rms_norm_eps: 1e-6,
  rope_scaling: null,
  rope_theta: 1000000,
  sliding_window: null,
  tie_word_embeddings: false,
  torch_dtype: "bfloat16",
  transformers_version: "4.51.0",
  use_cache: true,
  use_sliding_window: false,
  vocab_size: 151936,
});

// The median over batches of the mean within a batch: the clock is too coarse for single calls.
function microseconds(run, batches = 60, size = 50) {
  for (let warm = 0; warm < 300; warm++) run(warm);
  const means = [];
  for (let batch = 0; batch < batches; batch++) {
    const start = process.hrtime.bigint();
    for (let at = 0; at < size; at++) run(batch * size + at);
    means.push(Number(process.hrtime.bigint() - start) / 1000 / size);
  }
  return means.sort((a, b) => a - b)[batches >> 1];
}

const slider = (step) => JSON.stringify({ hardware, workload: { concurrency: 1 + (step % 64), context_tokens: 4096 } });

function fresh(step) {
  const handle = core.openModel(config, "", "");
  const text = core.report(handle, slider(step));
  core.closeModel(handle);
  return text;
}

const handle = core.openModel(config, "", "");
const grid = JSON.stringify({
  hardware,
  sweep: {
    contexts: Array.from({ length: 50 }, (_, at) => 512 * (at + 1)),
    concurrencies: Array.from({ length: 40 }, (_, at) => at + 1),
  },
});

function line(name, value, goal) {
  const over = value > 3 * goal;
  console.log(`${value.toFixed(1).padStart(9)} µs  ${name} (goal ${goal} µs)${over ? ", far over" : ""}`);
}

line("parse and report of one config", microseconds(fresh), 150);
line(
  "report when only a slider moved",
  microseconds((step) => core.report(handle, slider(step))),
  30,
);

// Of a large mixture on eight GPUs: each step another length, so that its KV cache is planned anew; on the smaller GPU
// it doesn't fit, and what would fix that is tried as well.
const large = core.openModel("", "", "deepseek-ai/DeepSeek-V3.1");
const served = (gpu) => (step) =>
  core.report(
    large,
    JSON.stringify({
      hardware: { gpu, count: 8 },
      engine: { tensor_parallel_size: 8, max_model_len: 4096 + 64 * (step % 64) },
    }),
  );
line("report of DeepSeek-V3.1 on 8 GPUs, another length each time", microseconds(served("h200-sxm-141gb")), 100);
line("the same where it doesn't fit, with what would change it", microseconds(served("h100-sxm-80gb"), 30, 20), 300);
line("one cell of a sweep of 2,000", microseconds(() => core.sweep(handle, grid), 10, 2) / 2000, 10);

const lines = 5000;
const input = Array.from(
  { length: lines },
  (_, id) => `${JSON.stringify({ id, request: { config, hardware } })}\n`,
).join("");
const start = process.hrtime.bigint();
spawnSync(cli, ["--batch"], { input, maxBuffer: 1 << 30 });
line("one line of the command line's --batch", Number(process.hrtime.bigint() - start) / 1000 / lines, 150);
