import assert from "node:assert/strict";
import { test } from "node:test";
import { makeFormat } from "../../web/format.js";
import { withValues } from "../../web/views/how.js";
import { kvFormulas } from "../../web/views/kv-formulas.js";

const fmt = makeFormat("en");

// Qwen3-8B at 16,384 tokens, two at once.
const report = () => ({
  kv: {
    groups: [{ kind: "full", layers: 36, block_size: 16, page_size_bytes: 65536, blocks_at_max_model_len: 1024 }],
    bytes_per_block: 2359296,
    available_bytes: 5368709120,
    blocks: 2275,
    tokens: 36400,
    max_concurrency: 2275 / 1024,
  },
  budget: {
    requested_bytes: 6000000000,
    terms: [
      { id: "weights", bytes: 631290880 },
      { id: "cuda_context", bytes: 5, in_budget: false },
    ],
  },
  resolved: { context_tokens: 16384, concurrency: 2, max_model_len: 16384 },
  verdict: {
    max_concurrency_at_context: 2,
    max_context_at_concurrency: 16384,
    headroom_bytes: 536870912,
    kv_used_bytes: 4831838208,
  },
});

test("each figure is explained by the formula that gives it", () => {
  const said = kvFormulas(report(), fmt);
  for (const [name, found] of Object.entries(said)) assert.ok(found, name);
  assert.equal(said.blocks.formula, "floor(available / bytes_per_block)");
  assert.equal(withValues(said.blocks.formula, said.blocks.inputs, fmt), "floor(5,368,709,120 / 2,359,296)");
  assert.equal(said.pool.formula, "requested − weights");
  assert.equal(withValues(said.runs.formula, said.runs.inputs, fmt), "floor((2,275 − 1) / ⌈16,384 / 16⌉)");
});

test("a figure that no formula gives stays unexplained", () => {
  const given = report();
  given.kv.tokens += 1;
  given.kv.groups.push({ kind: "sliding", layers: 4, block_size: 16, page_size_bytes: 1, blocks_at_max_model_len: 9 });
  const said = kvFormulas(given, fmt);
  for (const name of ["tokens", "perBlock", "concurrency", "runs", "longest"]) assert.equal(said[name], null, name);
});

test("with windows the last request's prompt decides how many run", () => {
  const given = report();
  given.kv.groups.push({ kind: "sliding", layers: 4, block_size: 16, page_size_bytes: 1, blocks_at_max_model_len: 9 });
  Object.assign(given.kv, { blocks: 640, blocks_of_request: 10, blocks_to_admit: 15 });
  given.verdict.max_concurrency_at_context = 63;
  const { runs } = kvFormulas(given, fmt);
  assert.equal(withValues(runs.formula, runs.inputs, fmt), "1 + floor((640 − 1 − 15) / 10)");
});

test("older releases count tokens by blocks and groups", () => {
  const given = report();
  given.kv.tokens = 2275 * 16;
  given.kv.max_concurrency = 2.3;
  assert.match(kvFormulas(given, fmt).tokens.formula, /blocks \/ groups/);
});
