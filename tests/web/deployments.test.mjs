// What starts vLLM in other people's tools, as their documentation writes it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { detect } from "../../web/intake.js";
import { fromServeLine } from "../../web/serve-line.js";

const models = [{ id: "Qwen/Qwen3-8B" }];
const SET = {
  "known_model": "Qwen/Qwen3-8B",
  "engine.tensor_parallel_size": 2,
  "engine.max_model_len": 8192,
};

function reads(text, expected, left = []) {
  assert.equal(detect(text.trim()), "serve");
  const { state, rest } = fromServeLine(text.trim(), models);
  delete state["page.args"];
  assert.deepEqual({ ...state }, expected);
  assert.deepEqual(rest, left);
}

test("Ray Serve's LLMConfig, in Python and in YAML", () => {
  reads(
    `from ray.serve.llm import LLMConfig
llm_config = LLMConfig(
    model_loading_config=dict(model_id="qwen", model_source="Qwen/Qwen3-8B"),
    deployment_config=dict(autoscaling_config=dict(min_replicas=1, max_replicas=2)),
    accelerator_type="A10G",
    engine_kwargs=dict(tensor_parallel_size=2, max_model_len=8192),
)`,
    SET,
  );
  const config = `- model_loading_config:
    model_id: Qwen/Qwen3-8B
  engine_kwargs:
    tensor_parallel_size: 2
    max_model_len: 8192`;
  reads(`applications:\n- args:\n    llm_configs:\n${config.replace(/^/gm, "    ")}\n  name: app`, SET);
  reads(
    `kind: RayService
spec:
  serveConfigV2: |
    applications:
    - args:
        llm_configs:
${config.replace(/^/gm, "        ")}
  rayClusterConfig:
    headGroupSpec: {}`,
    SET,
  );
});

test("lists of words: compose, Kubernetes with and without a command, a Dockerfile, Python", () => {
  const args = `- --model\n- Qwen/Qwen3-8B\n- --tensor-parallel-size\n- "2"\n- --max-model-len=8192`;
  const under = (indent) => args.replace(/^/gm, " ".repeat(indent));
  const image = "image: vllm/vllm-openai:v0.11.0";
  const all = { ...SET, vllm_version: "0.11.0" };
  reads(`services:\n  vllm:\n    ${image}\n    command:\n${under(6)}\n    deploy:\n      replicas: 1`, all);
  reads(`containers:\n- name: vllm\n  ${image}\n  args:\n${under(2)}`, all);
  reads(`args:\n${under(2)}`, SET);
  reads(`- env:\n  - name: MODEL\n    value: Qwen/Qwen3-8B\n  command: ["vllm", "serve", "$(MODEL)", "-tp", "2"]`, {
    "known_model": "Qwen/Qwen3-8B",
    "engine.tensor_parallel_size": 2,
  });
  reads(
    `FROM vllm/vllm-openai:v0.11.0\nENTRYPOINT ["vllm", "serve", "Qwen/Qwen3-8B", "-tp", "2", "--max-model-len", "8192"]`,
    all,
  );
  reads(
    `image = modal.Image.debian_slim().uv_pip_install("vllm==0.11.0")
MODEL_NAME = "Qwen/Qwen3-8B"
N_GPU = 2
def serve():
    cmd = ["vllm", "serve", "--uvicorn-log-level=info", MODEL_NAME, "--max-model-len", "8192"]
    cmd += ["--tensor-parallel-size", str(N_GPU)]
    subprocess.Popen(" ".join(cmd), shell=True)`,
    all,
    ["--uvicorn-log-level=info"],
  );
  reads(`MODEL = "Qwen/Qwen3-8B"\ncmd = f"vllm serve {MODEL} -tp 2 --max-model-len 8192"`, SET);
});

test("SkyPilot's variables, and a redirection is no word", () => {
  reads(
    `resources:
  accelerators: H100:2
envs:
  MODEL_NAME: Qwen/Qwen3-8B
setup: |
  pip install vllm==0.11.0
run: |
  vllm serve $MODEL_NAME --max-model-len 8192 \\
    --tensor-parallel-size $SKYPILOT_NUM_GPUS_PER_NODE \\
    2>&1 | tee api_server.log`,
    { ...SET, vllm_version: "0.11.0" },
  );
});

test("a template that isn't rendered is called one; what only mentions braces isn't", () => {
  for (const text of [
    'containers:\n- image: "{{ .Values.image }}"\n  args: ["--model", "{{ .Values.model }}"]',
    "{{- if .Values.enabled }}\nargs:\n- --model=x\n{{- end }}",
    "vllm serve {{ model }} -tp {{ tp }}",
    "{% if tp %}vllm serve x{% endif %}",
  ])
    assert.equal(detect(text), "template", text);
  assert.equal(detect('vllm serve a/b --chat-template "{% for m in messages %}{{ m }}{% endfor %}"'), "serve");
  assert.equal(detect('vllm serve a/b --speculative-config \'{"a":{"b":1}}\''), "serve");
});

test("a model may stand behind an option that needs no value", () => {
  reads("vllm serve --enforce-eager Qwen/Qwen3-8B", { "known_model": "Qwen/Qwen3-8B", "engine.enforce_eager": true });
});
