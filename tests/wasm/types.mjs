// Writes reports as TypeScript literals into build/types, where tsc holds them against wasm/vram_gauge.d.ts: a field that
// a report has and the types don't, or the other way round, fails.
import { mkdirSync, writeFileSync } from "node:fs";
import { vectorRequests } from "../vectors/read.mjs";
import { loadModule, repo } from "./module.mjs";

const core = await loadModule();
const models = JSON.parse(core.catalog()).models;
const requests = [
  ...vectorRequests(),
  ...models.map(({ id }) => ({ known_model: id, hardware: { gpu: "h100-sxm-80gb" } })),
  ...models
    .slice(0, 20)
    .map(({ id }) => ({ known_model: id, hardware: { gpu: "t4-16gb" }, workload: { concurrency: 64 } })),
  { config: "{" },
  {},
];
const literals = requests.map((request, index) => {
  const text = core.report(0, JSON.stringify(request));
  const type = JSON.parse(text).error ? "Refusal" : "Report";
  return `export const r${index}: ${type} = ${text};`;
});
mkdirSync(`${repo}/build/types`, { recursive: true });
writeFileSync(
  `${repo}/build/types/golden.ts`,
  `import type { Catalog, Refusal, Report } from "../../wasm/vram_gauge";\n${literals.join("\n")}\n` +
    `export const catalog: Catalog = ${core.catalog()};\n`,
);
