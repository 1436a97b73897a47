import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { unfenced } from "../../web/commands.js";
import { detect, hubId } from "../../web/intake.js";
import { toCompose, toDocker, toKubernetes } from "../../web/manifests.js";
import { fromProfile, toProfile } from "../../web/profile.js";
import { fromServeLine, toServeLine } from "../../web/serve-line.js";
import { commands, quote } from "../../web/shell.js";
import { toRequest } from "../../web/state.js";
import { fromYaml, toYaml } from "../../web/yaml.js";
import { randomState } from "./random-state.mjs";

const models = [{ id: "Qwen/Qwen3-8B" }];
const gpus = [{ id: "h100-sxm-80gb", name: "NVIDIA H100 80GB HBM3" }];

test("a serve line is read as vLLM reads it", () => {
  const line = `CUDA_VISIBLE_DEVICES=0,1 vllm serve Qwen/qwen3-8b -tp 2 --max-model-len=32k --gpu_memory_utilization 0.95 \\
    --kv-cache-dtype fp8 --no-enable-prefix-caching --enforce-eager --enable-auto-tool-choice --tool-call-parser hermes \\
    --limit-mm-per-prompt '{"image": 0}'  # a comment
    ls`;
  const { state, rest } = fromServeLine(line, models);
  assert.deepEqual(state, {
    "known_model": "Qwen/Qwen3-8B",
    "engine.tensor_parallel_size": 2,
    "engine.max_model_len": 32000,
    "engine.gpu_memory_utilization": 0.95,
    "engine.kv_cache_dtype": "fp8",
    "engine.enable_prefix_caching": false,
    "engine.enforce_eager": true,
    "engine.limit_mm_per_prompt": { image: 0 },
    "page.args": ["--enable-auto-tool-choice", "--tool-call-parser", "hermes"],
  });
  assert.equal(rest.length, 3);
});

test("docker and the old entry point are serve lines too", () => {
  const docker = "docker run --gpus all -p 8000:8000 vllm/vllm-openai:v0.19.1 --model org/m --max-model-len 8K";
  assert.deepEqual(fromServeLine(docker).state, {
    "vllm_version": "0.19.1",
    "page.name": "org/m",
    "engine.max_model_len": 8192,
  });
  assert.deepEqual(fromServeLine("python -m vllm.entrypoints.openai.api_server --model=org/m").state, {
    "page.name": "org/m",
  });
  assert.deepEqual(fromServeLine("vllm serve m --max-model-len auto").state["engine.max_model_len"], -1);
});

test("members of dictionaries and attached levels are read as vLLM reads them", () => {
  const line = `vllm serve m -O0 --limit_mm_per_prompt.image 2 --limit-mm-per-prompt.video=0 \\
    --hf-overrides.text_config.max_position_embeddings 64k --speculative-config.method ngram \\
    --hf-overrides. 1 --load-format.a b`;
  assert.deepEqual(fromServeLine(line).state, {
    "page.name": "m",
    "engine.optimization_level": 0,
    "engine.limit_mm_per_prompt": { image: 2, video: 0 },
    "engine.hf_overrides": { text_config: { max_position_embeddings: 64000 } },
    "engine.speculative_config": { method: "ngram" },
    "page.args": ["--hf-overrides.", "1", "--load-format.a", "b"],
  });
});

