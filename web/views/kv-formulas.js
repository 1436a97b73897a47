// How the KV figures follow from each other: formula, values, result. A formula is shown only if it gives the very
// figure in the report, so that a rule of another release or of a hybrid model is never explained wrongly. DOM-free.

const PLANNER = "vllm/v1/core/kv_cache_utils.py";

const sum = (list, of) => list.reduce((total, item) => total + of(item), 0);

// { pool, perBlock, blocks, concurrency, tokens, runs, longest, spare }, each { formula, inputs, result, source } or null.
export function kvFormulas({ kv, budget, resolved = {}, verdict = {} }, fmt) {
  const groups = kv.groups ?? [];
  const first = (value, candidates, print = fmt.int) => {
    const found = candidates.find(({ gives }) => Object.is(gives, value));
    return found ? { ...found, result: print(value) } : null;
  };
  const one = {
    block_size: groups[0]?.block_size,
    context: resolved.context_tokens,
    concurrency: resolved.concurrency,
  };
  return {
    pool: first(kv.available_bytes, poolRules(budget, kv), (value) => `${fmt.int(value)} B`),
    perBlock: first(kv.bytes_per_block, pageRules(groups)),
    blocks: first(kv.blocks, [
      {
        formula: "floor(available / bytes_per_block)",
        inputs: { available: kv.available_bytes, bytes_per_block: kv.bytes_per_block },
        gives: Math.floor(kv.available_bytes / kv.bytes_per_block),
        source: PLANNER,
      },
    ]),
    concurrency: first(kv.max_concurrency, concurrencyRules(kv, groups), fmt.ratio),
    tokens: first(kv.tokens, tokenRules(kv, groups, resolved)),
    runs: first(verdict.max_concurrency_at_context, [...plainOnly(groups, runRules(kv, one)), ...admissionRules(kv)]),
    longest: first(verdict.max_context_at_concurrency, plainOnly(groups, longestRules(kv, one, resolved))),
    spare: first(verdict.headroom_bytes, spareRules(kv, verdict), (value) => `${fmt.int(value)} B`),
  };
}

function poolRules(budget, kv) {
  const inside = (budget?.terms ?? []).filter((term) => term.in_budget !== false);
  const inputs = {
    requested: budget?.requested_bytes,
    ...Object.fromEntries(inside.map(({ id, bytes }) => [id, bytes])),
  };
  return [
    {
      formula: ["requested", ...inside.map(({ id }) => id)].join(" − "),
      inputs,
      gives: (budget?.requested_bytes ?? 0) - sum(inside, ({ bytes }) => bytes),
      source: "vllm/v1/worker/gpu_worker.py:determine_available_memory",
    },
    {
      formula: "kv_cache_memory_bytes, as given",
      inputs: {},
      gives: kv.available_bytes,
      source: "vllm/v1/worker/gpu_worker.py",
    },
  ];
}

function pageRules(groups) {
  if (groups.length !== 1) return [];
  const [{ layers, page_size_bytes: page }] = groups;
  return [
    {
      formula: "layers × page_size_bytes",
      inputs: { layers, page_size_bytes: page },
      gives: layers * page,
      source: PLANNER,
    },
  ];
}

function concurrencyRules({ blocks }, groups) {
  const request = sum(groups, (group) => group.blocks_at_max_model_len ?? 0);
  return [
    {
      formula: "blocks / blocks_of_one_request",
      inputs: { blocks, blocks_of_one_request: request },
      gives: blocks / request,
      source: PLANNER,
    },
  ];
}

// The second rule is that of releases before 0.20.1.
function tokenRules({ blocks, max_concurrency: most }, groups, { max_model_len: length }) {
  const block = Math.min(...groups.map((group) => group.block_size));
  return [
    {
      formula: "floor(max_concurrency × max_model_len)",
      inputs: { max_concurrency: most, max_model_len: length },
      gives: Math.floor(most * length),
      source: PLANNER,
    },
    {
      formula: "floor(blocks / groups) × block_size",
      inputs: { blocks, groups: groups.length, block_size: block },
      gives: Math.floor(blocks / groups.length) * block,
      source: PLANNER,
    },
  ];
}

const plainOnly = (groups, rules) => (groups.length === 1 && groups[0].kind === "full" ? rules : []);

// One block of the pool stays empty.
const runRules = ({ blocks }, { block_size: size, context }) => [
  {
    formula: "floor((blocks − 1) / ⌈context / block_size⌉)",
    inputs: { blocks, context, block_size: size },
    gives: Math.floor((blocks - 1) / Math.ceil(context / size)),
  },
];

// All but one run; while the last one's prompt comes in it holds more, with windows or states.
const admissionRules = ({ blocks, blocks_of_request: held, blocks_to_admit: admitted }) => [
  {
    formula: "1 + floor((blocks − 1 − blocks_to_admit) / blocks_of_request)",
    inputs: { blocks, blocks_to_admit: admitted, blocks_of_request: held },
    gives: 1 + Math.floor((blocks - 1 - admitted) / held),
    source: "vllm/v1/core/single_type_kv_cache_manager.py",
  },
];

function longestRules({ blocks }, { block_size: size, concurrency }, { max_model_len: length }) {
  const inputs = { blocks, concurrency, block_size: size, max_model_len: length };
  const room = Math.floor((blocks - 1) / concurrency) * size;
  return [
    {
      formula: "min(max_model_len, floor((blocks − 1) / concurrency) × block_size)",
      inputs,
      gives: Math.min(length, room),
    },
  ];
}

const spareRules = ({ available_bytes: available }, { kv_used_bytes: used }) => [
  {
    formula: "available − used_by_the_workload",
    inputs: { available, used_by_the_workload: used },
    gives: available - used,
  },
];
