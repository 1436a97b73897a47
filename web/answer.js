// What the report says, in a reader's words. DOM-free: { tone, head, tail, more, estimate, reasons } for one report or
// error. tone: "good", "mixed", "bad" or "none" (no answer). `about` has what the words need besides the report:
// { state, t, fmt, gpus: "4 × H100" }.

export function answer(report, about) {
  const { t } = about;
  if (!report && about.error) return refused(about.error, t);
  if (!report) return { tone: "none", head: t("verdict.noModel"), tail: t("verdict.noModel.tail") };
  if (lacksGpu(report)) return unplaced(report, about);
  if (report.error) return refused(report.error, t);
  const said =
    report.rule_of_thumb && report.method === "rule-of-thumb" ? planned(report, about) : served(report, about);
  const estimate = report.model?.confidence === "estimate";
  return { ...said, estimate, reasons: estimate ? reasons(report, t) : [] };
}

// Whether nobody has named a GPU: what doesn't depend on one is in the report all the same. The GPU field says it.
export const lacksGpu = (report) => Boolean(report && !report.error && !report.verdict);

function unplaced({ ranks = [] }, { t, fmt }) {
  const held = Math.max(0, ...ranks.map((rank) => rank.loaded_bytes ?? rank.weights_bytes ?? 0));
  const tail = held ? t("verdict.noGpu.weights", { size: fmt.bytes(held) }) : t("verdict.noGpu.tail");
  return { tone: "none", head: t("verdict.noGpu"), tail };
}

function refused(error, t) {
  if (error.code === "no-model") return { tone: "none", head: t("verdict.noModel"), tail: t("verdict.noModel.tail") };
  const refusal = error.code?.startsWith("vllm-refuses/");
  return { tone: "bad", head: t(refusal ? "verdict.refuses" : "verdict.cant"), tail: t.said(error.message) };
}

// Why it's an estimate: in the core's words, else every warning; and what isn't counted at all.
function reasons({ model, notes = [], warnings = [] }, t) {
  const left = notes.filter(({ code }) => code === "kv-cache-unknown");
  const why = model.estimate_reasons ?? warnings.map(({ message }) => message);
  return [...why, ...left.map(({ message }) => message)].map(t.said);
}

function planned(report, { state, t, fmt }) {
  const { headroom_bytes: spare, fits } = report.rule_of_thumb;
  const size = fmt.bytes(Math.abs(spare));
  const wanted = fmt.number(state["policy.headroom_gb"] ?? 1);
  const key = spare < 0 ? "verdict.short.all" : fits ? "verdict.spare.all" : "verdict.tight";
  const head = t(fits ? "verdict.planned" : "verdict.planned.not");
  return { tone: fits ? "good" : spare < 0 ? "bad" : "mixed", head, tail: t(key, { size, wanted }) };
}

function served(report, about) {
  const { starts, fits } = report.verdict;
  if (starts === "no") return never(report, about);
  if (starts !== "yes") return perhaps(report, about);
  return fits ? roomy(report, about) : queued(report, about);
}

const lengthOf = (report) => report.resolved?.max_model_len ?? report.model?.max_model_len;

// Context and number of requests the verdict speaks about.
export function workload(report, state) {
  return {
    ctx: report.resolved?.context_tokens ?? state["workload.context_tokens"] ?? lengthOf(report),
    asked: report.resolved?.concurrency ?? state["workload.concurrency"] ?? 1,
  };
}

function never(report, { t, fmt }) {
  const budget = report.budget ?? {};
  const longest = report.kv?.max_model_len_that_fits;
  if (longest > 0) {
    const head = t("verdict.tooLong", { ctx: fmt.int(lengthOf(report)) });
    return { tone: "bad", head, tail: t("verdict.tooLong.tail", { max: fmt.int(longest) }) };
  }
  const weights = budget.terms?.find((term) => term.id === "weights")?.bytes ?? 0;
  const short = weights - (budget.requested_bytes ?? Infinity);
  const pool = budget.available_kv_bytes ?? 0;
  const [key, bytes] =
    short > 0 ? ["weights", short] : pool < 0 ? ["rest", -pool] : ["kv", -report.verdict.headroom_bytes];
  return {
    tone: "bad",
    head: t("verdict.never"),
    tail: bytes > 0 ? t(`verdict.never.${key}`, { size: fmt.bytes(bytes) }) : "",
  };
}

function perhaps(report, { t, fmt }) {
  const { starts } = report.verdict;
  const [low, high] = startBand(report);
  const key = low >= 0 ? "verdict.betweenSpare" : high < 0 ? "verdict.betweenShort" : "verdict.between";
  const tail = t(key, { low: fmt.bytes(Math.abs(low)), high: fmt.bytes(Math.abs(high)) });
  return { tone: "mixed", head: t(`verdict.${starts}`), tail };
}

// What may be left, at worst and at best, beside the one request that vLLM insists on.
function startBand({ budget, kv, verdict }) {
  const { available_kv_bytes: pool, available_kv_low_bytes: low = pool, available_kv_high_bytes: high = pool } = budget;
  const needed = oneRequest(kv) || pool - verdict.headroom_bytes;
  return [low - needed, high - needed];
}

// Bytes of a request of max_model_len: its blocks in every group, each as large as a block of the pool.
const oneRequest = ({ groups = [], bytes_per_block: block = 0 } = {}) =>
  groups.reduce((sum, group) => sum + (group.blocks_at_max_model_len ?? 0), 0) * block;

// How far the run-time terms may be off together: bytes more and bytes less than the middle.
export function spread({ budget }) {
  const {
    available_kv_bytes: pool,
    available_kv_low_bytes: low = pool,
    available_kv_high_bytes: high = pool,
  } = budget ?? {};
  return { more: Math.max(0, pool - low) || 0, less: Math.max(0, high - pool) || 0 };
}

function roomy(report, about) {
  const { t, fmt } = about;
  const { headroom_bytes: spare, max_concurrency_at_context: runs } = report.verdict;
  const { ctx, asked } = workload(report, about.state);
  const values = {
    n: Math.round(runs * 100) / 100,
    gpus: about.gpus,
    conc: fmt.count(runs),
    ctx: fmt.int(ctx),
    asked: fmt.int(asked),
  };
  return {
    tone: "good",
    head: t("verdict.fits"),
    tail: t("verdict.spare", { size: fmt.bytes(spare) }),
    more: runs === undefined || !ctx ? "" : t("verdict.holds", values),
  };
}

function queued(report, about) {
  const { t, fmt } = about;
  const { ctx, asked } = workload(report, about.state);
  const runs = Math.floor(report.verdict.max_concurrency_at_context ?? 0);
  if (runs >= asked && ctx <= lengthOf(report)) return tight(report, about);
  const head = t("verdict.queues", { n: asked, asked: fmt.int(asked), ctx: fmt.int(ctx) });
  return { tone: "mixed", head, tail: t("verdict.queues.tail", { n: runs, runs: fmt.int(runs) }) };
}

// All of it fits, with less left than the reader wants.
function tight({ verdict }, { state, t, fmt }) {
  const values = { size: fmt.bytes(verdict.headroom_bytes), wanted: fmt.number(state["policy.headroom_gb"] ?? 1) };
  return { tone: "mixed", head: t("verdict.just"), tail: t("verdict.tight.gpu", values) };
}
