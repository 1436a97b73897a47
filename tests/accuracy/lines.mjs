// What the truth files ask: one truth line -> the requests to make, and the verdict on their reports.
// A verdict is { state, found?, expected? } with state
//   exact     agrees in every number compared
//   estimate  does not agree, or was not answered, and says so itself
//   wrong     does not agree though the answer is labelled exact

// vLLM's spec classes, as the report names them.
export const KINDS = {
  FullAttentionSpec: "full",
  SlidingWindowSpec: "sliding",
  ChunkedLocalAttentionSpec: "chunked",
  MLAAttentionSpec: "mla",
  MambaSpec: "mamba",
  CrossAttentionSpec: "cross",
  UniformTypeKVCacheSpecs: "uniform",
};

// The part of a request that a weights line and a KV line share. Paths are relative to the truth folder's parent.
const baseRequest = (line, root) => ({
  config_path: `${root}/${line.config}`,
  ...(line.hf_quant_config && { hf_quant_config_path: `${root}/${line.hf_quant_config}` }),
  method: "vllm",
  vllm_version: line.vllm_version,
  engine: line.engine,
  hardware: line.hardware,
});

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const verdict = (agrees, labelledExact, found, expected) =>
  agrees ? { state: "exact" } : { state: labelledExact ? "wrong" : "estimate", found, expected };

// An error says nothing about the model, so it counts as "not answered", except a refusal: that is a statement
// about vLLM, and a false one is wrong unless the report beside it calls itself an estimate.
const labelledExact = (answer, part) => {
  const confidence = answer[part]?.confidence ?? answer.model?.confidence;
  return answer.error
    ? answer.error.code.startsWith("vllm-refuses/") && confidence !== "estimate"
    : confidence === "exact";
};

const brief = (answer, value) => (answer.error ? { error: answer.error } : value);

function judgeWeights(line, [answer]) {
  const exact = labelledExact(answer, "weights");
  if (line.refused) {
    const code = `vllm-refuses/${line.refused}`;
    return verdict(answer.error?.code === code, exact, brief(answer, "answered"), code);
  }
  const ours = (pp, tp) => answer.ranks?.find((rank) => rank.pp === pp && rank.tp <= tp && tp <= rank.tp_last);
  const expected = line.ranks.map(({ pp, tp, param_bytes, buffer_bytes }) => [pp, tp, param_bytes + buffer_bytes]);
  const found = expected.map(([pp, tp]) => [pp, tp, ours(pp, tp)?.weights_bytes ?? null]);
  return verdict(!answer.error && same(found, expected), exact, brief(answer, found), expected);
}

const closeTo = (a, b) => a === b || Math.abs(a - b) <= 1e-9 * Math.abs(b);

function kvCaseAgrees(wanted, kv) {
  if (wanted.refused) return kv.blocks === null && kv.max_model_len_that_fits === wanted.max_model_len_that_fits;
  return (
    kv.blocks === wanted.blocks && kv.tokens === wanted.tokens && closeTo(kv.max_concurrency, wanted.max_concurrency)
  );
}

const groupRows = (groups, kind) =>
  groups
    .map((group) => JSON.stringify([kind(group), group.layers, group.block_size, group.page_size_bytes]))
    .sort()
    .map((row) => JSON.parse(row));

