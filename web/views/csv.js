// Tables as CSV (RFC 4180), with plain numbers. DOM-free.

// A cell that a spreadsheet would take for a formula gets a leading apostrophe.
const cell = (value) => {
  const text = typeof value === "number" ? String(value) : String(value ?? "").replace(/^(?=[=+\-@\t])/, "'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const toCsv = (rows) => rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");

export function answerCsv({ report }) {
  const rows = [["section", "name", "value", "low", "high", "formula", "source"]];
  for (const { id, bytes, low_bytes: low, high_bytes: high, formula, source } of report?.budget?.terms ?? []) {
    rows.push(["budget", id, bytes, low, high, formula, source]);
  }
  for (const section of ["budget", "kv", "verdict", "rule_of_thumb", "model", "resolved"]) {
    for (const [name, value] of Object.entries(report?.[section] ?? {})) {
      if (value === null || typeof value !== "object") rows.push([section, name, value]);
    }
  }
  for (const { pp, tp, tp_last: last, by_role: roles = {}, weights_bytes: weights } of report?.ranks ?? []) {
    const rank = `pp ${pp} tp ${tp}-${last}`;
    rows.push([rank, "weights_bytes", weights], ...Object.entries(roles).map(([role, bytes]) => [rank, role, bytes]));
  }
  return toCsv(rows);
}
