// The KV cache against real start-ups: wherever a published log prints both the memory available for KV cache and its
// tokens (or blocks), our tokens for that memory, taken anywhere within the rounding of its two printed decimals.
//
//   node tests/accuracy/kv-logs.mjs [--cli PATH] [--logs DIR] [--all]
//
// Prints each start-up that differs by more than 0.15 % (all of them with --all) and the median and 90th percentile.
// Fails if the median exceeds 0.02 % or the 90th percentile 0.15 %.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const repo = resolve(here, "../..");
const string = { type: "string" };
const { values: options } = parseArgs({ options: { cli: string, logs: string, all: { type: "boolean" } } });
const logs = resolve(options.logs ?? `${repo}/../shared/logs`);
const cli = resolve(options.cli ?? `${repo}/build/native/vram-gauge`);
const shared = dirname(logs);
const GIB = 2 ** 30;

// Compute capability by what the log calls the GPU; the longest name that occurs counts.
const CAPABILITIES = {
  H100: "9.0",
  H200: "9.0",
  H800: "9.0",
  H20: "9.0",
  A100: "8.0",
  A800: "8.0",
  "A10 ": "8.6",
  A40: "8.6",
  L4: "8.9",
  L40S: "8.9",
  L20: "8.9",
  3090: "8.6",
  4090: "8.9",
  4080: "8.9",
  T4: "7.5",
  V100: "7.0",
  B200: "10.0",
  B300: "10.3",
  GB300: "10.3",
  Blackwell: "12.0",
  5090: "12.0",
  5080: "12.0",
  GB10: "12.1",
};

function capabilityOf(gpu) {
  const found = Object.keys(CAPABILITIES)
    .filter((name) => `${gpu} `.includes(name))
    .sort((a, b) => b.length - a.length)[0];
  return CAPABILITIES[found] ?? "9.0";
}

// Which config has the shape of a model that the logs name otherwise, and why a start-up differs where it does.
const { models, explained } = JSON.parse(readFileSync(`${here}/kv-logs.json`, "utf8"));

function configsByName() {
  const found = new Map(Object.entries(models));
  for (const folder of ["configs", "configs-more"])
    for (const file of readdirSync(`${shared}/${folder}`)) {
      const name = file
        .replace(/\.json$/, "")
        .split("--")
        .at(-1)
        .toLowerCase();
      if (file.endsWith(".json") && !found.has(name)) found.set(name, `${folder}/${file}`);
    }
  return found;
}

const lastPart = (model) => (model ?? "").replace(/\/+$/, "").split("/").at(-1).toLowerCase();

