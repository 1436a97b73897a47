// Compares the tensors we say a rank holds with the layout a truth line gives: what --layout prints.
import { execFileSync } from "node:child_process";

// Tensors that agree in dtype, kind, shape and count cancel out whatever they are called; what is left differs.
// Several rows may share a shape, so counts are summed first.
const tally = (rows) => {
  const sums = new Map();
  for (const [name, shape, dtype, kind, count] of rows) {
    const key = `${kind} ${dtype} [${shape.join(", ")}]`;
    const entry = sums.get(key) ?? { count: 0, names: [] };
    entry.count += count;
    entry.names.push(`${name} ×${count}`);
    sums.set(key, entry);
  }
  return sums;
};

function printRank(pp, ours, theirs) {
  const keys = [...new Set([...theirs.keys(), ...ours.keys()])];
  const differing = keys.filter((key) => ours.get(key)?.count !== theirs.get(key)?.count);
  console.log(`stage ${pp}: ${keys.length - differing.length} kinds of tensor agree, ${differing.length} differ`);
  for (const key of differing) {
    const [mine, truth] = [ours.get(key), theirs.get(key)];
    console.log(`  ${key}: ours ${mine?.count ?? 0}, truth ${truth?.count ?? 0}`);
    if (mine) console.log(`    ours:  ${mine.names.join(", ")}`);
    if (truth) console.log(`    truth: ${truth.names.join(", ")}`);
  }
  return differing.length;
}

// Exit status: 0 where all agrees, 1 otherwise. Our rows are those of the first rank of each stage.
export function compareLayout(cli, line, request) {
  const text = execFileSync(cli, ["--request", "-", "--tensors"], { input: JSON.stringify(request), encoding: "utf8" });
  const answer = text
    .trim()
    .split("\n")
    .filter(Boolean)
    .map((row) => JSON.parse(row));
  if (answer[0]?.error) {
    console.log(JSON.stringify(answer[0].error));
    return 1;
  }
  let differing = 0;
  for (const rank of line.ranks.filter(({ layout }) => layout)) {
    const ours = answer.filter(([pp]) => pp === rank.pp).map(([, ...row]) => row);
    differing += printRank(rank.pp, tally(ours), tally(rank.layout));
  }
  return differing ? 1 : 0;
}
