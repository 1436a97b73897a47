// The YAML that profiles and manifests need: nested mappings, lists, scalars and block texts; no anchors or tags.
// DOM-free.

const PLAIN = /^[A-Za-z_/][\w ./@+-]*$/;
const WORDS = /^(true|false|null|yes|no|on|off|y|n|~)$/i;

function scalar(value) {
  if (typeof value !== "string") return String(value);
  const plain = PLAIN.test(value) && !WORDS.test(value) && value === value.trim();
  return plain ? value : JSON.stringify(value);
}

export function toYaml(value, indent = "") {
  if (Array.isArray(value)) {
    return value
      .map((item) => `${indent}- ${nested(item) ? toYaml(item, `${indent}  `).trimStart() : `${inline(item)}\n`}`)
      .join("");
  }
  return Object.entries(value)
    .map(
      ([key, item]) =>
        `${indent}${scalar(key)}:${nested(item) ? `\n${toYaml(item, `${indent}  `)}` : ` ${inline(item)}\n`}`,
    )
    .join("");
}

const nested = (value) => value !== null && typeof value === "object" && Object.keys(value).length > 0;

function inline(value) {
  if (value === null || typeof value !== "object") return scalar(value);
  return Array.isArray(value) ? "[]" : "{}";
}

// A tree of plain objects (without a prototype), arrays and scalars. Throws { line, message } on what it can't read.
export function fromYaml(text) {
  const lines = text
    .split(/\r?\n/)
    .map((raw, i) => ({ text: uncomment(raw).trimEnd(), line: i + 1 }))
    .filter(({ text: rest }) => rest.trim() && !/^(---|\.\.\.)$/.test(rest))
    .map(({ text: rest, line }) => ({ indent: rest.length - rest.trimStart().length, text: rest.trim(), line }));
  const at = { i: 0 };
  const value = lines.length ? block(lines, at, lines[0].indent) : Object.create(null);
  if (at.i < lines.length) throw fail(lines[at.i], "unexpected indentation");
  return value;
}

const fail = ({ line }, message) => Object.assign(new Error(`line ${line}: ${message}`), { line });

// A comment starts at a # outside of quotes that stands first or after a space.
function uncomment(line) {
  let quoted = null;
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (quoted) {
      if (c === "\\" && quoted === '"') i++;
      else if (c === quoted) quoted = null;
    } else if ((c === '"' || c === "'") && /(^|[\s:[{,-])$/.test(line.slice(0, i))) quoted = c;
    else if (c === "#" && (i === 0 || /\s/.test(line[i - 1]))) return line.slice(0, i);
  }
  return line;
}

function block(lines, at, indent) {
  return /^-(\s|$)/.test(lines[at.i].text) ? list(lines, at, indent) : mapping(lines, at, indent);
}

function list(lines, at, indent) {
  const items = [];
  while (at.i < lines.length && lines[at.i].indent === indent && /^-(\s|$)/.test(lines[at.i].text)) {
    const line = lines[at.i];
    const rest = line.text.slice(1).trim();
    if (rest && !pair(rest)) {
      at.i++;
      items.push(text(rest, line, lines, at, indent));
    } else if (rest) {
      lines[at.i] = { ...line, text: rest, indent: indent + line.text.length - rest.length };
      items.push(block(lines, at, lines[at.i].indent));
    } else {
      at.i++;
      items.push(below(lines, at, indent));
    }
  }
  return items;
}

function mapping(lines, at, indent) {
  const map = Object.create(null);
  while (at.i < lines.length && lines[at.i].indent === indent) {
    const line = lines[at.i];
    const found = pair(line.text);
    if (!found) throw fail(line, "a key and a colon are missing");
    at.i++;
    map[found.key] = found.rest ? text(found.rest, line, lines, at, indent) : below(lines, at, indent, true);
  }
  return map;
}

// What a key or dash without a value on its line has under it.
function below(lines, at, indent, listsToo = false) {
  const next = lines[at.i];
  if (!next) return null;
  const deeper = next.indent > indent || (listsToo && next.indent === indent && /^-(\s|$)/.test(next.text));
  if (!deeper) return null;
  if (/^-(\s|$)/.test(next.text) || pair(next.text)) return block(lines, at, next.indent);
  at.i++; // a value below its key
  return text(next.text, next, lines, at, indent);
}

// A value that begins on its key's line: a block text, or one that goes on below until it ends.
function text(begun, line, lines, at, indent) {
  const deeper = [];
  const blockText = /^[|>][-+\d]*$/.test(begun);
  const open = () => begun.startsWith("[") && !(deeper.at(-1) ?? begun).endsWith("]");
  while (at.i < lines.length && (open() || (lines[at.i].indent > indent && (blockText || !pair(lines[at.i].text)))))
    deeper.push(lines[at.i++].text);
  return blockText ? deeper.join(begun[0] === "|" ? "\n" : " ") : value([begun, ...deeper].join(" "), line);
}

function pair(text) {
  const match = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'[{#][^:]*?|[^\s"'[{#][^\s]*?)\s*:(?:\s+(.*))?$/s.exec(text);
  return match && { key: unquote(match[1]), rest: match[2] ?? "" };
}

function unquote(text) {
  if (text.startsWith('"')) return JSON.parse(text);
  return text.startsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : text;
}

function value(text, line) {
  try {
    if (/^["']/.test(text)) return unquote(text);
    if (text.startsWith("[")) return flow(text);
    if (text === "{}") return Object.create(null);
  } catch {
    throw fail(line, `${text} is not closed`);
  }
  if (/^(true|yes|on)$/i.test(text)) return true;
  if (/^(false|no|off)$/i.test(text)) return false;
  if (/^(null|~)$/i.test(text)) return null;
  return /^[-+]?(\d[\d_]*(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text.replaceAll("_", "")) : text;
}

// [a, "b, c", 3]
function flow(text) {
  if (!text.endsWith("]")) throw new SyntaxError(text);
  const items = text.slice(1, -1).match(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]+/g) ?? [];
  return items.map((item) => value(item.trim(), { line: 0 })).filter((item) => item !== "");
}
