// Fits the constants of core/src/data/calibration.inc, those amounts that no rule gives, to published start-up logs.
//
//   node tests/accuracy/calibrate.mjs [--cli PATH] [--logs FILE] [--write] [--splits 12]
//
// Every log's "Available KV cache memory" says what its constants add up to, once the terms that have rules are taken
// off with the weights that the log itself prints. Constants are medians; a log that has several of them fits the one
// that the others leave open. Bands are the extremes seen, widened where few logs speak. Without --write it only reports:
// fitted on half of the models, judged on the other half, several times over. --write fits on all and writes the table.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { meanOf, quantile } from "./statistics.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const repo = resolve(here, "../..");
const string = { type: "string" };
const { values: options } = parseArgs({
  options: { cli: string, logs: string, write: { type: "boolean" }, splits: string },
});
const table = `${repo}/core/src/data/calibration.inc`;
const logs = resolve(options.logs ?? `${repo}/../shared/logs/startup-logs.jsonl`);
const MiB = 2 ** 20;
const GiB = 2 ** 30;

function dumped() {
  const rest = ["cli", "logs"].filter((name) => options[name]).flatMap((name) => [`--${name}`, options[name]]);
  const text = execFileSync(process.execPath, [`${here}/logs.mjs`, "--dump", ...rest], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

// Whether a log can say something about constants: its budget is known, and so is its sampler.
function usable(row) {
  if (row.error === undefined || row.error === null || !row.modelled) return false;
  const minor = Number(row.release.split(".")[1]);
  const samplerKnown =
    minor >= 11 || minor < 8 || row.measured.activation_peak_gib !== null || row.resolved.max_num_seqs < 8;
  // Beyond 32,768 tokens a batch the forward pass itself is uncertain.
  return samplerKnown && row.resolved.max_num_batched_tokens <= 32768 && Math.abs(row.error) < 8;
}

// The constants of a log in GiB, by name, and what they add up to by its printed figures.
function observation(row) {
  const parts = {};
  for (const id of ["non_torch", "unified_memory"])
    for (const [name, bytes] of Object.entries(row.terms[id]?.inputs ?? {})) parts[name] = bytes / GiB;
  const shift =
    row.weights === undefined || row.measured.weights_gib === null ? 0 : row.loaded - row.measured.weights_gib;
  const sum = Object.values(parts).reduce((a, b) => a + b, 0);
  return {
    model: row.model,
    names: Object.keys(parts),
    before: sum,
    total: sum + row.available + shift - row.measured.available_kv_gib,
    row,
  };
}

function graphUnits(row) {
  const inputs = row.terms.cuda_graph?.inputs;
  const estimate = row.measured.cuda_graph_estimated_gib;
  if (!inputs || estimate === null || estimate <= 0 || row.gpu?.startsWith("gb10")) return null;
  const name = Object.keys(inputs).find((key) => key.startsWith("graph_"));
  return { name, perUnit: (estimate * GiB) / (inputs.layers * inputs.graphs) };
}

// Those constants first that stand alone in some log, then those that the known ones leave open.
function fit(observations, start) {
  const values = { ...start };
  const samples = {};
  const known = new Set();
  for (let round = 0; round < 4; ++round) {
    const found = {};
    for (const { names, total } of observations) {
      const open = names.filter((name) => !known.has(name));
      const target = open.length === 1 ? open[0] : null;
      if (!target) continue;
      const rest = names.filter((name) => name !== target).reduce((sum, name) => sum + values[name], 0);
      (found[target] ??= []).push(total - rest);
    }
    for (const [name, list] of Object.entries(found)) {
      samples[name] = list;
      values[name] = Math.max(0, quantile(list, 0.5));
    }
    if (!Object.keys(found).length) break;
    for (const name of Object.keys(found)) known.add(name);
  }
  return { values, samples };
}

function errors(observations, values) {
  return observations.map(({ names, total, row }) => {
    const sum = names.reduce((a, name) => a + values[name], 0);
    return (100 * Math.abs(total - sum)) / row.requested;
  });
}

const split = (seed) => (model) => {
  let hash = seed * 2654435761;
  for (const c of model) hash = Math.imul(hash ^ c.charCodeAt(0), 16777619) >>> 0;
  return (hash >>> 7) % 2 === 0;
};

function crossValidate(observations, start, splits) {
  const all = [];
  for (let seed = 1; seed <= splits; ++seed) {
    const training = split(seed);
    const { values } = fit(
      observations.filter(({ model }) => training(model)),
      start,
    );
    all.push(
      ...errors(
        observations.filter(({ model }) => !training(model)),
        values,
      ),
    );
  }
  return all;
}

const line = /^CALIBRATED\((\w+), (-?\d+), (-?\d+), (-?\d+), (KiB|MiB), (\d+), "(.*)"\)$/;

const readTable = (text) =>
  Object.fromEntries(
    text
      .split("\n")
      .map((row) => line.exec(row))
      .filter(Boolean)
      .map(([, name, low, middle, high, unit]) => [
        name,
        { low: Number(low), middle: Number(middle), high: Number(high), unit },
      ]),
  );

// Few logs leave the ends open: a margin that shrinks with their number, at least 25 MiB.
function band(list, unit) {
  const size = unit === "MiB" ? MiB : 1024;
  const inUnit = list.map((value) => value / size);
  const middle = quantile(inUnit, 0.5);
  const spread = (quantile(inUnit, 0.95) - quantile(inUnit, 0.05)) / Math.sqrt(inUnit.length);
  const margin = unit === "MiB" ? 25 + 75 / inUnit.length + spread / 2 : 0.02 * middle;
  return [quantile(inUnit, 0.05) - margin, middle, quantile(inUnit, 0.95) + margin].map((value) =>
    Math.max(0, Math.round(value)),
  );
}

function rewritten(text, samples, date) {
  const rows = text.split("\n").map((row) => {
    const found = line.exec(row);
    const list = found && samples[found[1]];
    if (!list || list.length < 3) return row;
    const [low, middle, high] = band(list, found[5]);
    return `CALIBRATED(${found[1]}, ${low}, ${middle}, ${high}, ${found[5]}, ${list.length}, "${found[7]}")`;
  });
  return rows.join("\n").replace(/^\/\/ Written \d{4}-\d\d-\d\d/m, `// Written ${date}`);
}

const percent = (value) => `${value.toFixed(2)} %`;
const describe = (values) =>
  `n ${values.length}  mean ${percent(meanOf(values))}  median ${percent(quantile(values, 0.5))}  90 % within ${percent(quantile(values, 0.9))}`;

if (!existsSync(logs)) {
  console.log(`no start-up logs at ${logs}: nothing to fit`);
} else {
  const text = readFileSync(table, "utf8");
  const start = Object.fromEntries(
    Object.entries(readTable(text)).map(([name, { middle, unit }]) => [
      name,
      (middle * (unit === "MiB" ? MiB : 1024)) / GiB,
    ]),
  );
  const rows = dumped();
  const observations = rows.filter(usable).map(observation);
  const { values, samples } = fit(observations, start);
  console.log(`constants as they stand   ${describe(errors(observations, start))}`);
  console.log(`fitted on all             ${describe(errors(observations, values))}`);
  console.log(
    `fitted on half, held out  ${describe(crossValidate(observations, start, Number(options.splits ?? 12)))}`,
  );
  const bytes = Object.fromEntries(
    Object.entries(samples).map(([name, list]) => [name, list.map((value) => value * GiB)]),
  );
  for (const { name, perUnit } of rows.map((row) => (row.terms ? graphUnits(row) : null)).filter(Boolean))
    (bytes[name] ??= []).push(perUnit);
  for (const [name, list] of Object.entries(bytes)) {
    const unit = name.startsWith("graph_") ? "KiB" : "MiB";
    console.log(
      `  ${name.padEnd(24)} ${String(list.length).padStart(3)} logs  ${band(list, unit).join(" / ")} ${unit}`,
    );
  }
  if (options.write) writeFileSync(table, rewritten(text, bytes, new Date().toISOString().slice(0, 10)));
}