test("members are laid over each other as vLLM lays them, lists one after the other, and stand for the whole", () => {
  const line = `vllm serve m --compilation-config.cudagraph_capture_sizes+ 1,2 -cc.cudagraph_capture_sizes+=4 \\
    --compilation_config.custom_ops+ +rms_norm --compilation-config.pass_config '{"a": 1}' -cc.pass_config.b 2 \\
    --hf-overrides.architectures+ X --hf-overrides.ids+=7 --hf-overrides.__proto__.x 1 --speculative-config.num-speculative-tokens 3 \\
    --speculative-config '{"method": "eagle3"}' --load-format.a+ b`;
  const { state, rest } = fromServeLine(line);
  assert.deepEqual(state["engine.compilation_config"], {
    cudagraph_capture_sizes: [1, 2, 4],
    custom_ops: ["+rms_norm"],
    pass_config: { a: 1, b: 2 },
  });
  const overrides = JSON.parse('{"architectures": ["X"], "ids": ["7"], "__proto__": {"x": 1}}');
  assert.deepEqual(state["engine.hf_overrides"], overrides);
  assert.deepEqual(state["engine.speculative_config"], { num_speculative_tokens: 3 });
  assert.deepEqual(rest, ["--load-format.a+", "b"]);
});

test("speculation's own options stand beside its dictionary", () => {
  const line = `vllm serve m --speculative-config '{"model": "org/head"}' --spec-method=eagle3 --spec_tokens 2`;
  assert.deepEqual(fromServeLine(line).state["engine.speculative_config"], {
    model: "org/head",
    method: "eagle3",
    num_speculative_tokens: 2,
  });
});

test("what is enabled can be disabled, and the other way round", () => {
  const { state } = fromServeLine(
    "vllm serve m --disable-prefix-caching --no-async-scheduling --enable-sliding-window",
  );
  assert.deepEqual(state, {
    "page.name": "m",
    "engine.enable_prefix_caching": false,
    "engine.async_scheduling": false,
    "engine.disable_sliding_window": false,
  });
});

test("other builds' images end the container's own words, and name the release", () => {
  const { state } = fromServeLine("docker run --gpus all vllm/vllm-openai-rocm:v0.25.1-x Qwen/Qwen3-8B -tp 2");
  assert.deepEqual(state, { "vllm_version": "0.25.1", "page.name": "Qwen/Qwen3-8B", "engine.tensor_parallel_size": 2 });
  assert.equal(fromServeLine("vllm/vllm-openai:v0.25.1-rc1 m").state.vllm_version, undefined);
});

test("a member may be null, or take the place of a text", () => {
  const { state } = fromServeLine("vllm serve m --hf-overrides.a null --hf-overrides.b x --hf-overrides.b.c 1");
  assert.deepEqual(state["engine.hf_overrides"], { a: null, b: { c: 1 } });
});

test("the command is found in a script, a fence, a manifest or a settings file", () => {
  const model = { "known_model": "Qwen/Qwen3-8B", "engine.max_model_len": 8192 };
  const braced = (name) => `\${${name}}`;
  const cases = [
    [
      `export M=Qwen/Qwen3-8B L='8192'\ncd /srv && FOO=1 vllm serve $M --max-model-len ${braced("L")} > log 2>&1`,
      model,
    ],
    [`vllm serve ${braced("M:-Qwen/Qwen3-8B")} ^\r\n  —max-model-len 8192\r\nls --tp 2`, model],
    [unfenced("Start it:\n```bash\n$ vllm serve Qwen/Qwen3-8B `\n --max-model-len 8192\n```\nDone."), model],
    ["sudo bash -c 'exec vllm serve Qwen/Qwen3-8B --max-model-len 8192'", model],
    [
      "vllm bench throughput --model Qwen/Qwen3-8B --max-model-len 8192 --num-prompts 100",
      { ...model, "engine.usage_context": "LLM_CLASS" },
    ],
    ["# settings\nmodel: Qwen/Qwen3-8B\nmax_model_len: 8192\nport: 80\n", { ...model, "page.args": ["--port", "80"] }],
    [
      "kind: Service\n---\nspec:\n  containers:\n  - name: a\n    image: 'vllm/vllm-openai:v0.25.1'\n    command: [sh, -c]\n    args: [\n" +
        '      "vllm serve Qwen/Qwen3-8B --max-model-len 8192"\n    ]\n    ports:\n    - containerPort: 80\n',
      { ...model, vllm_version: "0.25.1" },
    ],
    [
      "services:\n  a:\n    image: vllm/vllm-openai:latest\n    command: >-\n      --model Qwen/Qwen3-8B # a comment\n      --max-model-len 8192\n    ports: ['80:80']\n",
      model,
    ],
    ["spec:\n  args:\n  - |\n    set -e\n    vllm serve Qwen/Qwen3-8B \\\n      --max-model-len 8192\n", model],
    ["a:\n  image: vllm/vllm-openai\n  command: --model Qwen/Qwen3-8B\n    --max-model-len 8192\n", model],
  ];
  for (const [text, expected] of cases) assert.deepEqual(fromServeLine(text, models).state, expected, text);
});