function judgeKv(line, answers) {
  const found = [];
  const expected = [];
  let agrees = true;
  const differ = (ours, theirs) => {
    agrees = false;
    found.push(ours);
    expected.push(theirs);
  };
  answers.forEach((answer, index) => {
    const wanted = line.cases[index];
    const kv = answer.kv;
    if (answer.error || !kv) {
      differ(brief(answer, "no kv section"), wanted);
    } else if (!kvCaseAgrees(wanted, kv)) {
      const { blocks, tokens, max_concurrency, max_model_len_that_fits } = kv;
      differ({ blocks, tokens, max_concurrency, max_model_len_that_fits }, wanted);
    }
  });
  const kv = answers[0].error ? undefined : answers[0].kv;
  if (kv && line.groups.length) {
    const ours = groupRows(kv.groups, (group) => group.kind);
    const theirs = groupRows(line.groups, (group) => KINDS[group.kind] ?? group.kind);
    if (!same(ours, theirs)) differ({ groups: ours }, { groups: theirs });
  }
  if (kv && line.bytes_per_block !== undefined && kv.bytes_per_block !== line.bytes_per_block)
    differ({ bytes_per_block: kv.bytes_per_block }, { bytes_per_block: line.bytes_per_block });
  return verdict(
    agrees,
    answers.some((answer) => labelledExact(answer, "kv")),
    found,
    expected,
  );
}

// The engine settings and model facts beside the bytes: dtype, quantization and the length limit.
// In 0.19.1 a hybrid's block_size is the one before alignment, and kv_cache_dtype "auto" hides a checkpoint's own scheme.
const skipSetting = (key, line) =>
  (key === "block_size" && (line.vllm_version === "0.19.1" || line.groups.length !== 1)) ||
  (key === "kv_cache_dtype" && line.resolved[key] === "auto");

function judgeSettings(line, [answer]) {
  if (answer.error) return verdict(false, labelledExact(answer), brief(answer), line.resolved);
  const theirs = { dtype: line.dtype, quantization: line.quantization, max_model_len: line.max_model_len };
  const ours = Object.fromEntries(Object.keys(theirs).map((key) => [key, answer.model?.[key] ?? null]));
  for (const key of Object.keys(line.resolved).filter((key) => !skipSetting(key, line))) {
    theirs[key] = line.resolved[key];
    ours[key] = answer.resolved?.[key] ?? null;
  }
  const differing = Object.keys(theirs).filter((key) => ours[key] !== theirs[key]);
  const pick = (from) => Object.fromEntries(differing.map((key) => [key, from[key]]));
  return verdict(!differing.length, labelledExact(answer), pick(ours), pick(theirs));
}

function ruleOfThumbRequest({ model, hardware, workload, policy }) {
  const { name, params_b, dtype, quantization, kv_cache_dtype, ...shape } = model;
  const { gpu_memory_utilization, ...rest } = policy;
  return {
    config: JSON.stringify({ _name_or_path: name, ...shape }),
    method: "rule-of-thumb",
    engine: { dtype, quantization, kv_cache_dtype, tensor_parallel_size: hardware.tp_size, gpu_memory_utilization },
    hardware: { memory_bytes: hardware.vram_total_bytes / hardware.tp_size, gpus: hardware.tp_size },
    workload: { context_tokens: workload.context_len, concurrency: workload.concurrency },
    policy: { params_b, ...rest },
  };
}

function judgeRuleOfThumb({ expect }, [answer]) {
  if (answer.error || !answer.rule_of_thumb) return verdict(false, true, brief(answer, "no rule_of_thumb"), expect);
  const found = {};
  for (const key of Object.keys(expect)) found[key] = answer.rule_of_thumb[key];
  found.weights_bytes ??= answer.ranks?.[0]?.weights_bytes;
  found.warnings = answer.warnings.length;
  return verdict(same(found, expect), true, found, expect);
}

const kvRequests = (line, root) =>
  line.cases.map(({ kv_cache_memory_bytes }) => {
    const request = baseRequest(line, root);
    return { ...request, engine: { ...request.engine, kv_cache_memory_bytes } };
  });

export const parts = {
  weights: { file: "weights.jsonl", requests: (line, root) => [baseRequest(line, root)], judge: judgeWeights },
  kv: { file: "kv.jsonl", requests: kvRequests, judge: judgeKv },
  settings: { file: "kv.jsonl", requests: (line, root) => kvRequests(line, root).slice(0, 1), judge: judgeSettings },
  rot: { file: "rule-of-thumb.jsonl", requests: (line) => [ruleOfThumbRequest(line)], judge: judgeRuleOfThumb },
};
