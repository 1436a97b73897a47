// The core's messages in another language. The report has a code and an English sentence; a table has, by code, the
// sentences it may be, {} where it has a figure or a name, and the same in its own language, {1} for the first of them.
// A sentence that isn't in the table stays English.

export function makeSayer(lang, table) {
  const localize = figures(lang);
  const rows = Object.entries(table).map(([code, pairs]) => [
    code,
    Object.entries(pairs).map(([english, own]) => [
      new RegExp(`^${english.split("{}").map(escaped).join("(.+?)")}$`),
      own,
    ]),
  ]);
  const byCode = new Map(rows);
  return ({ code = "", message = "" }) => {
    for (const [pattern, own] of byCode.get(code.replace("vllm-refuses/", "")) ?? []) {
      const found = pattern.exec(message);
      if (found) return own.replace(/\{(\d)\}/g, (_, i) => localize(found[i]));
    }
    return undefined;
  };
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// "40,960" and "3.50 GiB" as the language writes them; a value of a flag ("0.97") stays as it is typed.
function figures(lang) {
  const whole = new Intl.NumberFormat(lang);
  const point = whole.formatToParts(1.5).find(({ type }) => type === "decimal").value;
  const one = (digits) => {
    const [integer, decimals] = digits.replaceAll(",", "").split(".");
    return whole.format(Number(integer)) + (decimals ? point + decimals : "");
  };
  return (text) => text.replace(/\d[\d,]*\.\d+(?= [KMGT]?i?B\b)|\d{1,3}(,\d{3})+/g, one);
}