test("a manifest of the page's own is read back", () => {
  const line = `vllm serve Qwen/Qwen3-8B -tp 2 --hf-overrides '{"a": ["x y", 1]}' --port 80`;
  const { state } = fromServeLine(line, models);
  for (const write of [toCompose, toKubernetes, toDocker])
    assert.deepEqual(fromServeLine(write(state, { vendor: "NVIDIA", version: "0.25.1" }), models).state, {
      ...state,
      vllm_version: "0.25.1",
    });
});

test("sizes stand one by one in the line", () => {
  const { state } = fromServeLine("vllm serve m --cudagraph-capture-sizes 1 2 4 -tp 2");
  assert.deepEqual(state["engine.cudagraph_capture_sizes"], [1, 2, 4]);
  const line = "vllm serve m --tensor-parallel-size 2 --cudagraph-capture-sizes 1 2 4";
  assert.equal(toServeLine(state, { breaks: false }), line);
  assert.deepEqual(
    fromServeLine("vllm serve m --cudagraph-capture-sizes 8").state["engine.cudagraph_capture_sizes"],
    [8],
  );
});

test("values that aren't valid stay in the line", () => {
  const { state } = fromServeLine("vllm serve m --tensor-parallel-size two --max-num-seqs -3");
  assert.equal(toServeLine(state, { breaks: false }), "vllm serve m --tensor-parallel-size two --max-num-seqs -3");
});

const served = (field) => Boolean(field.flag) || ["known_model", "page.args", "hardware.gpus"].includes(field.path);

test("serve line -> page -> serve line loses nothing, over 200 generated states", () => {
  for (let seed = 0; seed < 200; seed++) {
    const state = randomState(seed, served);
    const line = toServeLine(state);
    const back = fromServeLine(line).state;
    assert.equal(toServeLine(back), line);
    assert.deepEqual(toRequest(back).engine, toRequest(state).engine, line);
  }
});

test("a shell reads the very words of a serve line, whatever the names are", () => {
  const hostile = [
    "$(touch /tmp/x)",
    "`id`",
    "a'b",
    'a"b',
    "a\\b",
    "a b",
    "é模",
    "!x",
    "~",
    "*",
    "a\nb",
    "",
    "--x",
    "{a,b}",
    "#c",
  ];
  const line = hostile.map(quote).join(" ");
  const { stdout } = spawnSync("sh", ["-c", `printf '%s\\0' ${line}`], { encoding: "utf8" });
  assert.deepEqual(stdout.split("\0").slice(0, -1), hostile);
  assert.deepEqual(commands(line), [hostile]);
});

test("profile -> page -> profile loses nothing", () => {
  const text = `profile_version: 1
model:
  id: qwen/qwen3-8b   # known here
  revision: main
  dtype: bf16
  quantization: none
  kv_cache_dtype: fp8_e4m3fn
  max_model_len: 32768
hardware: {}
workload:
  prompt_tokens: 512
  streaming: true
  mode: balanced
policy:
  gpu_memory_utilization: 0.9
  overhead_gb: null
outputs:
  emit: [report, "vllm args"]
custom:
  a: "x: y"
`;
  const { state, rest } = fromProfile(text, { models, gpus });
  assert.equal(state.known_model, "Qwen/Qwen3-8B");
  assert.equal(state["engine.kv_cache_dtype"], "fp8_e4m3");
  assert.deepEqual(rest, ["model.quantization", "hardware", "policy.overhead_gb", "custom.a"]);
  const before = JSON.parse(JSON.stringify(fromYaml(text)));
  before.model.id = "Qwen/Qwen3-8B";
  assert.deepEqual(JSON.parse(JSON.stringify(fromYaml(toProfile(state)))), before);
});