function speculation(text) {
  const method = /eagle3|eagle|mtp|ngram/.exec(text ?? "")?.[0];
  const tokens = Number(/(?:num_speculative_tokens["']?[:= ]+|, )(\d+)/.exec(text ?? "")?.[1] ?? 0);
  return method && tokens ? { method, num_speculative_tokens: tokens } : undefined;
}

// The settings that the log printed; what it did not print takes vLLM's default.
function requestOf(row, config, release) {
  const engine = { tensor_parallel_size: row.tp ?? 1, pipeline_parallel_size: row.pp ?? 1 };
  for (const name of ["max_model_len", "max_num_seqs", "max_num_batched_tokens"])
    if (row[name] != null) engine[name] = row[name];
  if (row.block_size === 64 || row.block_size === 128) engine.block_size = row.block_size;
  if (["bfloat16", "float16"].includes(row.dtype)) engine.dtype = row.dtype;
  const kvDtype = (row.kv_cache_dtype ?? "auto").split(" ")[0];
  if (kvDtype !== "auto") engine.kv_cache_dtype = kvDtype;
  const given = /explicit in args: \[(.*?)\]/.exec(row.confidence)?.[1] ?? "";
  if (given.includes("enable_prefix_caching")) engine.enable_prefix_caching = true;
  // Such a list has names without values; every release refuses expert parallelism for a model without experts.
  if (given.includes("enable_expert_parallel") && /experts"/.test(readFileSync(`${shared}/${config}`, "utf8")))
    engine.enable_expert_parallel = true;
  const spec = speculation(row.spec_decode);
  if (spec) engine.speculative_config = spec;
  const memory = Math.round((row.gpu_memory_gib_total ?? 79.2) * GIB);
  return {
    config_path: `${shared}/${config}`,
    method: "vllm",
    vllm_version: release,
    engine,
    hardware: { memory_bytes: memory, compute_capability: capabilityOf(row.gpu ?? ""), name: row.gpu ?? "H100" },
  };
}

function collect() {
  const configs = configsByName();
  const asked = [];
  let unknown = 0;
  for (const text of readFileSync(`${logs}/startup-logs.jsonl`, "utf8").trim().split("\n")) {
    const row = JSON.parse(text);
    const { available_kv_gib, kv_cache_bytes, kv_tokens, gpu_blocks } = row.measured;
    if ((available_kv_gib ?? kv_cache_bytes) == null || !(kv_tokens ?? gpu_blocks)) continue;
    const release = /^0\.(\d+)\.(\d+)(?!\.dev\d)/.exec(row.vllm_version ?? "")?.[0];
    const config = configs.get(lastPart(row.model));
    if (release && config) asked.push({ row, request: requestOf(row, config, release) });
    else unknown += 1;
  }
  return { asked, unknown };
}

// The least and the most memory that would print so.
function memoryRange({ kv_cache_bytes: exact, available_kv_gib: printed }) {
  return exact ? [exact, exact] : [Math.ceil((printed - 0.005) * GIB), Math.floor((printed + 0.005) * GIB)];
}

// The tokens at the least and at the most memory of each start-up, and the report's confidence.
function answer(asked) {
  const requests = asked.flatMap(({ row, request }) =>
    memoryRange(row.measured).map((bytes) => ({
      ...request,
      engine: { ...request.engine, kv_cache_memory_bytes: bytes },
    })),
  );
  const input = requests.map((request, id) => `${JSON.stringify({ id, request })}\n`).join("");
  const { stdout } = spawnSync(cli, ["--batch"], { input, encoding: "utf8", maxBuffer: 2 ** 28 });
  const reports = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).report);
  return asked.map((_, index) => {
    const [least, most] = [reports[2 * index], reports[2 * index + 1]];
    return {
      least: least.kv?.tokens ?? null,
      most: most.kv?.tokens ?? null,
      confidence: most.model?.confidence ?? most.error?.code,
    };
  });
}

function compare({ row, request }, { least, most, confidence }) {
  const off = (printed) =>
    most === null ? Infinity : Math.max(0, printed - most, (least ?? most) - printed) / printed;
  // Ranks print tokens of their own; the memory may be another rank's.
  const printed = [row.measured.kv_tokens ?? row.measured.gpu_blocks * 16, ...(row.measured.kv_tokens_all ?? [])];
  const wanted = printed.reduce((best, next) => (off(next) < off(best) ? next : best));
  return { row, request, wanted, tokens: most, difference: off(wanted), confidence };
}

const { asked, unknown } = collect();
const rows = answer(asked)
  .map((answered, index) => compare(asked[index], answered))
  .sort((a, b) => a.difference - b.difference);
const percent = (share) => (Number.isFinite(share) ? `${(100 * share).toFixed(3)} %` : "no answer");
for (const { row, request, wanted, tokens, difference, confidence } of rows)
  if (options.all || difference > 0.0015) {
    console.log(
      `${request.vllm_version.padEnd(8)} ${lastPart(row.model).padEnd(42)} log ${wanted} ours ${tokens}  ${percent(difference)}  ${confidence}  ${row.id}`,
    );
    if (difference > 0.0015) console.log(`         ${explained[row.id] ?? "NOT EXPLAINED"}`);
  }
const at = (share) => rows[Math.min(rows.length - 1, Math.floor(rows.length * share))]?.difference ?? 0;
console.log(
  `${rows.length} start-ups (${unknown} more of unknown model or release): median ${percent(at(0.5))}, 90th percentile ${percent(at(0.9))}`,
);
if (at(0.5) > 0.0002 || at(0.9) > 0.0015) process.exitCode = 1;
