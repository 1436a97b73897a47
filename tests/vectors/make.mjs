// Writes models.json from recorded truth (../shared/truth when it is there): for each architecture one GPU, several GPUs
// and the oldest release that has it, for each quantization method a few checkpoints, for each refusal a few cases.
//
//   node tests/vectors/make.mjs
//
// Of a config only the keys are kept that answering looks at; all else in a vector is a setting or a number that vLLM's
// own classes and planner gave.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { KINDS } from "../accuracy/lines.mjs";

const repo = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const root = `${repo}/../shared`;
const read = (file) =>
  readFileSync(`${root}/truth/${file}`, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

const kvById = new Map(read("kv.jsonl").map((line) => [line.id, line]));
const sizes = new Map();
const sizeOf = ({ config }) => {
  if (!sizes.has(config)) sizes.set(config, readFileSync(`${root}/${config}`).length);
  return sizes.get(config);
};
const lines = read("weights.jsonl").sort((a, b) => sizeOf(a) - sizeOf(b) || (a.id < b.id ? -1 : 1));

const chosen = new Map();
const taken = new Map();
// Takes the line unless `most` of this kind are in.
function take(kind, line, most) {
  const count = taken.get(kind) ?? 0;
  if (count >= most || chosen.has(line.id)) return;
  taken.set(kind, count + 1);
  chosen.set(line.id, line);
}
const newest = "0.33.0";
for (const line of lines) {
  const { architecture, quantization, vllm_version: version, engine, refused } = line;
  const spread = Object.keys(engine).some((key) => key.includes("parallel"));
  if (refused) take(`refused ${refused} ${version}`, line, 2);
  else if (quantization) take(`quantization ${quantization} ${spread}`, line, 3);
  else if (version === newest) take(`${architecture} ${spread}`, line, 1);
  else take(`${architecture} before`, line, 1);
}

function expected(line, kv) {
  if (line.refused) return { error: { code: `vllm-refuses/${line.refused}` } };
  const { ranks, dtype, quantization } = line;
  const expect = {
    model: { dtype, quantization },
    resolved: kv && { max_model_len: kv.resolved.max_model_len },
    ranks: ranks
      .map(({ pp, param_bytes, buffer_bytes }) => ({ pp, weights_bytes: param_bytes + buffer_bytes }))
      .filter((rank, at, all) => rank.pp !== all[at - 1]?.pp || rank.weights_bytes !== all[at - 1].weights_bytes),
  };
  if (!kv) return expect;
  const { groups, bytes_per_block, cases } = kv;
  const { refused, blocks = null, tokens = null, max_concurrency = null, max_model_len_that_fits = null } = cases[0];
  expect.kv = { blocks, tokens, max_concurrency, max_model_len_that_fits };
  if (!refused && groups.length === 1) {
    const [{ kind, layers, block_size, page_size_bytes }] = groups; // several have no order
    expect.kv.groups = [{ kind: KINDS[kind], layers, block_size, page_size_bytes }];
  }
  if (!refused && bytes_per_block !== undefined) expect.kv.bytes_per_block = bytes_per_block;
  return expect;
}

function requestOf(line, kv) {
  const { vllm_version, hardware, engine } = line;
  const memory = kv?.cases[0]?.kv_cache_memory_bytes;
  return {
    method: "vllm",
    vllm_version,
    engine: { ...engine, ...(memory && { kv_cache_memory_bytes: memory }) },
    hardware,
  };
}

const textOf = (path) => readFileSync(`${root}/${path}`, "utf8");

// The keys of the config that this request looks at.
function usedKeys(line, request) {
  const asked = { ...request, ...(line.hf_quant_config && { hf_quant_config: textOf(line.hf_quant_config) }) };
  const { stdout, stderr, status } = spawnSync(
    `${repo}/build/native/vram-gauge`,
    ["--used-keys", "--request", "-", `${root}/${line.config}`],
    { input: JSON.stringify(asked), encoding: "utf8", maxBuffer: 1 << 26 },
  );
  const used = status === 0 || stdout ? JSON.parse(stdout) : null;
  if (!used) throw new Error(`${line.id}: ${stderr}`);
  return used.error?.where ? JSON.parse(textOf(line.config)) : used;
}

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
function merged(a, b) {
  if (!isObject(a) || !isObject(b)) return b;
  const both = { ...a };
  for (const [key, value] of Object.entries(b)) both[key] = merged(a[key], value);
  return both;
}

const configs = {};
const cases = [];
for (const line of [...chosen.values()].sort((a, b) => (a.id < b.id ? -1 : 1))) {
  const kv = kvById.get(line.id);
  const request = requestOf(line, kv);
  const name = line.config.replace(/^configs[^/]*\//, "").replace(/\.json$/, "");
  configs[name] = merged(configs[name], usedKeys(line, request));
  if (line.hf_quant_config) request.hf_quant_config = JSON.stringify(JSON.parse(textOf(line.hf_quant_config)));
  cases.push({ id: line.id, request: { config: name, ...request }, expect: expected(line, kv) });
}

const rows = (entries) => entries.map((entry) => `    ${entry}`).join(",\n");
writeFileSync(
  `${repo}/tests/vectors/models.json`,
  `{
  "source": "vLLM's own model classes on tensors without storage and its own KV cache planner, release by release",
  "as_of": "2026-11",
  "configs": {
${rows(Object.entries(configs).map(([name, config]) => `${JSON.stringify(name)}: ${JSON.stringify(config)}`))}
  },
  "cases": [
${rows(cases.map((entry) => JSON.stringify(entry)))}
  ]
}
`,
);
console.log(`${cases.length} cases of ${Object.keys(configs).length} configs`);
