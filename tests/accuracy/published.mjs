// The parameter counts of unquantized configs against those the hub publishes.
//
//   node tests/accuracy/published.mjs [--update]
//
// Equal, with or without multi-token-prediction layers, or listed in published.json with the reason why not. Fails where
// one that is listed nowhere differs, or a listed one has become equal. --update writes the number of equal ones there.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { askAll } from "./ask.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const repo = resolve(here, "../..");
const configs = resolve(repo, "../shared/configs");
const listFile = `${here}/published.json`;
const list = JSON.parse(readFileSync(listFile, "utf8"));
const measured = new Set(["hub-api", "hub-api+index", "index"]);

const isQuantized = (text) => /"(quantization|compression)_config"\s*:\s*\{/.test(text);

const entries = JSON.parse(readFileSync(`${configs}/index.json`, "utf8"))
  .filter(
    ({ truth, file }) => measured.has(truth?.truth_quality) && truth.params_total && existsSync(`${configs}/${file}`),
  )
  .map(({ truth, file }) => ({
    name: file.replace(/\.json$/, ""),
    published: truth.params_total,
    text: readFileSync(`${configs}/${file}`, "utf8"),
  }))
  .filter(({ text }) => !isQuantized(text));

const hardware = { memory_bytes: 2 ** 39, compute_capability: "9.0" };
const reports = await askAll(
  `${repo}/build/native/vram-gauge`,
  entries.map(({ text: config }) => ({ config, hardware })),
);

const reasons = new Map(Object.entries(list.others).flatMap(([reason, names]) => names.map((name) => [name, reason])));
const wrong = [];
let equal = 0;
entries.forEach(({ name, published }, at) => {
  const { params_total = 0, params_mtp = 0 } = reports[at].model ?? {};
  const same = published === params_total || published === params_total + params_mtp;
  if (same) equal++;
  if (same === reasons.has(name))
    wrong.push(`${name}: published ${published}, counted ${params_total} + ${params_mtp}`);
});
console.log(
  `${equal} of ${entries.length} published parameter counts equal, ${reasons.size} listed with the reason why not`,
);
for (const [reason, names] of Object.entries(list.others)) console.log(`  ${names.length} ${reason}`);
for (const line of wrong) console.log(`  not as listed: ${line}`);
if (process.argv.includes("--update")) writeFileSync(listFile, `${JSON.stringify({ ...list, equal }, null, 2)}\n`);
else if (equal < list.equal) console.log(`  were ${list.equal} equal`);
process.exitCode = wrong.length || (equal < list.equal && !process.argv.includes("--update")) ? 1 : 0;
