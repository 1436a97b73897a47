// Rows of start-up logs (log-rows.mjs) -> web/data/accuracy.json, which the page shows under "About the numbers".
//
// Errors are absolute and in percent, to four significant digits:
//   total      weights, kv_memory (in percent of the budget), tokens and concurrency (of the planner alone, for the printed
//              memory): {n, mean, median, p90, worst}; kv_memory.within_3_percent: a share; band: the share of logs whose
//              printed memory lies between our low and high, and half its median width in percent of the budget; starts:
//              logs whose outcome is known, and verdicts that were right
//   peer       mean errors of the best published estimator, over its own runs, and ours in the same three: weights,
//              kv_memory (in percent of the printed amount), concurrency (from the predicted amount)
//   releases, gpus, families
//              by group: name, logs, weights [n, median], kv_memory [n, median, p90], tokens [n, median]
//   misses     each log outside 3 % of the budget, 0.5 % of the weights or of the tokens, or with a wrong verdict: its
//              source (an address, if it has one) and signed errors; starts: [verdict, outcome]
//   left_out   logs not compared at all, or not by their weights (what: "weights"), and why
import { meanOf, quantile, tally } from "./statistics.mjs";

export const minorOf = ({ release }) => `0.${release.split(".")[1]}`;
export const figures = (rows, key) => rows.filter((row) => row[key] !== undefined).map((row) => Math.abs(row[key]));
export const summary = (values) => ({
  n: values.length,
  mean: meanOf(values),
  median: quantile(values, 0.5),
  p90: quantile(values, 0.9),
  worst: Math.max(...values, 0),
});

const published = { runs: 58, weights: 0.89, kv_memory: 6.62, concurrency: 15 };

function peerComparison(rows) {
  const mean = (key) => meanOf(figures(rows, key));
  const runs = rows.filter((row) => ["weights", "ofPrinted", "reached"].some((key) => row[key] !== undefined)).length;
  return {
    best_published: published,
    ours: { runs, weights: mean("weights"), kv_memory: mean("ofPrinted"), concurrency: mean("reached") },
  };
}

export function accuracyOf(rows) {
  const budget = rows.filter((row) => row.error !== undefined);
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
      holds: budget.filter((row) => row.inside).length / budget.length,
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

function groups(rows, key) {
  return tally(rows, key).map(([name, members]) => {
    const [kv, weights, tokens] = ["error", "weights", "tokens"].map((column) => summary(figures(members, column)));
    return {
      name,
      logs: members.length,
      weights: [weights.n, weights.median],
      kv_memory: [kv.n, kv.median, kv.p90],
      tokens: [tokens.n, tokens.median],
    };
  });
}

// Where a reader can see the log, if it is published at an address.
const addressOf = ({ source_url: text }) => (/^https:\/\//.test(text ?? "") ? text : undefined);

const isMiss = (row) =>
  Math.abs(row.error) > 3 || Math.abs(row.weights) > 0.5 || Math.abs(row.tokens) > 0.5 || row.verdictRight === false;

const missOf = (row) => ({
  model: row.model,
  gpu: row.gpuName,
  release: row.release,
  source: addressOf(row.log),
  kv_memory: row.error,
  weights: row.weights,
  tokens: row.tokens,
  starts: row.verdictRight === false ? [row.starts, row.outcome] : undefined,
});

const leftOut = (row) => ({
  model: row.model,
  gpu: row.gpuName,
  release: row.release,
  source: addressOf(row.log),
  what: row.leftOut ? undefined : "weights",
  reason: row.leftOut ?? row.weightsLeftOut,
});

const rounded = (value) => (typeof value === "number" ? Number(value.toPrecision(4)) : value);

export const publicationOf = (rows) =>
  JSON.parse(
    JSON.stringify(
      {
        total: accuracyOf(rows),
        peer: peerComparison(rows),
        releases: groups(rows, minorOf),
        gpus: groups(rows, (row) => row.gpuName),
        families: groups(rows, (row) => row.family),
        misses: rows.filter(isMiss).map(missOf),
        left_out: rows.filter((row) => row.leftOut || row.weightsLeftOut).map(leftOut),
      },
      (_, value) => rounded(value),
    ),
  );