test("state -> profile -> state loses nothing, over 200 generated states", () => {
  for (let seed = 0; seed < 200; seed++) {
    const state = randomState(seed, (field) => !["page.profile", "page.name", "hardware.gpu"].includes(field.path));
    const text = toProfile(state);
    const back = fromProfile(text, { models: [{ id: state.known_model ?? "" }] }).state;
    assert.deepEqual(JSON.parse(JSON.stringify(back)), state, text);
    assert.equal(toProfile(back), text);
  }
});

test("yaml round trips texts that look like something else", () => {
  const tree = {
    a: ["true", "1", "", " x", "- y", "a: b", "#c", "é", 'q"', "~", "null", 1.5, false, null],
    b: { c: { d: "e" } },
    f: [{ g: 1, h: [2] }],
  };
  assert.deepEqual(JSON.parse(JSON.stringify(fromYaml(toYaml(tree)))), tree);
});

test("yaml says where it can't read on", () => {
  assert.deepEqual({ ...fromYaml("a:\n  1\nb:\n  'c'\n") }, { a: 1, b: "c" });
  assert.throws(() => fromYaml("a: 1\nb"), { message: "line 2: a key and a colon are missing" });
  assert.equal(Object.getPrototypeOf(fromYaml("__proto__: {}\n")), null);
});

test("texts are told apart by their look", () => {
  const cases = {
    '{"architectures": ["X"], "hidden_size": 1}': "config",
    '{"producer": {"name": "modelopt"}, "quantization": {"quant_algo": "FP8"}}': "quant",
    '{"tokenizer_class": "X", "added_tokens_decoder": {}}': "adapter",
    '{"peft_type": "LORA"}': "adapter",
    "vllm serve a/b --max-model-len 8192": "serve",
    "https://example.org/x/#m=a/b&g=l4-24gb": "link",
    "https://huggingface.co/Qwen/Qwen3-8B/blob/main/config.json?x=1": "hub",
    "https://www.modelscope.cn/models/Qwen/Qwen3-8B/summary": "hub",
    "Qwen/Qwen3-8B": "hub",
    "from vllm import LLM\nllm = LLM(model='a/b')": "serve",
    "llm = LLM(\n  name,\n  max_model_len=8192)": "serve",
    "An LLM (a large one) is a model, LLM(s) are many": "unknown",
    "servingEngineSpec:\n  modelSpec:\n  - modelURL: a/b": "serve",
    "profile_version: 1\nmodel:\n  id: x": "profile",
    "docker run a/vllm/vllm-openai:latest --model a/b": "serve",
    'apiVersion: v1\nspec:\n  image: "vllm/vllm-openai:v0.33.0"': "serve",
    "tensor-parallel-size: 2\nmodel: a/b": "serve",
    "architectures: [X]\ndtype: bfloat16": "unknown",
    "vllm serve a/b\nINFO 11-01 10:00:00 [gpu_worker.py:1] Model loading took 15.27 GiB": "log",
    "INFO 11-01 10:00:00 [gpu_worker.py:1] Model loading took 15.27 GiB": "log",
    "hello": "unknown",
  };
  for (const [text, kind] of Object.entries(cases)) assert.equal(detect(text), kind, text);
  assert.equal(hubId("https://huggingface.co/Qwen/Qwen3-8B/blob/main/config.json?x=1"), "Qwen/Qwen3-8B");
  assert.equal(hubId("https://modelscope.cn/models/Qwen/Qwen3-8B/files"), "Qwen/Qwen3-8B");
  assert.equal(hubId("org/name@abc"), "org/name");
});
