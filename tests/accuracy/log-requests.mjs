// A published start-up log -> the request whose report should predict it, and what the log says about the answer.
import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const table = JSON.parse(readFileSync(`${here}/log-models.json`, "utf8"));
export const GiB = 2 ** 30;

const gpuOfClass = {
  H100: "h100-sxm-80gb",
  H200: "h200-sxm-141gb",
  H20: "h20-96gb",
  L4: "l4-24gb",
  L40S: "l40s-48gb",
  T4: "t4-16gb",
  A40: "a40-48gb",
  "A100 80GB": "a100-sxm-80gb",
  "A100 40GB": "a100-sxm-40gb",
  A10: "a10-24gb",
  A10G: "a10g-24gb",
  V100: "v100-sxm2-32gb",
  GB10: "gb10-dgx-spark-128gb",
  B300: "b300-288gb",
  GB300: "gb300-288gb",
  MI300X: "mi300x-192gb",
  MI300A: "mi300a-128gb",
  "RTX PRO 6000 Blackwell 96GB": "rtx-pro-6000-blackwell-server",
  "RTX 5090": "rtx-5090-32gb",
  "RTX 4090": "rtx-4090-24gb",
  "RTX 3090": "rtx-3090-24gb",
  "RTX 4080": "rtx-4080-16gb",
  "RTX 5080 / 5070 Ti": "rtx-5080-16gb",
  "RX 9070 XT": "rx-9070-xt-16gb",
  "gfx1151 APU": "strix-halo-128gb",
  "Intel Arc Pro B70": "arc-pro-b70-32gb",
};

// GPUs that logs don't name but whose printed total and defaults can be only one thing.
function gpuOfTotal(log) {
  const total = log.gpu_memory_gib_total ?? log.measured.total_gpu_memory_gib;
  if (!total) return null;
  const near = (gib) => Math.abs(total - gib) < 0.3;
  if (near(79.2)) return log.max_num_batched_tokens === 2048 ? "a100-sxm-80gb" : "h100-sxm-80gb";
  if (near(44.5)) return "l40s-48gb";
  if (near(23.6)) return "rtx-4090-24gb";
  if (near(22)) return "l4-24gb";
  if (near(15.55)) return "rtx-4080-16gb";
  return null;
}

export function releaseOf(text) {
  const found = /^~?(\d+)\.(\d+)(?:\.(\d+|x))?/.exec(text ?? "");
  if (!found || (found[1] === "0" && found[2] === "1")) return null;
  return `${found[1]}.${found[2]}.${Number(found[3]) || 0}`;
}

// Python literals that the collection quotes from argument lines.
function argumentsNamed(text) {
  const found = /memory-relevant args: (\{.*?\})(?:;|$)/.exec(text ?? "");
  if (!found) return {};
  const json = found[1]
    .replaceAll("'", '"')
    .replaceAll("True", "true")
    .replaceAll("False", "false")
    .replaceAll("None", "null");
  try {
    return JSON.parse(json);
  } catch {
    return {};
  }
}

function speculation(log) {
  const text = typeof log.spec_decode === "string" ? log.spec_decode : "";
  const tokens = /num_speculative_tokens\D+(\d+)|, (\d+) tokens|MTP[ =]?(\d+)|num_spec_tokens=(\d+)/.exec(text);
  if (!tokens) return text ? { num_speculative_tokens: 1, method: "mtp" } : null;
  const method = /dflash|dspark|eagle3|medusa|mtp/i.exec(text)?.[0].toLowerCase() ?? "draft_model";
  return { num_speculative_tokens: Number(tokens.slice(1).find(Boolean)), method };
}

// Without a printed max_num_seqs, a largest graph below the ceiling is twice it.
function sequences(log) {
  if (log.max_num_seqs) return log.max_num_seqs;
  const largest = log.max_cudagraph_capture_size_printed;
  const draft = (speculation(log)?.num_speculative_tokens ?? 0) + 1;
  return largest > 0 && largest < 512 && log.engine === "v1" ? Math.max(1, largest / 2 / draft) : null;
}

