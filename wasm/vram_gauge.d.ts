// Types of the module (vram-gauge-core.js) and of the JSON texts it takes and gives. Bytes and tokens are whole numbers
// below 2^53. tests/wasm/types.mjs holds reports against them.

export interface VramGauge {
  /** Parses once; the handle (1 and up) answers any number of requests. Errors are kept for report(). */
  openModel(config: string, hfQuantConfig: string, knownModel: string): number;
  closeModel(handle: number): void;
  /** A Request in, a Report or Refusal out, both as JSON text. Handle 0: the request itself names the model. */
  report(handle: number, request: string): string;
  /** One JSON array a line: [pp, name pattern, shape, dtype, "param" | "buffer", count, role]. */
  tensors(handle: number, request: string): string;
  /** SWEEP_FIELDS numbers a cell; hardware outermost, then contexts, then concurrencies. Empty: the request is wrong. */
  sweep(handle: number, request: string): Float64Array;
  /** What vLLM printed at start, read: see core/src/startup_log.hpp. */
  readLog(text: string): string;
  catalog(): string;
  version(): string;
}

/** The module's default export. Node needs `wasmBinary`. */
export default function createModule(options?: {
  wasmBinary?: ArrayBuffer | Uint8Array;
  locateFile?: (name: string) => string;
}): Promise<VramGauge>;

export type Method = "vllm" | "rule-of-thumb";

export interface Engine {
  dtype?: string | null;
  quantization?: string | null;
  kv_cache_dtype?: string | null;
  /** -1 or "auto": as long as fits. */
  max_model_len?: number | "auto" | null;
  tensor_parallel_size?: number | null;
  pipeline_parallel_size?: number | null;
  data_parallel_size?: number | null;
  decode_context_parallel_size?: number | null;
  prefill_context_parallel_size?: number | null;
  enable_expert_parallel?: boolean | null;
  gpu_memory_utilization?: number | null;
  kv_cache_memory_bytes?: number | null;
  max_num_batched_tokens?: number | null;
  max_num_seqs?: number | null;
  block_size?: number | null;
  enforce_eager?: boolean | null;
  enable_prefix_caching?: boolean | null;
  enable_chunked_prefill?: boolean | null;
  limit_mm_per_prompt?: Record<string, number> | null;
  language_model_only?: boolean | null;
  skip_mm_profiling?: boolean | null;
  async_scheduling?: boolean | null;
  disable_hybrid_kv_cache_manager?: boolean | null;
  disable_sliding_window?: boolean | null;
  performance_mode?: "balanced" | "interactivity" | "throughput" | null;
  enable_lora?: boolean | null;
  max_loras?: number | null;
  max_lora_rank?: number | null;
  speculative_config?: object | null;
  /** The same members beside it. */
  spec_method?: string | null;
  spec_model?: string | null;
  spec_tokens?: number | null;
  max_cudagraph_capture_size?: number | null;
  cudagraph_capture_sizes?: number[] | null;
  compilation_config?: object | null;
  optimization_level?: number | null;
  enable_eplb?: boolean | null;
  eplb_config?: { num_redundant_experts?: number } | null;
  runner?: "auto" | "generate" | "pooling" | null;
  /** What starts vLLM, as its defaults of max_num_batched_tokens and max_num_seqs depend on it: `vllm serve` unless given. */
  usage_context?: "OPENAI_API_SERVER" | "LLM_CLASS" | "ENGINE_CONTEXT" | null;
  hf_overrides?: object | null;
  mm_encoder_tp_mode?: "weights" | "data" | null;
  mamba_cache_mode?: "all" | "align" | "none" | null;
  mamba_cache_dtype?: "auto" | "float32" | "float16" | "bfloat16" | null;
  mamba_ssm_cache_dtype?: "auto" | "float32" | "float16" | "bfloat16" | null;
  cpu_offload_gb?: number | null;
  num_gpu_blocks_override?: number | null;
  swap_space?: number | null;
  /** Other arguments of vLLM are answered with a warning that names them. */
  [argument: string]: unknown;
}

export interface Hardware {
  gpu?: string;
  memory_bytes?: number;
  compute_capability?: string;
  name?: string;
  gpus?: number;
}

export interface Workload {
  prompt_tokens?: number;
  gen_tokens?: number;
  concurrency?: number;
  context_tokens?: number | null;
}

export interface Policy {
  headroom_gb?: number;
  overhead_gb?: number | null;
  fragmentation_factor?: number;
  params_b?: number | null;
}

export interface Request {
  config?: string;
  hf_quant_config?: string;
  /** Text of the config.json of the model that engine.speculative_config drafts with. */
  draft_config?: string;
  known_model?: string;
  method?: Method | "auto";
  vllm_version?: string;
  engine?: Engine;
  hardware?: Hardware;
  workload?: Workload;
  policy?: Policy;
  /** Words of a command line that stand for none of these: those that may change the answer make it an estimate. */
  unread_args?: string[];
}

export interface SweepRequest extends Request {
  sweep: {
    hardware?: (Hardware & Pick<Engine, "tensor_parallel_size" | "pipeline_parallel_size">)[];
    contexts?: number[];
    concurrencies?: number[];
  };
}

export interface Note {
  code: string;
  message: string;
  key?: string;
}

