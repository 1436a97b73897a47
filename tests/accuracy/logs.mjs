// How close the predicted start-up is to what vLLM printed, over published start-up logs.
//
//   node tests/accuracy/logs.mjs [--cli PATH] [--logs FILE] [--show N] [--match TEXT] [--update] [--dump]
//
// Weights against "Model loading took"; memory for the KV cache against "Available KV cache memory", in percent of the
// requested budget; tokens and concurrency for the printed amount of it; whether it starts. Tables per release, GPU and
// family, with the misses by name. Fails where an error exceeds its limit below, or web/data/accuracy.json is not what
// these logs give; --update writes that file. --dump prints one JSON object a log, which calibrate.mjs reads.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { accuracyOf, figures, minorOf, publicationOf, summary } from "./log-accuracy.mjs";
import { rowsOf } from "./log-rows.mjs";
import { printTable, tally } from "./statistics.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const repo = resolve(here, "../..");
const string = { type: "string" };
const flag = { type: "boolean" };
const { values: options } = parseArgs({
  options: { cli: string, logs: string, show: string, match: string, update: flag, dump: flag },
});
const cli = resolve(options.cli ?? `${repo}/build/native/vram-gauge`);
const file = resolve(options.logs ?? `${repo}/../shared/logs/startup-logs.jsonl`);
const publicFile = `${repo}/web/data/accuracy.json`;

const percent = (value) => (Number.isFinite(value) ? `${value.toFixed(value < 0.1 ? 3 : 2)} %` : "-");

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

function printMisses(rows) {
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
      `  ${row.model.slice(0, 44).padEnd(44)} ${row.gpuName.slice(0, 22).padEnd(22)} ${row.release.padEnd(7)} tp${row.log.tp} ` +
        `KV ${row.error?.toFixed(2) ?? "-"} % (${row.available?.toFixed(2)} [${row.low?.toFixed(2)}, ${row.high?.toFixed(2)}] printed ${row.log.measured.available_kv_gib}) ` +
        `weights ${row.weights?.toFixed(3) ?? "-"} % tokens ${row.tokens?.toFixed(2) ?? "-"} % ${row.verdictRight === false ? `STARTS ${row.starts}/${row.outcome}` : ""} ${row.refused ?? ""}`,
    );
}

function printPeer({ best_published: best, ours }) {
  const line = (name, { runs, weights, kv_memory, concurrency }) => [
    name,
    runs,
    ...[weights, kv_memory, concurrency].map(percent),
  ];
  printTable(
    ["mean errors", "runs", "weights", "KV memory, of that printed", "concurrency reached"],
    [line("best published peer", best), line("here", ours)],
  );
}

function print(rows, publication) {
  printGroups(rows, "release", minorOf);
  printGroups(rows, "GPU", (row) => row.gpuName);
  printGroups(rows, "family", (row) => row.family);
  printPeer(publication.peer);
  const a = accuracyOf(rows);
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
  printMisses(rows);
}

// What must hold, as [what, figure, limit].
const limits = (a) => [
  ["mean error of KV memory, % of budget", a.kv_memory.mean, 1],
  ["median error of KV memory", a.kv_memory.median, 0.3],
  ["90th percentile of the error of KV memory", a.kv_memory.p90, 3],
  ["share of KV memory outside its band", 1 - a.band.holds, 0.1],
  ["wrong verdicts on starting", a.starts.n - a.starts.right, 0],
  ["median error of weights", a.weights.median, 0.05],
  ["90th percentile of the error of weights", a.weights.p90, 0.5],
];

function fail(message) {
  console.log(`FAILED: ${message}`);
  process.exitCode = 1;
}

function check(rows, publication) {
  for (const [what, figure, limit] of limits(accuracyOf(rows)))
    if (!(figure <= limit)) fail(`${what} is ${figure.toPrecision(3)}, over ${limit}`);
  if (!isDeepStrictEqual(JSON.parse(readFileSync(publicFile, "utf8")), publication))
    fail("web/data/accuracy.json is not up to date: node tests/accuracy/logs.mjs --update");
}

function update(publication) {
  writeFileSync(publicFile, `${JSON.stringify(publication)}\n`);
  spawnSync(`${repo}/node_modules/.bin/biome`, ["format", "--write", publicFile], { cwd: repo });
}

if (!existsSync(file)) {
  console.log(`no start-up logs at ${file}: nothing to compare`);
} else {
  const rows = await rowsOf(file, cli, options.match);
  const publication = publicationOf(rows);
  if (options.dump)
    for (const { log, ...row } of rows) console.log(JSON.stringify({ ...row, measured: log.measured, tp: log.tp }));
  else print(rows, publication);
  if (options.update) update(publication);
  if (!options.dump && !options.match) check(rows, publication);
}
