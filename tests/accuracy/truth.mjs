// How right the command line is, measured against recorded truth (weights and KV cache per release, rule of thumb).
//
//   node tests/accuracy/truth.mjs [--only weights|kv|settings|rot[,…]] [--arch NAME[,NAME]] [--release 0.33.0]
//                                 [--match TEXT] [--show N] [--layout ID] [--cli PATH] [--truth DIR] [--update]
//
// Prints counts per release and, per architecture, what is not exact. Fails if a line is wrong while labelled exact, or
// if a count falls below exact-lines.json (--update writes the present counts there). --show N prints the first N lines
// that are not exact, wrong ones first. --layout ID compares a line's tensors one by one.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { askAll } from "./ask.mjs";
import { compareLayout } from "./layout.mjs";
import { parts } from "./lines.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const repo = resolve(here, "../..");
const string = { type: "string" };
const { values: options } = parseArgs({
  options: {
    only: string,
    arch: string,
    release: string,
    match: string,
    show: string,
    layout: string,
    cli: string,
    truth: string,
    update: { type: "boolean" },
  },
});
const truth = resolve(options.truth ?? `${repo}/../shared/truth`);
const cli = resolve(options.cli ?? `${repo}/build/native/vram-gauge`);
const countsFile = `${here}/exact-lines.json`;

const read = (file) =>
  readFileSync(`${truth}/${file}`, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const listOf = (text) => text?.split(",").filter(Boolean);

// Lines that were refused before a model was built carry no architecture; the same config's other lines do.
function nameArchitectures(lines) {
  const known = new Map(lines.filter((line) => line.architecture).map((line) => [line.config, line.architecture]));
  for (const line of lines) line.architecture ??= known.get(line.config) ?? firstArchitecture(line.config);
}

function firstArchitecture(config) {
  if (!config) return "rule-of-thumb";
  const found = /"architectures"\s*:\s*\[\s*"([^"]+)"/.exec(readFileSync(resolve(truth, "..", config), "utf8"));
  return found?.[1] ?? "unknown";
}

function selected(line) {
  if (options.arch && !listOf(options.arch).includes(line.architecture)) return false;
  if (options.release && line.vllm_version !== options.release) return false;
  return !options.match || line.id.includes(options.match);
}

async function judgePart(part, lines) {
  const root = dirname(truth);
  const asked = lines.map((line) => part.requests(line, root));
  const answers = await askAll(cli, asked.flat());
  let at = 0;
  return lines.map((line, index) => {
    const own = answers.slice(at, at + asked[index].length);
    at += asked[index].length;
    return { line, ...part.judge(line, own) };
  });
}

const count = (rows, state) => rows.filter((row) => row.state === state).length;
const groupBy = (rows, key) => {
  const groups = new Map();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
};

function printPart(name, rows) {
  console.log(`\n${name}: ${rows.length} lines`);
  for (const [release, group] of groupBy(rows, ({ line }) => line.vllm_version ?? "any release"))
    console.log(
      `  ${release}: ${count(group, "exact")} of ${group.length} exact, ${count(group, "estimate")} estimates, ` +
        `${count(group, "wrong")} wrong while labelled exact`,
    );
  for (const [architecture, group] of groupBy(rows, ({ line }) => line.architecture)) {
    const exact = count(group, "exact");
    if (exact === group.length) continue;
    const wrong = count(group, "wrong");
    console.log(
      `    ${architecture.padEnd(44)} ${String(exact).padStart(4)} of ${group.length}${wrong ? `, ${wrong} WRONG` : ""}`,
    );
  }
  const bad = rows
    .filter((row) => row.state !== "exact")
    .sort((a, b) => (a.state < b.state ? 1 : a.state > b.state ? -1 : 0));
  for (const row of bad.slice(0, Number(options.show ?? 0))) {
    console.log(`  ${row.state} ${row.line.id}  (${row.line.architecture})`);
    console.log(`    ours  ${JSON.stringify(row.found)}\n    truth ${JSON.stringify(row.expected)}`);
  }
}

const tallies = (name, rows) =>
  groupBy(rows, ({ line }) => line.vllm_version ?? "any").map(([release, group]) => [
    `${name} ${release}`,
    count(group, "exact"),
  ]);

// Counts may only grow. Only a full run is held against them.
function checkCounts(counts) {
  const kept = existsSync(countsFile) ? JSON.parse(readFileSync(countsFile, "utf8")) : {};
  if (options.update) {
    writeFileSync(countsFile, `${JSON.stringify({ ...kept, ...counts }, null, 2)}\n`);
    return 0;
  }
  const fallen = Object.entries(counts).filter(([key, exact]) => exact < (kept[key] ?? 0));
  for (const [key, exact] of fallen) console.log(`FELL: ${key} has ${exact} exact lines, had ${kept[key]}`);
  return fallen.length;
}

async function main() {
  if (options.layout) {
    const lines = read(parts.weights.file).filter((line) => line.id === options.layout);
    if (!lines.length) throw new Error(`no weights line has the id ${options.layout}`);
    return compareLayout(cli, lines[0], parts.weights.requests(lines[0], dirname(truth))[0]);
  }
  const counts = {};
  let wrong = 0;
  let total = 0;
  for (const name of listOf(options.only) ?? Object.keys(parts)) {
    if (!parts[name]) throw new Error(`--only takes ${Object.keys(parts).join(", ")}, not ${name}`);
    const lines = read(parts[name].file);
    nameArchitectures(lines);
    const rows = await judgePart(parts[name], lines.filter(selected));
    printPart(name, rows);
    Object.assign(counts, Object.fromEntries(tallies(name, rows)));
    wrong += count(rows, "wrong");
    total += rows.length;
  }
  const filtered = options.arch || options.release || options.match;
  const fallen = filtered ? 0 : checkCounts(counts);
  const exact = Object.values(counts).reduce((sum, n) => sum + n, 0);
  console.log(`\n${exact} of ${total} lines exact, ${wrong} wrong while labelled exact`);
  return wrong || fallen ? 1 : 0;
}

process.exitCode = await main().catch((error) => {
  console.error(error.message);
  return 2;
});