const given = (object) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null && value !== undefined));

// The collection names arguments that were given, not their value: it is given to change a default.
function prefixCaching(log) {
  if (/prefix caching off/.test(log.confidence ?? "")) return false;
  return /explicit in args: \[[^\]]*enable_prefix_caching/.test(log.confidence ?? "") ? true : null;
}

function engineOf(log) {
  const named = argumentsNamed(log.confidence);
  const kv = /fp8_ds_mla|auto|fp8_e4m3|fp8_e5m2|fp8|bfloat16|int8_per_token_head/.exec(log.kv_cache_dtype ?? "")?.[0];
  return given({
    dtype: log.dtype,
    kv_cache_dtype: kv,
    quantization: /online --quantization fp8/.test(log.quantization ?? "") ? "fp8" : null,
    max_model_len: log.max_model_len,
    tensor_parallel_size: log.tp ?? 1,
    pipeline_parallel_size: log.pp ?? 1,
    data_parallel_size: log.dp ?? 1,
    enable_expert_parallel: log.ep === true || null,
    gpu_memory_utilization: log.gpu_memory_utilization,
    max_num_seqs: sequences(log),
    max_num_batched_tokens: log.max_num_batched_tokens,
    enforce_eager: log.enforce_eager ?? null,
    speculative_config: speculation(log),
    language_model_only: named.language_model_only ?? null,
    limit_mm_per_prompt: named.limit_mm_per_prompt ?? null,
    enable_lora: named.enable_lora ?? null,
    skip_mm_profiling: /skip_mm_profiling/.test(log.confidence ?? "") || null,
    decode_context_parallel_size: log.measured.dcp ?? null,
    enable_prefix_caching: prefixCaching(log),
  });
}

const overlay = (base, changes) => {
  const out = { ...base };
  for (const [key, value] of Object.entries(changes ?? {}))
    out[key] = value && typeof value === "object" && !Array.isArray(value) ? overlay(base[key] ?? {}, value) : value;
  return out;
};

function configText(row, shared) {
  const folder = ["configs", "configs-more", "configs-default"].find((name) =>
    existsSync(`${shared}/${name}/${row.config}.json`),
  );
  const text = readFileSync(`${shared}/${folder}/${row.config}.json`, "utf8");
  if (!row.set && !row.quantization) return text;
  const config = overlay(JSON.parse(text), row.set);
  if (row.quantization) config.quantization_config = table.quantizations[row.quantization];
  return JSON.stringify(config);
}

// Nothing where the log's model, release or GPU cannot be told.
export function requestOf(log, shared) {
  const row = table.models.find(({ match }) => new RegExp(match).test(log.model));
  const release = releaseOf(log.vllm_version);
  const gpu = gpuOfClass[log.gpu_class] ?? gpuOfTotal(log);
  const total = log.gpu_memory_gib_total ?? log.measured.total_gpu_memory_gib;
  if (!row || !release || Number(release.split(".")[1]) < 6) return null;
  const hardware = gpu ? given({ gpu, memory_bytes: total ? Math.round(total * GiB) : null }) : null;
  const request = {
    config: configText(row, shared),
    method: "vllm",
    vllm_version: release,
    engine: { ...engineOf(log), ...row.engine },
  };
  if (hardware) request.hardware = hardware;
  const folder = `${shared}/configs/hf_quant_config/${row.config}.hf_quant_config.json`;
  if (existsSync(folder)) request.hf_quant_config = readFileSync(folder, "utf8");
  const reasonIn = (list) => list.find(({ match }) => log.id.startsWith(match))?.reason;
  return {
    request,
    release,
    gpu,
    config: row.config,
    leftOut: reasonIn(table.leftOut),
    weightsLeftOut: reasonIn(table.weightsLeftOut),
    weightsKnown: !row.weights && (request.engine.speculative_config?.method ?? "mtp") === "mtp",
  };
}
