// State -> what starts it elsewhere: docker, compose, Kubernetes. DOM-free. Every name is quoted for where it stands.

import { gpuCount } from "./kit.js";
import { modelOf, optionWords } from "./serve-line.js";
import { quote } from "./shell.js";
import { toYaml } from "./yaml.js";

const PORT = 8000;
const CACHE = "/root/.cache/huggingface";

// vLLM's arguments as its container images take them: the model is an option.
const containerArgs = (state) => [`--model=${modelOf(state)}`, ...optionWords(state)];

export function image({ vendor, version }) {
  const name = vendor === "AMD" ? "vllm/vllm-openai-rocm" : "vllm/vllm-openai";
  return `${name}:v${version}`;
}

export function toDocker(state, where) {
  const devices = where.vendor === "AMD" ? "--device=/dev/kfd --device=/dev/dri --group-add=video" : "--gpus all";
  const lines = [
    "docker run --rm --ipc=host",
    devices,
    `-p ${PORT}:${PORT}`,
    `-v "$HOME/.cache/huggingface:${CACHE}"`,
    image(where),
    ...pairs(containerArgs(state)).map((words) => words.map(quote).join(" ")),
  ];
  return `${lines.join(" \\\n  ")}\n`;
}

// An option and its value stay on one line.
function pairs(words) {
  const list = [];
  for (const word of words) {
    if (word.startsWith("-") || !list.length) list.push([word]);
    else list.at(-1).push(word);
  }
  return list;
}

export function toCompose(state, where) {
  const devices = [{ driver: "nvidia", count: gpuCount(state), capabilities: ["gpu"] }];
  const amd = { devices: ["/dev/kfd", "/dev/dri"], group_add: ["video"] };
  const nvidia = { deploy: { resources: { reservations: { devices } } } };
  const service = {
    image: image(where),
    command: containerArgs(state).map(escapeDollar),
    ports: [`${PORT}:${PORT}`],
    ipc: "host",
    volumes: [`~/.cache/huggingface:${CACHE}`],
    ...(where.vendor === "AMD" ? amd : nvidia),
  };
  return toYaml({ services: { vllm: service } });
}

// Compose and Kubernetes expand $NAME and $(NAME) in what they start; a doubled dollar is a plain one.
const escapeDollar = (word) => word.replaceAll("$", "$$$$");

export function toKubernetes(state, where) {
  const resource = where.vendor === "AMD" ? "amd.com/gpu" : "nvidia.com/gpu";
  const labels = { app: "vllm" };
  const container = {
    name: "vllm",
    image: image(where),
    args: containerArgs(state).map((word) => word.replaceAll("$(", "$$(")),
    ports: [{ containerPort: PORT }],
    resources: { limits: { [resource]: gpuCount(state) } },
    readinessProbe: { httpGet: { path: "/health", port: PORT }, periodSeconds: 10 },
    volumeMounts: [
      { name: "shm", mountPath: "/dev/shm" },
      { name: "cache", mountPath: CACHE },
    ],
  };
  const volumes = [
    { name: "shm", emptyDir: { medium: "Memory" } },
    { name: "cache", emptyDir: {} },
  ];
  const template = { metadata: { labels }, spec: { containers: [container], volumes } };
  const spec = { replicas: 1, selector: { matchLabels: labels }, template };
  return toYaml({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "vllm" }, spec });
}
