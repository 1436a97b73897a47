// How close the predicted start-up is to what vLLM printed, over published start-up logs.
//
//   node tests/accuracy/logs.mjs [--cli PATH] [--logs FILE] [--show N] [--match TEXT] [--write web/data/accuracy.json] [--dump]
//
// Weights against "Model loading took"; memory for the KV cache against "Available KV cache memory", in percent of the
// requested budget; tokens and concurrency for the printed amount of it; whether it starts. Tables per release, GPU and
// family, with the misses by name. --dump prints one JSON object a log, which calibrate.mjs reads.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { askAll } from "./ask.mjs";
import { GiB, requestOf } from "./log-requests.mjs";
import { meanOf, printTable, quantile, tally } from "./statistics.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const repo = resolve(here, "../..");
const string = { type: "string" };
const { values: options } = parseArgs({
  options: { cli: string, logs: string, show: string, match: string, write: string, dump: { type: "boolean" } },
});
const cli = resolve(options.cli ?? `${repo}/build/native/vram-gauge`);
const file = resolve(options.logs ?? `${repo}/../shared/logs/startup-logs.jsonl`);

const read = () =>
  readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const percent = (value) => (Number.isFinite(value) ? `${value.toFixed(value < 0.1 ? 3 : 2)} %` : "-");

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
  row.inside = printed >= row.low - 0.006 && printed <= row.high + 0.006;
  row.width = (100 * (row.high - row.low)) / 2 / row.requested;
  row.terms = Object.fromEntries(
    budget.terms.map((term) => [term.id, { gib: term.bytes / GiB, in: term.in_budget, inputs: term.inputs }]),
  );
}

function judgeCache(row, least, most, log) {
  const { kv_tokens: tokens, max_concurrency: times } = log.measured;
  if (!least?.kv || !most?.kv || least.error || log.confidence_level === "low") return;
  if (tokens && most.kv.tokens) row.tokens = outside(least.kv.tokens ?? most.kv.tokens, most.kv.tokens, tokens);
  if (times && most.kv.max_concurrency && log.measured.max_concurrency_at_tokens === log.max_model_len)
    row.concurrency = outside(
      (least.kv.max_concurrency ?? most.kv.max_concurrency) - 0.005,
      most.kv.max_concurrency + 0.005,
      times,
    );
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
  Object.assign(row, {
    id: log.id,
    model: log.model.split("/").pop(),
    family: log.family,
    gpuClass: log.gpu_class ?? row.gpu ?? "not named",
  });
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
  if (report.ranks && log.measured.weights_gib && row.weightsKnown && log.confidence_level !== "low")
    row.weights = (100 * (row.loaded - log.measured.weights_gib)) / log.measured.weights_gib;
  judgeBudget(row, report, log);
  judgeStart(row, report, log);
  if (log.measured.available_kv_gib > 0) judgeCache(row, least, most, log);
  return row;
}

async function run(logs) {
  const shared = resolve(dirname(file), "..");
  const asked = logs.map((log) => ({ log, ...requestOf(log, shared) })).filter(({ request }) => request);
  const requests = asked.flatMap(({ log, request }) => [
    request,
    ...withPrintedCache(request, log.measured.available_kv_gib ?? 1),
  ]);
  const answers = await askAll(cli, requests);
  return asked.map(({ log, request, ...known }, index) => {
    const row = judge(log, known, answers.slice(3 * index, 3 * index + 3));
    return Object.assign(row, { log, engine: request.engine });
  });
}

const minorOf = ({ release }) => `0.${release.split(".")[1]}`;
const figures = (rows, key) => rows.filter((row) => row[key] !== undefined).map((row) => Math.abs(row[key]));
const summary = (values) => ({
  n: values.length,
  mean: meanOf(values),
  median: quantile(values, 0.5),
  p90: quantile(values, 0.9),
  worst: Math.max(...values, 0),
});

const columns = { weights: "weights", error: "KV memory", tokens: "tokens", concurrency: "concurrency" };

function printGroups(rows, title, key) {
  const lines = tally(rows, key).map(([name, group]) => [
    name,
    ...Object.keys(columns).flatMap((column) => {
      const s = summary(figures(group, column));
      return s.n ? [s.n, percent(s.median), percent(s.p90)] : ["", "", ""];
    }),
  ]);
  printTable([title, ...Object.values(columns).flatMap((name) => [`${name} n`, "median", "p90"])], lines);
}

