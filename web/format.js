// Numbers as text and back. DOM-free.

const UNITS = { GiB: 2 ** 30, GB: 1e9 };

// The first Intl.NumberFormat of a page takes 20 ms and more, which is longer than the whole answer: for the languages
// below, [between thousands, before decimals, after percentages], numbers are written here, digit for digit as it would.
const SIGNS = { en: [",", ".", "%"], de: [".", ",", "\u00a0%"] };
const made = new Map();

function decimals(value, lang, least, most = least, style = "decimal") {
  const signs = SIGNS[lang];
  if (signs && Number.isFinite(value) && Math.abs(value) < 1e15) {
    return style === "percent"
      ? written(value, 2, signs, least, most) + signs[2]
      : written(value, 0, signs, least, most);
  }
  const key = `${lang} ${least} ${most} ${style}`;
  const options = { style, minimumFractionDigits: least, maximumFractionDigits: most };
  if (!made.has(key)) made.set(key, new Intl.NumberFormat(lang, options));
  return made.get(key).format(value);
}

// Rounds the shortest decimals that name the number, moved by `shift` places, halves away from zero.
function written(value, shift, [thousands, point], least, most) {
  const short = String(Math.abs(value));
  const rounded = short.includes("e") ? 0 : Number(`${Math.round(Number(`${short}e${most + shift}`))}e-${most}`);
  const [whole, fraction = ""] = rounded.toFixed(most).split(".");
  const kept = fraction.slice(0, least) + fraction.slice(least).replace(/0+$/, "");
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, thousands) + (kept && point + kept);
}

// Formatters for one language and byte unit ("GiB" or "GB").
export function makeFormat(lang = "en", unit = "GiB") {
  const whole = (value) => decimals(value, lang, 0);
  const size = (bytes) => threeDigits(bytes / UNITS[unit], lang);
  return {
    lang,
    unit,
    int: whole,
    size,
    bytes: (bytes) => (tiny(bytes, unit) ? smallBytes(bytes, lang) : `${size(bytes)} ${unit}`),
    small: (bytes) => smallBytes(bytes, lang),
    count: (value) => (Number.isInteger(value) ? whole(value) : localDecimal(round2(value), lang)),
    ratio: (value) => localDecimal(round2(value), lang),
    percent: (part) => decimals(part, lang, 1, 1, "percent"),
    number: (value) => decimals(value, lang, 0, 4),
  };
}

const tiny = (bytes, unit) => bytes !== 0 && Math.abs(bytes) < 0.01 * UNITS[unit];

// Three significant digits as long as they say something: 0.91, 2.00, 17.4, 141, 1,230.
function threeDigits(value, lang) {
  const size = Math.abs(value);
  const digits = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return decimals(value, lang, digits);
}

// Sizes below what a GPU is measured in: pages, bytes per token.
function smallBytes(bytes, lang) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let at = 0;
  let value = bytes;
  while (Math.abs(value) >= 1024 && at < units.length - 1) {
    value /= 1024;
    at++;
  }
  return `${Number.isInteger(value) ? decimals(value, lang, 0) : threeDigits(value, lang)} ${units[at]}`;
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
  const [whole, fraction] = text.split(".");
  return decimals(Number(whole), lang, 0) + decimals(0.1, lang, 1).replace(/\d/g, "") + fraction;
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
