export const meanOf = (values) => (values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : NaN);

// By linear interpolation; NaN of nothing.
export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  if (!sorted.length) return NaN;
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
}

// [name, members] in the order of natural sorting.
export function tally(rows, key) {
  const groups = new Map();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return [...groups].sort(([a], [b]) => String(a).localeCompare(String(b), "en", { numeric: true }));
}

export function printTable(head, lines) {
  const cells = [head, ...lines].map((line) => line.map(String));
  const widths = head.map((_, column) => Math.max(...cells.map((line) => (line[column] ?? "").length)));
  for (const line of cells)
    console.log(`  ${line.map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join("  ")}`);
  console.log("");
}
