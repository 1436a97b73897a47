// Whatever real reports say has its German, as the sentences are put together in them. That the table has every piece
// of the core's sources is tests/web/german.test.mjs's business.
import assert from "node:assert/strict";
import { test } from "node:test";
import german from "../../web/messages/de-core.js";
import { makeSayer } from "../../web/messages/said.js";
import { vectorRequests } from "../vectors/read.mjs";
import { isProse } from "../web/core-sentences.mjs";
import { loadModule } from "./module.mjs";

const core = await loadModule();
const say = makeSayer("de", german);
const catalog = JSON.parse(core.catalog());

// What a page shows of a report's texts; names and formulas of names are nobody's language.
function* sentencesOf({ error, model, kv, budget, fixes = [], notes = [], warnings = [] }) {
  if (error) yield error.message;
  for (const { message } of [...fixes, ...notes, ...warnings]) yield message;
  yield* model?.estimate_reasons ?? [];
  yield* kv?.changes?.lines ?? [];
  for (const { formula, source } of budget?.terms ?? []) yield* [formula, source].filter(isProse);
}

// Fails on what has no German; returns how many different sentences there were.
function check(requests) {
  const seen = new Set();
  for (const request of requests)
    for (const text of sentencesOf(JSON.parse(core.report(0, JSON.stringify(request))))) seen.add(text);
  assert.deepEqual(
    [...seen].filter((text) => say(text) === undefined),
    [],
  );
  return seen.size;
}

test("every vector, as asked and with little memory", () => {
  const requests = vectorRequests();
  const small = { hardware: { gpu: "l4-24gb", gpus: 4 }, workload: { concurrency: 300 } };
  assert.ok(check([...requests, ...requests.map((request) => ({ ...request, ...small }))]) > 100);
});

test("why releases differ, for every known model and release", () => {
  const requests = catalog.models.flatMap(({ id }) =>
    catalog.vllm_versions.map((vllm_version) => ({
      known_model: id,
      vllm_version,
      hardware: { gpu: "h200-sxm-141gb", gpus: 8 },
      engine: { tensor_parallel_size: 8 },
    })),
  );
  assert.ok(check(requests) > 100);
});

test("what engine settings bring", () => {
  const engines = [
    { kv_cache_dtype: "nvfp4" },
    { kv_cache_dtype: "octave" },
    { quantization: "fp8" },
    { quantization: "gptq" },
    { dtype: "float16", max_model_len: 10_000_000 },
    { max_model_len: -1, max_num_seqs: 4 },
    { kv_cache_memory_bytes: 2 ** 31, cpu_offload_gb: 4 },
    { enable_lora: true, speculative_config: { method: "eagle", num_speculative_tokens: 3 } },
    { speculative_config: { method: "mtp", num_speculative_tokens: 1 } },
    { tensor_parallel_size: 2, decode_context_parallel_size: 3 },
    { pipeline_parallel_size: 2, enable_expert_parallel: true },
    { gpu_memory_utilization: 7 },
    { gpu_memory_utilization: 1 },
    { max_model_len: 0 },
    { tensor_parallel_size: 1.5 },
    { dtype: "int3", no_such: 1 },
  ];
  const gpus = ["l4-24gb", "v100-sxm2-32gb", "b200-180gb", "mi300x-192gb", "gb10-dgx-spark-128gb"];
  const requests = catalog.models.flatMap(({ id }) =>
    engines.map((engine, i) => ({ known_model: id, engine, hardware: { gpu: gpus[i % gpus.length], gpus: 2 } })),
  );
  assert.ok(check(requests) > 100);
});

test("what isn't a request or a config", () => {
  const hardware = { gpu: "l4-24gb" };
  const configs = [
    "",
    "{",
    "[1",
    "{'a': 1}",
    '{"a": True}',
    '{"a": 1,}',
    '{"a" 1}',
    '{"a": 1 "b": 2}',
    '{"a":}',
    "# x",
    "5",
  ];
  const others = [{ weight_map: {} }, { peft_type: "LORA" }, { tokenizer_class: "x" }, { producer: {} }, { x: 1 }];
  const broken = [
    { hidden_size: "x" },
    { hidden_size: -3 },
    { architectures: 7 },
    { architectures: ["X"] },
    { model_type: "llama" },
  ];
  const requests = [...configs, ...[...others, ...broken].map((config) => JSON.stringify(config))].map((config) => ({
    config,
    hardware,
  }));
  const wrong = [
    { hardware: { gpu: "no-such" } },
    { hardware: { gpu: "l4-24gb", gpus: 1 }, engine: { tensor_parallel_size: 2 } },
    { hardware: { memory_bytes: 1e10, compute_capability: "nine" } },
    { vllm_version: "0.1.0" },
    { vllm_version: "new" },
    { vllm_version: "0.99.0" },
    { method: "guess" },
    { method: "rule-of-thumb" },
    { known_model: "no/such" },
    { policy: { params_b: 0 } },
    { colour: "red" },
  ].map((more) => ({ known_model: catalog.models[0].id, ...more }));
  assert.ok(check([...requests, ...wrong, {}, { method: "vllm" }]) > 25);
});

test("what a log says", () => {
  const oom =
    `CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 23.52 GiB of which 0.50 GiB is
 free. Including non-PyTorch memory, this process has 18.00 GiB memory in use. Of the allocated memory 15.00 GiB is
 allocated by PyTorch, and 2.50 GiB is reserved by PyTorch but unallocated.`.replaceAll("\n", "");
  const loaded = "INFO [gpu_model_runner.py:4820] Model loading took 14.99 GiB memory and 54.2 seconds";
  const profiled = `${loaded}
DEBUG [gpu_worker.py:425] Initial free memory: 78.66 GiB; Requested memory: 0.950000 (util), 75.23 GiB
DEBUG [gpu_worker.py:435] torch peak memory increase: 1.96GiB; non-torch forward increase memory: 2.1GiB;`;
  const needed = "5.62 GiB KV cache is needed, which is larger than the available KV cache memory (3.10 GiB)";
  const logs = [
    `${loaded}\nINFO [gpu_worker.py:436] Available KV cache memory: 37.28 GiB\nApplication startup complete.`,
    "Application startup complete.",
    `${profiled}\nValueError: To serve at least one request with the models's max seq len (40960), (${needed})`,
    `${profiled}\nValueError: No available memory for the cache blocks.`,
    "Free memory on device (10.00/23.00 GiB) on startup is less than desired GPU memory utilization (0.9, 20.70 GiB).",
    "the free memory is less than desired GPU memory utilization",
    `torch.OutOfMemoryError: ${oom}`,
    `INFO Starting to load model x...\ntorch.OutOfMemoryError: ${oom}`,
    `${loaded}\ntorch.OutOfMemoryError: ${oom}`,
    "RuntimeError: HIP out of memory",
    `Application startup complete.\n${oom}`,
    loaded,
  ];
  const sentences = new Set(logs.flatMap((text) => JSON.parse(core.readLog(text)).summary));
  assert.ok(sentences.size > 10, [...sentences].join("\n"));
  assert.deepEqual(
    [...sentences].filter((sentence) => say(sentence) === undefined),
    [],
  );
});
