// The core's sentences in another language. The core speaks English; a table has the sentences it may say, {} where
// they have a figure or a name, and the same in its own language, {1} for the first of them. A table inside the table
// is a part of sentences: {effect} stands for any of `effect`, said in its turn. A sentence that isn't there stays
// English.

export function makeSayer(lang, table) {
  const localize = figures(lang);
  const parts = new Map(Object.entries(table).filter(([, own]) => typeof own === "object"));
  const rows = new Map(); // by part, "" for whole sentences: [pattern, own, names of the places]
  const rowsOf = (part) => {
    if (!rows.has(part)) {
      const pairs = Object.entries(part ? parts.get(part) : table).filter(([, own]) => typeof own === "string");
      rows.set(
        part,
        pairs.map(([english, own]) => [new RegExp(`^${pattern(english, parts)}$`), own, places(english)]),
      );
    }
    return rows.get(part);
  };
  const say = (part, text) => {
    for (const [english, own, names] of rowsOf(part)) {
      const found = english.exec(text);
      if (!found) continue;
      return own.replace(/\{(\d)\}/g, (_, i) => (names[i - 1] ? say(names[i - 1], found[i]) : localize(found[i])));
    }
    return undefined;
  };
  const memory = new Map(); // what is on show is said again whenever it is drawn
  return (text) => {
    if (text.length > 2000) return undefined; // none of ours: expressions would search it for long
    if (memory.size > 1000) memory.clear();
    if (!memory.has(text)) memory.set(text, say("", text));
    return memory.get(text);
  };
}

// The names of the places in a sentence, "" for one that takes anything.
const places = (english) => [...english.matchAll(/\{(\w*)\}/g)].map(([, name]) => name);

// A regular expression with a group for each place.
function pattern(english, parts, group = "(") {
  return english
    .split(/\{(\w*)\}/)
    .map((text, i) => {
      if (i % 2 === 0) return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      const any = text ? Object.keys(parts.get(text)).map((key) => pattern(key, parts, "(?:")) : [".+?"];
      return `${group}${any.join("|")})`;
    })
    .join("");
}

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
