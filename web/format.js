// Numbers as text and back. DOM-free.

const UNITS = { GiB: 2 ** 30, GB: 1e9 };

// Formatters for one language and byte unit ("GiB" or "GB").
export function makeFormat(lang = "en", unit = "GiB") {
  const whole = new Intl.NumberFormat(lang, { maximumFractionDigits: 0 });
  const fixed = [0, 1, 2, 3].map(
    (digits) => new Intl.NumberFormat(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
  const share = new Intl.NumberFormat(lang, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const plain = new Intl.NumberFormat(lang, { maximumFractionDigits: 4 });
  const size = (bytes) => threeDigits(bytes / UNITS[unit], fixed);
  return {
    lang,
    unit,
    int: (value) => whole.format(value),
    size,
    bytes: (bytes) => (tiny(bytes, unit) ? smallBytes(bytes, fixed) : `${size(bytes)} ${unit}`),
    small: (bytes) => smallBytes(bytes, fixed),
    count: (value) => (Number.isInteger(value) ? whole.format(value) : localDecimal(round2(value), lang)),
    ratio: (value) => localDecimal(round2(value), lang),
    percent: (part) => share.format(part),
    number: (value) => plain.format(value),
  };
}

const tiny = (bytes, unit) => bytes !== 0 && Math.abs(bytes) < 0.01 * UNITS[unit];

// Three significant digits as long as they say something: 0.91, 2.00, 17.4, 141, 1,230.
function threeDigits(value, fixed) {
  const size = Math.abs(value);
  const digits = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return fixed[digits].format(value);
}

// Sizes below what a GPU is measured in: pages, bytes per token.
function smallBytes(bytes, fixed) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let at = 0;
  let value = bytes;
  while (Math.abs(value) >= 1024 && at < units.length - 1) {
    value /= 1024;
    at++;
  }
  return `${Number.isInteger(value) ? fixed[0].format(value) : threeDigits(value, fixed)} ${units[at]}`;
}

// Two decimals as C's printf("%.2f") prints them, so that the page shows the figure vLLM's log does: exact ties go to
// the even digit, where JavaScript's toFixed goes up. Only multiples of 1/8 can tie.
export function round2(value) {
  const twice = value * 200;
  const tie = Number.isInteger(value * 8) && Number.isInteger(twice) && Math.abs(twice % 2) === 1;
  if (!tie || Math.abs(value) > 1e12) return value.toFixed(2);
  const down = Math.floor(value * 100);
  return ((down % 2 === 0 ? down : down + 1) / 100).toFixed(2);
}

function localDecimal(text, lang) {
  const [whole, decimals] = text.split(".");
  const point = new Intl.NumberFormat(lang).formatToParts(1.5).find((part) => part.type === "decimal")?.value ?? ".";
  return `${new Intl.NumberFormat(lang, { maximumFractionDigits: 0 }).format(Number(whole))}${point}${decimals}`;
}

// A count as people type it: 131072, 131,072, 131 072, 8k, 128K, 1.5M. As with context lengths, k is 1024.
// undefined if it isn't one.
export function parseCount(text) {
  const match = /^(\d+(?:\.\d+)?)([kmg]?)$/i.exec(text.trim().replace(/[\s,_'\u202f\u00a0]|\.(?=\d{3}(\D|$))/g, ""));
  if (!match) return undefined;
  const value = Number(match[1]) * 1024 ** " kmg".indexOf(match[2].toLowerCase() || " ");
  return Number.isSafeInteger(value) ? value : undefined;
}

// A size as people type it: 24, 24 GiB, 80GB, 512 MiB, 25769803776 (bytes); a bare small number is in `unit`.
export function parseBytes(text, unit = "GiB") {
  const match = /^(\d+(?:\.\d+)?)(?:([kmgt])(i?)b?|(b))?$/i.exec(text.trim().replace(/[\s,_]/g, ""));
  if (!match) return undefined;
  const [, digits, letter, binary, plain] = match;
  const number = Number(digits);
  let scale = number >= 1e6 || plain ? 1 : UNITS[unit];
  if (letter) scale = (binary ? 1024 : 1000) ** " kmgt".indexOf(letter.toLowerCase());
  const value = Math.round(number * scale);
  return Number.isSafeInteger(value) ? value : undefined;
}

export function parseNumber(text) {
  const value = Number(text.trim().replace(",", "."));
  return text.trim() && Number.isFinite(value) ? value : undefined;
}
