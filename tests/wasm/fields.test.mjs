// The page's fields are the core's: what the page takes for a value the core does too, and the types name each.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { FIELDS } from "../../web/fields.js";
import { toRequest } from "../../web/state.js";
import { loadModule, repo } from "./module.mjs";

const core = await loadModule();
const ENDS = new Set(["hardware.gpus", "engine.gpu_memory_utilization"]); // more than these hangs on others, or is open

for (const field of FIELDS.filter(({ path }) => !path.startsWith("page."))) {
  test(`${field.path} is taken from the least to the most`, () => {
    for (const value of [field.min, field.max, ...(field.values ?? [])]) {
      if (value === undefined || ENDS.has(field.path)) continue;
      const state = { "known_model": "Qwen/Qwen3-8B", "hardware.gpu": "h100-sxm-80gb", [field.path]: value };
      const { error } = JSON.parse(core.report(0, JSON.stringify(toRequest(state))));
      assert.notEqual(error?.code, "invalid-value", error?.message);
    }
  });
}

test("the types name every field of a request", () => {
  const types = readFileSync(`${repo}/wasm/vram_gauge.d.ts`, "utf8");
  for (const { path } of FIELDS) {
    if (!path.startsWith("page.")) assert.match(types, new RegExp(`^  ${path.split(".").pop()}\\?:`, "m"));
  }
});