function accuracy(rows) {
  const budget = rows.filter((row) => row.error !== undefined);
  const inside = budget.filter((row) => row.inside);
  const starts = rows.filter((row) => row.outcome);
  return {
    logs: rows.length,
    weights: summary(figures(rows, "weights")),
    kv_memory: {
      ...summary(figures(rows, "error")),
      within_3_percent: budget.filter((row) => Math.abs(row.error) <= 3).length / budget.length,
    },
    band: {
      n: budget.length,
      holds: inside.length / budget.length,
      half_width_median: quantile(
        budget.map((row) => row.width),
        0.5,
      ),
    },
    tokens: summary(figures(rows, "tokens")),
    concurrency: summary(figures(rows, "concurrency")),
    starts: { n: starts.length, right: starts.filter((row) => row.verdictRight).length },
  };
}

const rounded = (value) => (typeof value === "number" ? Number(value.toPrecision(4)) : value);
const compact = (object) => JSON.parse(JSON.stringify(object, (_, value) => rounded(value)));

// What the page shows under "About the numbers": counts and errors by group, and every miss.
function publish(rows) {
  const group = (key) =>
    tally(rows, key).map(([name, members]) => {
      const [kv, weights, tokens] = ["error", "weights", "tokens"].map((column) => summary(figures(members, column)));
      return {
        name,
        logs: members.length,
        weights: [weights.n, weights.median],
        kv_memory: [kv.n, kv.median, kv.p90],
        tokens: [tokens.n, tokens.median],
      };
    });
  const misses = rows
    .filter(
      (row) =>
        Math.abs(row.error) > 3 ||
        Math.abs(row.weights) > 0.5 ||
        Math.abs(row.tokens) > 0.5 ||
        row.verdictRight === false,
    )
    .map((row) => ({
      model: row.model,
      gpu: row.gpuClass,
      release: row.release,
      source: row.log.source_url,
      kv_memory: row.error,
      weights: row.weights,
      tokens: row.tokens,
      starts: row.verdictRight === false ? [row.starts, row.outcome] : undefined,
    }));
  return compact({
    total: accuracy(rows),
    releases: group(minorOf),
    gpus: group((row) => row.gpuClass),
    families: group((row) => row.family),
    misses,
  });
}

function print(rows) {
  printGroups(rows, "release", minorOf);
  printGroups(rows, "GPU", (row) => row.gpuClass);
  printGroups(rows, "family", (row) => row.family);
  const a = accuracy(rows);
  for (const [key, name] of [
    ["weights", "weights as loaded"],
    ["kv_memory", "KV memory, % of budget"],
    ["tokens", "tokens for printed memory"],
    ["concurrency", "concurrency"],
  ])
    console.log(
      `${name.padEnd(28)} n ${String(a[key].n).padStart(3)}  mean ${percent(a[key].mean)}  median ${percent(a[key].median)}  90 % within ${percent(a[key].p90)}`,
    );
  console.log(
    `band holds ${(100 * a.band.holds).toFixed(1)} % of ${a.band.n}, half width ± ${percent(a.band.half_width_median)} in the median`,
  );
  console.log(`verdict on starting right: ${a.starts.right} of ${a.starts.n}`);
  console.log("best published peer for comparison: 58 runs, weights .89 %, KV 6.62 %, concurrency 15 % mean error");
  const misses = rows.filter(
    (row) =>
      Math.abs(row.error) > 1 ||
      Math.abs(row.weights) > 0.5 ||
      row.inside === false ||
      row.verdictRight === false ||
      Math.abs(row.tokens) > 0.15,
  );
  misses.sort((x, y) => Math.abs(y.error ?? 0) - Math.abs(x.error ?? 0));
  for (const row of misses.slice(0, Number(options.show ?? 15)))
    console.log(
      `  ${row.model.slice(0, 44).padEnd(44)} ${row.gpuClass.slice(0, 22).padEnd(22)} ${row.release.padEnd(7)} tp${row.log.tp} ` +
        `KV ${row.error?.toFixed(2) ?? "-"} % (${row.available?.toFixed(2)} [${row.low?.toFixed(2)}, ${row.high?.toFixed(2)}] printed ${row.log.measured.available_kv_gib}) ` +
        `weights ${row.weights?.toFixed(3) ?? "-"} % tokens ${row.tokens?.toFixed(2) ?? "-"} % ${row.verdictRight === false ? `STARTS ${row.starts}/${row.outcome}` : ""} ${row.refused ?? ""}`,
    );
}

if (!existsSync(file)) {
  console.log(`no start-up logs at ${file}: nothing to compare`);
} else {
  const logs = read().filter((log) => !options.match || JSON.stringify(log).includes(options.match));
  const rows = await run(logs);
  if (options.dump)
    for (const { log, ...row } of rows) console.log(JSON.stringify({ ...row, measured: log.measured, tp: log.tp }));
  else print(rows);
  if (options.write) {
    const target = resolve(options.write);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, `${JSON.stringify(publish(rows))}\n`);
  }
}
