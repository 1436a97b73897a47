// Published start-up logs -> one row each: what the report predicted, what vLLM printed, and the errors between them.
//
// In percent: `weights` of "Model loading took"; `error` of the memory for the KV cache, in percent of the requested
// budget, and `ofPrinted`, of that memory itself; `tokens` and `concurrency` for the printed amount of that memory, so of
// the planner alone, and `reached`, the concurrency from the predicted amount.
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { askAll } from "./ask.mjs";
import { spelling } from "./log-names.mjs";
import { GiB, requestOf } from "./log-requests.mjs";

// The same start with the printed amount of KV memory, the least and the most that prints so: only the planner is measured.
const withPrintedCache = (request, gib) =>
  [gib - 0.005, gib + 0.005].map((amount) => {
    const other = structuredClone(request);
    other.engine.kv_cache_memory_bytes = Math.max(1, Math.round(amount * GiB));
    return other;
  });

// In percent of what was printed; 0 between the two.
const outside = (least, most, printed) => (100 * Math.max(0, printed - most, least - printed)) / printed;

function judgeBudget(row, report, log) {
  const { budget } = report;
  const printed = log.measured.available_kv_gib;
  if (
    !budget ||
    printed === null ||
    !row.gpu ||
    row.leftOut ||
    log.confidence_level === "low" ||
    log.measured.kv_cache_memory_bytes_flag
  )
    return;
  const own = row.weightsKnown || log.measured.weights_gib === null;
  const shift = own ? 0 : (row.loaded - log.measured.weights_gib) * GiB;
  if (!row.weightsKnown && log.measured.weights_gib === null) return;
  row.available = (budget.available_kv_bytes + shift) / GiB;
  row.low = (budget.available_kv_low_bytes + shift) / GiB;
  row.high = (budget.available_kv_high_bytes + shift) / GiB;
  row.requested = budget.requested_bytes / GiB;
  row.error = (100 * (row.available - printed)) / row.requested;
  if (printed > 0) row.ofPrinted = (100 * (row.available - printed)) / printed;
  row.inside = printed >= row.low - 0.006 && printed <= row.high + 0.006;
  row.width = (100 * (row.high - row.low)) / 2 / row.requested;
  row.terms = Object.fromEntries(
    budget.terms.map((term) => [term.id, { gib: term.bytes / GiB, in: term.in_budget, inputs: term.inputs }]),
  );
}

function judgeCache(row, report, least, most, log) {
  const { kv_tokens: tokens, max_concurrency: times } = log.measured;
  if (!least?.kv || !most?.kv || least.error || log.confidence_level === "low") return;
  if (tokens && most.kv.tokens) row.tokens = outside(least.kv.tokens ?? most.kv.tokens, most.kv.tokens, tokens);
  if (!times || !most.kv.max_concurrency || log.measured.max_concurrency_at_tokens !== log.max_model_len) return;
  const first = least.kv.max_concurrency ?? most.kv.max_concurrency;
  row.concurrency = outside(first - 0.005, most.kv.max_concurrency + 0.005, times);
  if (row.error !== undefined && row.weightsKnown)
    row.reached = (100 * ((report.kv.max_concurrency ?? 0) - times)) / times;
}

// What the log shows of the outcome, against the verdict.
function judgeStart(row, report, log) {
  const failed = log.measured.kv_needed_gib_for_max_len || log.measured.available_kv_gib < 0;
  const started =
    !failed && Boolean(log.measured.kv_tokens || log.measured.gpu_blocks || log.measured.cuda_graph_gib !== null);
  if (!report.verdict || !row.gpu || row.leftOut || !(failed || started) || !row.weightsKnown) return;
  row.outcome = started ? "started" : "failed";
  row.starts = report.verdict.starts;
  row.verdictRight = started === ["likely", "yes"].includes(row.starts);
}

function judge(log, row, [report, least, most]) {
  row.refused = report.error?.code;
  row.resolved = report.resolved;
  row.confidence = report.model?.confidence;
  row.modelled = !report.model?.estimate_reasons?.some((reason) => /not modelled/.test(reason));
  // What vLLM prints has the draft model and LoRA slots in it.
  const loading = (report.budget?.terms ?? []).filter((term) =>
    ["draft_model", "lora", "cpu_offload"].includes(term.id),
  );
  row.loaded =
    report.ranks && (report.ranks[0].loaded_bytes + loading.reduce((sum, term) => sum + term.bytes, 0)) / GiB;
  const comparable = row.weightsKnown && !row.weightsLeftOut && log.confidence_level !== "low";
  if (report.ranks && log.measured.weights_gib && comparable)
    row.weights = (100 * (row.loaded - log.measured.weights_gib)) / log.measured.weights_gib;
  judgeBudget(row, report, log);
  judgeStart(row, report, log);
  if (log.measured.available_kv_gib > 0) judgeCache(row, report, least, most, log);
  return row;
}

export async function rowsOf(file, cli, match) {
  const shared = resolve(dirname(file), "..");
  const lines = readFileSync(file, "utf8").trim().split("\n");
  const logs = lines.filter((line) => !match || line.includes(match)).map((line) => JSON.parse(line));
  const asked = logs.map((log) => ({ log, ...requestOf(log, shared) })).filter(({ request }) => request);
  const requests = asked.flatMap(({ log, request }) => [
    request,
    ...withPrintedCache(request, log.measured.available_kv_gib ?? 1),
  ]);
  const answers = await askAll(cli, requests);
  const names = spelling(cli, logs);
  return asked.map(({ log, request, config, ...known }, index) => {
    const named = {
      id: log.id,
      model: names.model(log, { config }),
      family: log.family,
      gpuName: names.gpu(log, known),
    };
    const row = judge(log, { ...known, ...named }, answers.slice(3 * index, 3 * index + 3));
    return Object.assign(row, { log, engine: request.engine });
  });
}
