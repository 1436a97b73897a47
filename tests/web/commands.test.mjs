// What starts vLLM, wherever it stands: abbreviated options, calls in Python, a chart's values.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fromServeLine } from "../../web/serve-line.js";
import { toRequest } from "../../web/state.js";

const models = [{ id: "Qwen/Qwen3-8B" }];

test("a beginning stands for an option where no other of vLLM's begins so, as argparse reads it", () => {
  const { state, rest } = fromServeLine(
    `vllm serve m --gpu-mem 0.8 --max_model=4k --tensor-parallel 2 -ep --enforce --spec-tok 3 --compilation.mode 3 \\
      --max-num 8 --max-num-seq 9 --enable-l --kv-cache-dtype-skip 1`,
  );
  assert.deepEqual(state, {
    "page.name": "m",
    "engine.gpu_memory_utilization": 0.8,
    "engine.max_model_len": 4000,
    "engine.tensor_parallel_size": 2,
    "engine.enable_expert_parallel": true,
    "engine.enforce_eager": true,
    "engine.max_num_seqs": 9,
    "engine.compilation_config": { mode: 3 },
    "engine.speculative_config": { num_speculative_tokens: 3 },
    "page.args": rest,
  });
  assert.deepEqual(rest, ["--max-num", "8", "--enable-l", "--kv-cache-dtype-skip", "1"]);
  const also = fromServeLine("vllm serve m --device-memory-utilization 0.5");
  assert.equal(also.state["engine.gpu_memory_utilization"], 0.5);
});

test("a GGUF file has its own quantization, as vLLM sees it", () => {
  for (const [name, quantization] of [
    ["./Qwen3-8B-Q4_K_M.gguf", "gguf"],
    ["unsloth/Qwen3-8B-GGUF:Q4_K_M", "gguf"],
    ["unsloth/Qwen3-8B-GGUF:IQ1_S", "gguf"],
    ["unsloth/Qwen3-8B-GGUF", undefined],
    ["a/b", undefined],
  ])
    assert.equal(fromServeLine(`vllm serve ${name}`).state["engine.quantization"], quantization, name);
});

test("what may change the answer and has no field is told to the core", () => {
  const { state } = fromServeLine("vllm serve m --moe-backend triton --port 80");
  assert.deepEqual(toRequest(state).unread_args, ["--moe-backend", "triton", "--port", "80"]);
});

test("a call in Python is read: literals, sums, names the text gives a value", () => {
  const { state, rest } = fromServeLine(
    `from vllm import LLM
model = "Qwen/Qwen3-8B"  # a comment
kwargs = {"max_num_seqs": 8}
llm = LLM(
    model=model,
    tensor_parallel_size=torch.cuda.device_count(),
    max_model_len=32 * 1024,  # (long)
    gpu_memory_utilization=.9, dtype=torch.bfloat16, quantization=None, enforce_eager=args.eager,
    limit_mm_per_prompt=dict(image=0),
    compilation_config=CompilationConfig(cudagraph_capture_sizes=[1, 2], cudagraph_mode=CUDAGraphMode.FULL),
    enable_prefix_caching=False,
    hf_overrides=lambda config: f(config, {1: ")"}),
    **kwargs,
)`,
    models,
  );
  assert.deepEqual(state, {
    "known_model": "Qwen/Qwen3-8B",
    "engine.usage_context": "LLM_CLASS",
    "engine.max_model_len": 32768,
    "engine.gpu_memory_utilization": 0.9,
    "engine.dtype": "bfloat16",
    "engine.limit_mm_per_prompt": { image: 0 },
    "engine.compilation_config": { cudagraph_capture_sizes: [1, 2], cudagraph_mode: "FULL" },
    "engine.enable_prefix_caching": false,
    "engine.max_num_seqs": 8,
    "page.args": rest,
  });
  assert.deepEqual(rest, [
    "--tensor-parallel-size=torch.cuda.device_count()",
    "--enforce-eager=args.eager",
    '--hf-overrides=lambda config: f(config, {1: ")"})',
  ]);
});

test("an engine's arguments in Python, whoever starts it; a text that breaks off says what it can", () => {
  const context = "engine.usage_context";
  const cases = [
    [`engine = AsyncLLM.from_engine_args(AsyncEngineArgs("org/" 'm', max_model_len=1 << 12))`, "ENGINE_CONTEXT"],
    ["args = vllm.EngineArgs(model='org/m', max_model_len=4096", "ENGINE_CONTEXT"],
    [
      "EngineArgs(\n # c\n model=r'org/m', max_model_len=(4_096))\nf(usage_context=UsageContext.LLM_CLASS)",
      "LLM_CLASS",
    ],
  ];
  for (const [text, by] of cases)
    assert.deepEqual(fromServeLine(text).state, {
      "page.name": "org/m",
      [context]: by,
      "engine.max_model_len": 4096,
    });
  for (const hostile of [
    'LLM(model="a',
    "LLM(model=[[[",
    `LLM(a="${"\\\\".repeat(1e4)}`,
    "x = x\nLLM(model=x, **y)",
    "LLM(a={1, 2",
  ])
    assert.equal(fromServeLine(hostile).state.known_model, undefined);
});

test("values of the production stack's chart are read as its templates write them", () => {
  const chart = `servingEngineSpec:
  modelSpec:
  - name: "qwen"
    repository: "vllm/vllm-openai"
    tag: "v0.25.1"
    modelURL: "Qwen/Qwen3-8B"
    requestGPU: 2
    initContainer:
      image: "busybox:latest"
      command: ["sh"]
    startupProbe:
      failureThreshold:
        60
        # a comment
      path: /health
    vllmConfig:
      enableChunkedPrefill: false
      maxModelLen: 8192
      tensorParallelSize: 2
      gpuMemoryUtilization: 0.85
      v1: 1
      runner: generate
      extraArgs: ["--kv-cache-dtype", "fp8"]
`;
  const { state, rest } = fromServeLine(chart, models);
  assert.deepEqual(state, {
    "vllm_version": "0.25.1",
    "known_model": "Qwen/Qwen3-8B",
    "engine.enable_chunked_prefill": false,
    "engine.enable_prefix_caching": false, // the chart's own
    "engine.max_model_len": 8192,
    "engine.tensor_parallel_size": 2,
    "engine.gpu_memory_utilization": 0.85,
    "engine.kv_cache_dtype": "fp8",
    "engine.runner": "generate",
  });
  assert.deepEqual(rest, []);
});
