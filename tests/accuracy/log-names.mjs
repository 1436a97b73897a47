// One spelling for what logs name in several: a GPU by its id in the catalogue, a model as the catalogue writes it.
import { execFileSync } from "node:child_process";

// { gpu, model }: (log, row of its request) -> name. `logs` help where the catalogue has no such model: the way its
// owner writes it counts.
export function spelling(cli, logs) {
  const catalog = JSON.parse(execFileSync(cli, ["--catalog"], { encoding: "utf8", maxBuffer: 1 << 26 }));
  const owners = logs.map(({ model }) => model).filter((name) => /^[\w-]+\/[\w.-]+$/.test(name));
  const known = [...catalog.models.map(({ id }) => id), ...owners]
    .map((id) => id.split("/").pop())
    .map((name) => ({ name, pattern: loosely(name) }));
  return {
    gpu: (log, { gpu }) => gpu ?? log.gpu_class ?? "not named",
    model: (log, { config }) => spelled(log.model, config, known),
  };
}

// "Qwen2.5-3B" also as "Qwen2___5-3B", "qwen25-3b" or at the head of "qwen2.5-3b-awq".
const loosely = (name) => new RegExp(`^${name.split(/[^a-z0-9]+/i).join("[^a-z0-9]*")}(?![a-z0-9])`, "i");

function spelled(given, config, known) {
  const own = given
    .replace(/ \(.*\)$/, "")
    .split("/")
    .pop();
  const name = own.length > 4 ? own : config.split("--").pop(); // ".../8b/1" and ".../snapshots/main" are no names
  const best = known
    .map((one) => ({ name: one.name, length: one.pattern.exec(name)?.[0].length ?? 0 }))
    .reduce((a, b) => (b.length > a.length ? b : a));
  return best.length ? best.name + name.slice(best.length) : name;
}
