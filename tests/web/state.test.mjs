import "./compression.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { FIELDS } from "../../web/fields.js";
import {
  fromFragment,
  gpuCount,
  hasDrafter,
  merge,
  tensorParallel,
  toFragment,
  toRequest,
  withModel,
} from "../../web/state.js";
import { randomState } from "./random-state.mjs";

test("paths, link keys and flags are unique", () => {
  for (const name of ["path", "key", "flag"]) {
    const all = FIELDS.map((field) => field[name]).filter(Boolean);
    assert.equal(new Set(all).size, all.length, name);
  }
});

test("values that aren't valid are left out and named, never clamped", () => {
  const dropped = [];
  const state = merge(
    {},
    { "hardware.gpus": 0, "engine.dtype": "bfloat16", "nonsense": 1, "engine.tensor_parallel_size": 2.5 },
    dropped,
  );
  assert.deepEqual(state, { "engine.dtype": "bfloat16" });
  assert.deepEqual(dropped, ["hardware.gpus", "nonsense", "engine.tensor_parallel_size"]);
});

test("naming a model forgets the one before", () => {
  const before = { "config": "{}", "hf_quant_config": "{}", "hardware.gpus": 2 };
  assert.deepEqual(withModel(before, { known_model: "a/b" }), { "known_model": "a/b", "hardware.gpus": 2 });
});

test("a model of its own drafts, unless a method or the model's name says otherwise", () => {
  const drafts = (speculation) => hasDrafter({ "engine.speculative_config": speculation });
  for (const own of [
    {},
    { method: "eagle3" },
    { model: "org/ngram-mtp-1B" },
    { method: "draft_model", model: "ngram" },
  ])
    assert.equal(drafts(own), true, JSON.stringify(own));
  for (const model of ["ngram", "[ngram]"]) assert.equal(drafts({ model }), false);
  for (const method of ["ngram", "ngram_gpu", "mtp", "deepseek_mtp", "suffix", "custom_class", "extract_hidden_states"])
    assert.equal(drafts({ method, model: "org/m" }), false, method);
  assert.equal(drafts(undefined), false);
});

test("GPUs that aren't spoken for go to tensor parallelism", () => {
  assert.equal(tensorParallel({ "hardware.gpus": 4 }), 4);
  assert.equal(tensorParallel({ "hardware.gpus": 8, "engine.pipeline_parallel_size": 2 }), 4);
  assert.equal(tensorParallel({ "hardware.gpus": 4, "engine.tensor_parallel_size": 2 }), 2);
  assert.equal(tensorParallel({ "hardware.gpus": 3, "engine.pipeline_parallel_size": 2 }), 1);
  assert.equal(gpuCount({ "engine.tensor_parallel_size": 2, "engine.data_parallel_size": 2 }), 4);
});

test("the request nests, and leaves out what lives on the page", () => {
  const state = {
    "known_model": "a/b",
    "hardware.gpu": "x",
    "hardware.gpus": 2,
    "page.name": "n",
    "engine.max_model_len": 8192,
  };
  assert.deepEqual(toRequest(state), {
    known_model: "a/b",
    hardware: { gpu: "x", gpus: 2 },
    engine: { max_model_len: 8192, tensor_parallel_size: 2 },
  });
});

test("a link for a known model with every main input is short", async () => {
  const state = {
    "known_model": "meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8",
    "vllm_version": "0.33.0",
    "hardware.gpu": "rtx-pro-6000-blackwell-server",
    "hardware.gpus": 8,
    "engine.tensor_parallel_size": 8,
    "engine.max_model_len": 131072,
    "workload.concurrency": 64,
    "engine.kv_cache_dtype": "fp8_e4m3",
    "engine.quantization": "compressed-tensors",
    "engine.dtype": "bfloat16",
    "engine.gpu_memory_utilization": 0.92,
    "method": "vllm",
  };
  const link = `https://vram-gauge.example.org/#${await toFragment(state)}`;
  assert.ok(link.length <= 400, `${link.length}: ${link}`);
});

test("link -> state -> link loses nothing, over 200 generated states", async () => {
  for (let seed = 0; seed < 200; seed++) {
    const state = randomState(seed);
    const text = await toFragment(state);
    const back = await fromFragment(text);
    assert.deepEqual(back, { state, dropped: [] }, text);
    assert.equal(await toFragment(back.state), text);
  }
});

test("a hostile link gives valid fields only", async () => {
  const { state, dropped } = await fromFragment(
    "#m=%3Cscript%3E&__proto__=1&n=1e9&tp=-1&cfg=notpacked!&ctx=8192&v=%00&xa=%7B&q=%E0%A4%A",
  );
  assert.deepEqual(state, { "known_model": "<script>", "engine.max_model_len": 8192 });
  for (const key of ["__proto__", "cfg", "xa", "q"]) assert.ok(dropped.includes(key), key);
  assert.equal({}.polluted, undefined);
});

test("a text travels in a link as long as the core reads it; one that unpacks to more is refused", async () => {
  const long = { config: "ab ".repeat(1 << 20) };
  assert.deepEqual(await fromFragment(await toFragment(long)), { state: long, dropped: [] });
  const bomb = await toFragment({ config: " ".repeat((4 << 20) + 1) });
  assert.deepEqual(await fromFragment(bomb), { state: {}, dropped: ["cfg"] });
});
