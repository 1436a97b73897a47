// The module and the command line must say the same, byte for byte.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parts } from "../accuracy/lines.mjs";
import { vectorRequests } from "../vectors/read.mjs";
import { loadModule, moduleReport, nativeReports, repo } from "./module.mjs";

const core = await loadModule();
const truth = `${repo}/../shared/truth`;

// Reports are long: only where they part is shown.
function difference(module, native) {
  let at = 0;
  while (module[at] === native[at]) at++;
  const around = (text) => text.slice(Math.max(0, at - 60), at + 60);
  return `they part at ${at}\n  module: …${around(module)}\n  native: …${around(native)}`;
}

function compare(requests) {
  const native = nativeReports(requests);
  for (const [index, request] of requests.entries()) {
    const text = moduleReport(core, request);
    assert.doesNotThrow(() => JSON.parse(text), `not JSON: ${text.slice(0, 200)}`);
    if (text !== native[index])
      assert.fail(`${JSON.stringify(request).slice(0, 400)}\n${difference(text, native[index])}`);
  }
}

const catalog = JSON.parse(core.catalog());

test("every known model, on every release", () => {
  const requests = catalog.models.flatMap(({ id }) =>
    catalog.vllm_versions.map((version) => ({
      known_model: id,
      vllm_version: typeof version === "string" ? version : version.version,
      hardware: { gpu: "h100-sxm-80gb" },
    })),
  );
  assert.ok(requests.length > 0);
  compare(requests);
});

test("every GPU, with one, two and eight of it", () => {
  const model = catalog.models[0].id;
  compare(
    catalog.gpus.flatMap(({ id }) =>
      [1, 2, 8].map((gpus) => ({
        known_model: model,
        hardware: { gpu: id, gpus },
        engine: { tensor_parallel_size: gpus },
      })),
    ),
  );
});

test("the rule of thumb over awkward decimals", () => {
  const requests = [];
  for (const params_b of [0.1, 1.1, 46.7, 405.0, 1e3 / 3, 12345.678901234567])
    for (const fragmentation_factor of [1, 1.15, 4 / 3, 1.0000000000000002])
      for (const gpu_memory_utilization of [0.3, 0.9, 0.12345678901234568, 1])
        requests.push({
          method: "rule-of-thumb",
          engine: { gpu_memory_utilization },
          hardware: { memory_bytes: 85045870592, compute_capability: "9.0" },
          policy: { params_b, fragmentation_factor },
        });
  compare(requests);
});

test("vectors", () => compare(vectorRequests()));

test("recorded truth", { skip: !existsSync(truth) && "no recorded truth beside this folder" }, () => {
  for (const { file, requests } of Object.values(parts)) {
    const lines = readFileSync(`${truth}/${file}`, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    compare(lines.flatMap((line) => requests(line, `${truth}/..`)));
  }
});
