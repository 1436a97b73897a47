// Every field of a request, one row each: the link, the request, the serve line, the profile and the controls all
// derive from this table. Add new fields here.
//   path   where it stands in the request ("page.*" stays on the page and is never sent to the core)
//   key    its name in a link          kind   how its text is read          flag   vLLM's own option
//   word   how the core's sentences call what has no option    many   its words stand one by one in the serve line
//   min, max, values   what is allowed     control   "main" rows are shown, "advanced" ones on demand

const row = (path, key, kind, more = {}) => ({ path, key, kind, ...more });
const engine = (name, key, kind, more = {}) =>
  row(`engine.${name}`, key, kind, { flag: `--${name.replaceAll("_", "-")}`, control: "advanced", ...more });

const STATE_DTYPES = ["auto", "float32", "float16", "bfloat16"];
const MAX_TOKENS = 2 ** 31 - 1;
const MAX_BYTES = 2 ** 50;

export const FIELDS = [
  row("known_model", "m", "text"),
  row("config", "cfg", "blob"),
  row("hf_quant_config", "hfq", "blob"),
  row("method", "how", "enum", { values: ["auto", "vllm", "rule-of-thumb"], control: "main" }),
  row("vllm_version", "v", "text", { control: "head" }),
  row("hardware.gpu", "g", "text", { control: "main" }),
  row("hardware.memory_bytes", "mem", "bytes", { min: 2 ** 20, max: MAX_BYTES, control: "main" }),
  row("hardware.compute_capability", "cc", "text", { control: "main" }),
  row("hardware.gpus", "n", "int", { min: 1, max: 4096, control: "main" }),
  engine("tensor_parallel_size", "tp", "int", { min: 1, max: 1024, control: "main", short: "-tp" }),
  engine("max_model_len", "ctx", "tokens", { min: -1, max: MAX_TOKENS, control: "main" }),
  row("workload.concurrency", "c", "int", { min: 1, max: 1e6, control: "main" }),
  engine("kv_cache_dtype", "kv", "choice", { control: "main" }),
  engine("quantization", "q", "choice", { control: "main", short: "-q" }),
  engine("dtype", "dt", "choice", { control: "main" }),
  engine("gpu_memory_utilization", "u", "number", { min: 0, max: 1, control: "main" }),
  row("workload.context_tokens", "len", "tokens", { min: 1, max: MAX_TOKENS, control: "advanced" }),
  row("workload.prompt_tokens", "in", "tokens", { min: 0, max: MAX_TOKENS, usual: 512, control: "advanced" }),
  row("workload.gen_tokens", "out", "tokens", { min: 0, max: MAX_TOKENS, usual: 256, control: "advanced" }),
  engine("pipeline_parallel_size", "pp", "int", { min: 1, max: 1024, short: "-pp" }),
  engine("data_parallel_size", "dp", "int", { min: 1, max: 1024, short: "-dp" }),
  engine("enable_expert_parallel", "ep", "bool", { short: "-ep" }),
  engine("enable_eplb", "lb", "bool"),
  engine("eplb_config", "lbc", "json"),
  engine("max_num_batched_tokens", "bt", "tokens", { min: 1, max: 2 ** 24 }),
  engine("max_num_seqs", "ms", "int", { min: 1, max: 1e6 }),
  engine("block_size", "bs", "int", { min: 1, max: 65536 }),
  engine("kv_cache_memory_bytes", "kvb", "bytes", { min: 1, max: MAX_BYTES }),
  engine("num_gpu_blocks_override", "nb", "int", { min: 1, max: 1e9 }),
  engine("enforce_eager", "ee", "bool"),
  engine("max_cudagraph_capture_size", "mg", "int", { min: 0, max: 65536 }),
  engine("cudagraph_capture_sizes", "gs", "json", { many: true }),
  engine("compilation_config", "cpl", "json", { short: "-cc" }),
  engine("optimization_level", "ol", "int", { min: 0, max: 3, short: "-O" }),
  engine("enable_prefix_caching", "pc", "bool"),
  engine("enable_chunked_prefill", "cp", "bool"),
  engine("language_model_only", "lm", "bool"),
  engine("skip_mm_profiling", "sm", "bool"),
  engine("mm_encoder_tp_mode", "me", "enum", { values: ["weights", "data"] }),
  engine("limit_mm_per_prompt", "mm", "json"),
  engine("speculative_config", "sp", "json", { short: "-sc" }),
  row("draft_config", "dcfg", "blob", { control: "advanced", word: "draft_config" }),
  engine("decode_context_parallel_size", "dcp", "int", { min: 1, max: 1024, short: "-dcp" }),
  engine("prefill_context_parallel_size", "pcp", "int", { min: 1, max: 1024, short: "-pcp" }),
  engine("async_scheduling", "as", "bool"),
  engine("disable_hybrid_kv_cache_manager", "dh", "bool"),
  engine("disable_sliding_window", "ds", "bool"),
  engine("mamba_cache_mode", "mcm", "enum", { values: ["all", "align", "none"] }),
  engine("mamba_cache_dtype", "mcd", "enum", { values: STATE_DTYPES }),
  engine("mamba_ssm_cache_dtype", "mcs", "enum", { values: STATE_DTYPES }),
  row("engine.usage_context", "uc", "enum", { values: ["LLM_CLASS", "ENGINE_CONTEXT"], control: "advanced" }),
  engine("runner", "rn", "enum", { values: ["auto", "generate", "pooling"] }),
  engine("hf_overrides", "ho", "json"),
  engine("enable_lora", "lo", "bool"),
  engine("max_loras", "nl", "int", { min: 1, max: 1024 }),
  engine("max_lora_rank", "lr", "int", { min: 1, max: 4096 }),
  engine("performance_mode", "pm", "enum", { values: ["balanced", "interactivity", "throughput"] }),
  engine("cpu_offload_gb", "off", "number", { min: 0, max: 1e6 }),
  engine("swap_space", "sw", "number", { min: 0, max: 1e6 }),
  row("policy.headroom_gb", "hr", "number", { min: 0, max: 1e6, usual: 1, control: "advanced" }),
  row("policy.overhead_gb", "oh", "number", { min: 0, max: 1e6, control: "advanced" }),
  row("policy.fragmentation_factor", "fr", "number", { min: 1, max: 100, usual: 1.15, control: "advanced" }),
  row("policy.params_b", "pb", "number", { min: 1e-6, max: 1e6, control: "advanced" }),
  row("page.name", "id", "text"),
  row("page.args", "xa", "json"),
  row("page.profile", "xp", "json"),
  row("page.price", "usd", "number", { min: 0, max: 1e6 }),
];

const index = (name) => new Map(FIELDS.filter((field) => field[name]).map((field) => [field[name], field]));
export const BY_PATH = index("path");
export const BY_KEY = index("key");
export const BY_FLAG = new Map([...index("flag"), ...index("short")]);

// Whether what the core names ("engine.speculative_config.method") is the field or a member of it.
export const concerns = (where, { path }) => `${where}.`.startsWith(`${path}.`);

export const controls = (place) => FIELDS.filter((field) => field.control === place);