/** A drafter, the checkpoint's own or another's, on a rank of the last stage, without what it shares with the model. */
export interface Draft {
  architecture: string;
  family: string;
  method: string;
  weights_bytes: number;
  loaded_bytes: number;
}

export interface ModelFacts {
  architecture?: string;
  family?: string;
  confidence: "exact" | "estimate";
  estimate_reasons: string[];
  params_total: number;
  params_active: number;
  params_mtp: number;
  params_source: string;
  dtype?: string;
  quantization?: string | null;
  max_model_len?: number;
  layers?: number;
  hidden_size?: number;
  attention_heads?: number;
  kv_heads?: number;
  head_dim?: number;
  first_version?: string | null;
  last_version?: string | null;
}

export interface Resolved {
  max_model_len: number;
  gpu_memory_utilization: number;
  dtype?: string;
  max_num_batched_tokens?: number;
  max_num_seqs?: number;
  kv_cache_dtype?: string;
  block_size?: number;
  enable_prefix_caching?: boolean;
  enforce_eager?: boolean;
  v2_model_runner?: boolean;
  cudagraph_sizes?: number;
  tensor_parallel_size: number;
  pipeline_parallel_size: number;
  data_parallel_size: number;
  enable_expert_parallel: boolean;
  context_tokens: number;
  concurrency: number;
}

/** Stands for the ranks tp to tp_last of stage pp, which hold the same. */
export interface Rank {
  pp: number;
  tp: number;
  tp_last: number;
  weights_bytes: number;
  loaded_bytes?: number;
  replicated_bytes?: number;
  by_role?: Record<string, number>;
}

export interface KvGroup {
  kind: string;
  layers: number;
  block_size: number;
  page_size_bytes: number;
  window?: number;
  blocks_at_max_model_len: number;
}

export interface Kv {
  groups: KvGroup[];
  bytes_per_block: number;
  available_bytes?: number;
  blocks: number | null;
  tokens: number | null;
  max_concurrency: number | null;
  max_model_len_that_fits: number | null;
  bytes_per_token: number;
  bytes_per_sequence: number;
  /** Blocks of one request of `resolved.context_tokens`: as it runs, and while its prompt comes in (the last to start). */
  blocks_of_request: number;
  blocks_to_admit: number;
  /** Tokens that one more GiB buys, all of it for full-context layers. */
  tokens_per_gib?: number | null;
  /** What this release changed for this model, against the release named. */
  changes?: { since: string; lines: string[] };
  no_cache: boolean;
}

export interface Term {
  id: string;
  bytes: number;
  low_bytes: number;
  high_bytes: number;
  in_budget: boolean;
  formula: string;
  inputs: Record<string, number>;
  source: string;
}

export interface Budget {
  total_bytes: number;
  requested_bytes: number;
  terms: Term[];
  available_kv_bytes: number;
  available_kv_low_bytes: number;
  available_kv_high_bytes: number;
  outside_bytes: number;
  pp: number;
}

export interface Verdict {
  starts: "yes" | "likely" | "unlikely" | "no" | null;
  fits: boolean;
  oom_risk: "low" | "medium" | "high";
  headroom_bytes: number;
  max_concurrency_at_context: number;
  max_context_at_concurrency: number;
  kv_used_bytes: number;
  headroom_low_bytes?: number;
  headroom_high_bytes?: number;
}

export interface RuleOfThumb {
  vram_total_bytes: number;
  weights_bytes: number;
  kv_cache_bytes: number;
  overhead_bytes: number;
  allocatable_bytes: number;
  headroom_bytes: number;
  fits: boolean;
  oom_risk: "low" | "medium" | "high";
  max_concurrency_at_context: number;
  max_context_at_concurrency: number;
}

export interface Fix {
  id: string;
  message: string;
  /** Fields of the request to set. */
  change: Partial<Pick<Request, "vllm_version" | "engine" | "hardware" | "workload">>;
  cost: number;
  enough: boolean;
  effect: Partial<Verdict>;
}

export interface Report {
  method: Method;
  vllm_version: string;
  model: ModelFacts;
  resolved: Resolved;
  ranks: Rank[];
  draft?: Draft;
  kv?: Kv;
  budget?: Budget;
  /** Not where no GPU is named: then a note with the code "missing-hardware" says so. */
  verdict?: Verdict;
  rule_of_thumb?: RuleOfThumb;
  fixes?: Fix[];
  notes: Note[];
  warnings: Note[];
}

/** `code` "vllm-refuses/…": vLLM itself would not start; what could be computed all the same stands beside it. */
export interface Refusal extends Partial<Report> {
  error: {
    code: string;
    message: string;
    where: { field: string; key?: string; line?: number; column?: number };
  };
}

export interface Catalog {
  version: string;
  vllm_versions: string[];
  gpus: {
    id: string;
    name: string;
    vendor: string;
    memory_bytes: number;
    compute_capability: string;
    bandwidth_gb_s: number;
    confidence: "measured" | "derived" | "nominal";
    unified_memory: boolean;
    note: string;
    source: string;
  }[];
  models: { id: string; source: string }[];
  dtypes: string[];
  /** What the rule of thumb has a rate for. */
  quantizations: string[];
  /** What --quantization alone makes of a 16-bit checkpoint, by release; null: from the oldest known, or still so. */
  online_quantizations: { id: string; first_version: string | null; last_version: string | null }[];
  kv_cache_dtypes: string[];
}
