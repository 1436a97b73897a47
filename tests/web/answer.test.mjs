import assert from "node:assert/strict";
import { test } from "node:test";
import { answer } from "../../web/answer.js";
import { bars, scale } from "../../web/budget.js";
import { makeFormat } from "../../web/format.js";
import en from "../../web/messages/en.js";
import { makeMessages } from "../../web/messages/index.js";
import { drawing } from "../../web/views/bar.js";

const GiB = 2 ** 30;
const about = {
  state: { "workload.concurrency": 8 },
  t: makeMessages("en", en),
  fmt: makeFormat("en"),
  gpus: "4 × H100",
};

function report({ weights = 33, rest = 3, limit = 73, used = 20, starts = "yes", longest = null, runs = 14.87 } = {}) {
  const pool = limit - weights - rest;
  return {
    method: "vllm",
    model: { confidence: "exact", max_model_len: 131072 },
    resolved: { max_model_len: 131072 },
    ranks: [{ pp: 0, tp: 0, tp_last: 3, weights_bytes: weights * GiB, loaded_bytes: weights * GiB }],
    kv: { available_bytes: pool * GiB, max_model_len_that_fits: longest },
    budget: {
      total_bytes: 79 * GiB,
      requested_bytes: limit * GiB,
      available_kv_bytes: pool * GiB,
      available_kv_low_bytes: (pool - 1) * GiB,
      available_kv_high_bytes: (pool + 1) * GiB,
      terms: [
        { id: "weights", bytes: weights * GiB },
        { id: "non_torch", bytes: 1 * GiB },
        { id: "cuda_context", bytes: 0.5 * GiB, in_budget: false },
        { id: "activation", bytes: (rest - 1) * GiB, low_bytes: (rest - 1) * GiB, high_bytes: (rest + 1) * GiB },
      ],
    },
    verdict: { starts, fits: used <= pool, headroom_bytes: (pool - used) * GiB, max_concurrency_at_context: runs },
  };
}

const said = (given) => {
  const { head, tail, more = "" } = answer(given, about);
  return [head, tail, more].filter(Boolean).join(" ");
};

test("fits", () => {
  assert.equal(
    said(report()),
    "Fits. 17.0 GiB to spare per GPU. 4 × H100 can hold 14.87 requests of 131,072 tokens at once; you asked for 8.",
  );
});

test("one request is one", () => {
  assert.match(said(report({ runs: 1.001 })), / can hold 1 request of 131,072 tokens at once; you asked for /);
  assert.match(said(report({ runs: 1.5 })), / can hold 1.50 requests of /);
});

test("starts, but the workload queues", () => {
  assert.equal(
    said(report({ used: 60, runs: 5 })),
    "Starts, but 8 requests of 131,072 tokens don't fit at once. vLLM will queue; 5 run together.",
  );
});

test("starts with less to spare than wanted", () => {
  const given = report({ used: 36.5, runs: 8 });
  given.verdict.fits = false;
  assert.equal(said(given), "Fits, just. Only 0.50 GiB to spare per GPU; 1 GiB are wanted.");
});

test("a shorter context would start", () => {
  assert.equal(
    said(report({ starts: "no", used: 60, longest: 84304 })),
    "Won't start at 131,072 tokens. 84,304 is the longest context that fits.",
  );
});

test("never, and what is missing", () => {
  assert.equal(
    said(report({ starts: "no", weights: 114 })),
    "Doesn't fit. Weights alone need 41.0 GiB more than a GPU here offers.",
  );
  assert.equal(
    said(report({ starts: "no", weights: 71 })),
    "Doesn't fit. Weights and run-time memory need 1.00 GiB more than a GPU here offers.",
  );
});

test("near the edge the band is said", () => {
  assert.equal(
    said(report({ starts: "likely", used: 36.5 })),
    "Probably starts: between 0.50 GiB short and 1.50 GiB to spare per GPU.",
  );
});

test("a refusal is vLLM's, a bad request is ours, an empty form is a question", () => {
  const error = (code) => ({ error: { code, message: "28 attention heads can't be split over 8 GPUs." } });
  assert.equal(
    said(error("vllm-refuses/heads")),
    "vLLM won't run this. 28 attention heads can't be split over 8 GPUs.",
  );
  assert.equal(said(error("request-range")), "Can't answer that. 28 attention heads can't be split over 8 GPUs.");
  assert.equal(answer(null, about).tone, "none");
});

test("an estimate says why", () => {
  const given = report();
  given.model.confidence = "estimate";
  given.model.estimate_reasons = ["The family isn't known."];
  const { estimate, reasons } = answer(given, about);
  assert.ok(estimate);
  assert.deepEqual(reasons, ["The family isn't known."]);
});

const drawn = ({ segments }) => segments.map(({ id, bytes }) => `${id} ${bytes / GiB}`).join(", ");

test("the bar ends at the budget when everything fits", () => {
  const [bar] = bars(report());
  assert.equal(drawn(bar), "weights 33, kv_used 20, kv_free 17, activation 2, non_torch 1");
  assert.equal(bar.shortfall, 0);
  assert.equal(bar.outside / GiB, 0.5);
  assert.equal(scale([bar]) / GiB, 79);
});

test("what is short continues past the budget", () => {
  const [bar] = bars(report({ used: 60 }));
  assert.equal(drawn(bar), "weights 33, kv_used 37, activation 2, non_torch 1");
  assert.equal(bar.shortfall / GiB, 23);
  assert.equal(scale([bar]) / GiB, 96);
});

test("weights that overflow leave no room for the rest, and the shortfall has all of it", () => {
  const given = report({ weights: 114, used: 20 });
  const [bar] = bars(given);
  assert.equal(drawn(bar), "weights 73");
  assert.equal(bar.shortfall / GiB, -given.verdict.headroom_bytes / GiB);
});

test("what is cut off at the budget is labelled with all there is of it", () => {
  const [bar] = bars(report({ weights: 114, used: 20 }));
  const text = JSON.stringify(drawing(bar, scale([bar]), 900, { ...about, ui: {}, app: {} }));
  assert.match(text, /weights: 114 GiB/);
  assert.doesNotMatch(text, /weights: 73/);
});

test("other ranks show their weights, not a split nobody reported", () => {
  const given = report();
  given.ranks.push({ pp: 1, tp: 0, tp_last: 3, weights_bytes: 30 * GiB });
  assert.equal(drawn(bars(given)[1]), "weights 30, kv_pool 43");
});

test("the weights can be split by the parts of the model", () => {
  const given = report();
  given.ranks[0].by_role = { attention: 11 * GiB, mlp: 22 * GiB, norm: 0 };
  const [bar] = bars(given, { roles: true });
  const parts = bar.segments.filter(({ id }) => id === "weights").map(({ role, bytes }) => `${role} ${bytes / GiB}`);
  assert.deepEqual(parts, ["attention 11", "mlp 22"]);
});
