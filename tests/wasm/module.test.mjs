// What the module promises beyond the reports' text: handles, sweeps, hostile input, no growth.
import assert from "node:assert/strict";
import { test } from "node:test";
import { vectorFiles } from "../vectors/read.mjs";
import { loadModule } from "./module.mjs";

const core = await loadModule();
const catalog = JSON.parse(core.catalog());
const known = catalog.models[0].id;
const hardware = { gpu: "h100-sxm-80gb" };
const ask = (handle, request) => JSON.parse(core.report(handle, JSON.stringify(request)));

const config = JSON.stringify({
  architectures: ["LlamaForCausalLM"],
  model_type: "llama",
  hidden_size: 4096,
  intermediate_size: 11008,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 32,
  vocab_size: 32000,
  max_position_embeddings: 4096,
  torch_dtype: "float16",
});

test("a handle answers like the request that carries its config", () => {
  const handle = core.openModel(config, "", "");
  assert.ok(handle > 0);
  assert.equal(core.report(handle, JSON.stringify({ hardware })), core.report(0, JSON.stringify({ config, hardware })));
  core.closeModel(handle);
});

// What a handle keeps of an answer may serve the next one only where no setting changes it.
test("a handle answers each setting like the request that carries its config", () => {
  const settings = {
    enforce_eager: true,
    language_model_only: true,
    disable_sliding_window: true,
    limit_mm_per_prompt: { image: 0, video: 0, audio: 0 },
    runner: "pooling",
    dtype: "float16",
    quantization: "fp8",
    kv_cache_dtype: "fp8",
    max_model_len: 512,
  };
  const { cases } = vectorFiles().find(({ name }) => name === "families.json");
  for (const { request } of cases.filter((vector) => vector.request.config)) {
    const handle = core.openModel(request.config, "", "");
    for (const [name, value] of [["tensor_parallel_size", 1], ...Object.entries(settings)]) {
      const asked = { hardware, engine: { [name]: value } };
      const fresh = core.report(0, JSON.stringify({ ...asked, config: request.config }));
      assert.equal(core.report(handle, JSON.stringify(asked)), fresh, name);
    }
    core.closeModel(handle);
  }
});

test("without a GPU either method answers what doesn't depend on one", () => {
  for (const method of ["vllm", "rule-of-thumb"]) {
    const { error, verdict, budget, rule_of_thumb, ranks, notes, warnings } = ask(0, { config, method });
    assert.deepEqual(
      [error, verdict, budget, rule_of_thumb, warnings],
      [undefined, undefined, undefined, undefined, []],
    );
    assert.ok(ranks[0].weights_bytes > 13e9);
    assert.deepEqual(
      notes.filter(({ key }) => key?.startsWith("hardware")).map(({ code, key }) => [code, key]),
      [["missing-hardware", "hardware.gpu"]],
    );
    const placed = ask(0, { config, method, hardware });
    assert.equal(placed.ranks[0].weights_bytes, ranks[0].weights_bytes);
    assert.ok(placed.verdict && !placed.notes.some(({ code }) => code === "missing-hardware"));
  }
});

test("a closed handle is used again, and an unknown one is no model", () => {
  const first = core.openModel(config, "", "");
  const second = core.openModel("", "", known);
  core.closeModel(first);
  assert.equal(core.openModel(config, "", ""), first);
  core.closeModel(first);
  core.closeModel(second);
  core.closeModel(second);
  core.closeModel(-5);
  assert.equal(core.report(12345, "{}"), core.report(0, "{}"));
});

for (const method of ["vllm", "rule-of-thumb"])
  test(`a sweep has the reports' numbers, cell by cell: ${method}`, () => sweepsLikeReports(method));

function sweepsLikeReports(method) {
  const handle = core.openModel(config, "", "");
  const contexts = [512, 1024, 4096];
  const concurrencies = [1, 7, 64];
  const machines = [
    { gpu: "h100-sxm-80gb", gpus: 1, tensor_parallel_size: 1 },
    { gpu: "l4-24gb", gpus: 2, tensor_parallel_size: 2 },
  ];
  const axes = { hardware: machines, contexts, concurrencies };
  const request = { method, engine: { max_model_len: 4096 }, hardware, sweep: axes };
  const cells = core.sweep(handle, JSON.stringify(request));
  assert.ok(cells instanceof Float64Array);
  const fields = cells.length / (machines.length * contexts.length * concurrencies.length);
  assert.equal(fields, 7);
  let at = 0;
  for (const { gpu, gpus, tensor_parallel_size } of machines)
    for (const context_tokens of contexts)
      for (const concurrency of concurrencies) {
        const { verdict } = ask(handle, {
          method,
          engine: { max_model_len: 4096, tensor_parallel_size },
          hardware: { gpu, gpus },
          workload: { context_tokens, concurrency },
        });
        const where = `${gpu} ${context_tokens} ${concurrency}`;
        assert.equal(cells[at], verdict.headroom_bytes, `headroom: ${where}`);
        assert.equal(cells[at + 1], verdict.max_concurrency_at_context, `concurrency: ${where}`);
        assert.equal(cells[at + 2], verdict.max_context_at_concurrency, `context: ${where}`);
        assert.equal(cells[at + 3], verdict.kv_used_bytes, `KV used: ${where}`);
        assert.equal(cells[at + 5], Number(verdict.fits), `fits: ${where}`);
        assert.equal(cells[at + 6], 0, `refused: ${where}`);
        at += fields;
      }
  core.closeModel(handle);
}

test("a sweep of a wrong request is empty", () => {
  assert.equal(core.sweep(0, "{").length, 0);
  assert.equal(core.sweep(0, "[]").length, 0);
});

const hostile = {
  "deep arrays": "[".repeat(200_000),
  "deep objects": '{"a":'.repeat(200_000),
  "five megabytes": `{"a":"${"x".repeat(5 << 20)}"}`,
  "many values": `[${"0,".repeat(400_000)}0]`,
  "an empty text": "",
  "a byte order mark alone": "\ufeff",
  "a NUL": "{\u0000}",
  "a lone surrogate": '{"model_type":"\\ud800"}',
  "a long number": `{"hidden_size":${"9".repeat(4000)}}`,
  "a huge exponent": '{"hidden_size":1e99999999}',
  "an array": "[1]",
  "negative sizes": '{"architectures":["LlamaForCausalLM"],"hidden_size":-4096}',
};

for (const [name, text] of Object.entries(hostile))
  test(`hostile config: ${name}`, () => {
    const handle = core.openModel(text, "", "");
    const { error } = ask(handle, { method: "vllm", hardware });
    assert.ok(error?.message.length > 10, JSON.stringify(error));
    core.closeModel(handle);
    assert.ok(JSON.parse(core.report(0, text)).error, "as a request");
    assert.ok(core.sweep(0, text).length <= 7);
    assert.ok(!ask(0, { known_model: known, hardware }).error, "the module lives on");
  });

test("a thousand models come and go", () => {
  for (let round = 0; round < 1000; round++) {
    const handle = core.openModel(config, "", "");
    core.report(handle, JSON.stringify({ hardware, workload: { concurrency: round + 1 } }));
    core.closeModel(handle);
    assert.equal(handle, 1);
  }
});
