// What a Python text passes to vLLM: LLM(model="org/name", …), EngineArgs(…). Literals are read, sums of numbers, names
// that the text itself gives a value, and objects by their arguments; anything else is named as it stands. DOM-free.

const CALL =
  /(?:^|[^\w.]|\bvllm\.)(LLM|LLMConfig|(?:Async)?EngineArgs)\((?=\s*(?:#.*\n\s*)*(?:(?:\w+,\s*)?\w+\s*=|\*\*|[rf]?["']))/;
const DEPTH = 20;

export const isPython = (text) => CALL.test(text);

// { caller, args, unread }: the arguments by their names; the words of those that nobody can know from here.
export function fromPython(text) {
  const found = CALL.exec(text);
  const r = { text, at: found.index + found[0].length, depth: 0, names: new Map() };
  const given = Object.entries(call(r)).map(([name, one]) => [name === "0" ? "model" : name, one]);
  const unread = given.filter(([, one]) => one instanceof Unknown);
  return {
    caller: found[1],
    args: Object.fromEntries(given.filter((pair) => !unread.includes(pair))),
    unread: unread.map(([name, one]) => [name, one.text]),
  };
}

// A list of words that starts vLLM, as Python hands it on (Dockerfiles do alike), and the lists added to it.
const ARGV = /\[\s*(["'])(?:[^"'\s]*\/)?vllm\1\s*,\s*["']serve["']/;
const ADDED = /^[ \t]*\w+\s*\+=\s*(?=\[)|\.extend\(\s*(?=\[)/gm;

export const isArgv = (text) => ARGV.test(text);

export function argv(text) {
  const { index } = ARGV.exec(text);
  const starts = [...text.slice(index).matchAll(ADDED)].map((found) => index + found.index + found[0].length);
  return [index, ...starts].flatMap((at) => {
    const r = { text, at: at + 1, depth: 0, names: new Map() };
    const words = [];
    for (; !take(r, /\]/y) && r.at < text.length; take(r, /,/y)) words.push(value(r, ",]"));
    return words.map((word) => (word instanceof Unknown ? word.text : String(word)));
  });
}

class Unknown {
  constructor(text) {
    this.text = text;
  }
}

const isMap = (one) => one !== null && typeof one === "object" && !Array.isArray(one) && !(one instanceof Unknown);

// Takes what `pattern` (sticky) finds here, behind spaces and comments.
function take(r, pattern) {
  const space = /(?:\s|\\\n|#.*)*/y;
  space.lastIndex = r.at;
  space.exec(r.text);
  pattern.lastIndex = space.lastIndex;
  const found = pattern.exec(r.text);
  if (found) r.at = pattern.lastIndex;
  return found;
}

// Arguments up to the bracket that closes; what has no name goes by its number.
function call(r) {
  const map = {};
  for (let i = 0; !take(r, /\)/y) && r.at < r.text.length; take(r, /,/y)) {
    const spread = take(r, /\*\*/y);
    const name = spread ? null : take(r, /([A-Za-z_]\w*)\s*=(?!=)/y);
    const given = value(r, ",)");
    if (spread && isMap(given)) Object.assign(map, given);
    else map[name ? name[1] : spread ? "**" : String(i++)] = given;
  }
  return map;
}

// An expression, which ends before one of `ends`; else it is unknown up to there.
function value(r, ends) {
  const start = r.at;
  const known = sum(r);
  const next = /^(?:\s|\\\n|#.*)*([\s\S])/.exec(r.text.slice(r.at, r.at + 1000))?.[1];
  if (known !== undefined && (!next || ends.includes(next))) return known;
  r.at = start;
  skip(r, ends);
  return new Unknown(r.text.slice(start, r.at).trim().replace(/\s+/g, " "));
}

function skip(r, ends) {
  for (let open = 0; r.at < r.text.length; r.at++) {
    const c = r.text[r.at];
    if (open === 0 && ends.includes(c)) return;
    if ("\"'".includes(c) && string(r) !== undefined) r.at--;
    else if ("([{".includes(c)) open++;
    else if (")]}".includes(c)) open--;
  }
}

const OPERATORS = [
  { "<<": (a, b) => a * 2 ** b },
  { "+": (a, b) => a + b, "-": (a, b) => a - b },
  { "*": (a, b) => a * b, "/": (a, b) => a / b, "//": (a, b) => Math.floor(a / b) },
  { "**": (a, b) => a ** b },
];

function sum(r, level = 0) {
  if (level === OPERATORS.length) return term(r);
  let left = sum(r, level + 1);
  while (typeof left === "number") {
    const before = r.at;
    const operate = OPERATORS[level][take(r, /<<|\*\*|\/\/|[-+*/]/y)?.[0]];
    const right = operate && sum(r, level + 1);
    if (typeof right !== "number") {
      r.at = before;
      break;
    }
    left = operate(left, right);
  }
  return left;
}

// undefined where it isn't known.
function term(r) {
  if (r.depth === DEPTH) return undefined;
  r.depth++;
  const known = number(r) ?? string(r) ?? bracket(r) ?? named(r);
  r.depth--;
  return known === NONE ? null : known;
}

const NONE = Symbol("None");

function number(r) {
  const found = take(r, /-?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])/y);
  return found ? Number(found[0].replaceAll("_", "")) : undefined;
}

// Texts side by side are one.
function string(r) {
  let whole;
  for (;;) {
    const part = take(r, /([rR]?)("""|'''|"|')((?:\\[\s\S]|(?!\2)[^\\])*)\2/y);
    if (!part) return whole;
    const [, raw, , said] = part;
    whole = (whole ?? "") + (raw ? said : said.replace(/\\\n/g, "").replace(/\\([\s\S])/g, "$1"));
  }
}

function bracket(r) {
  const open = take(r, /[([{]/y)?.[0];
  if (!open) return undefined;
  if (open === "{") return dictionary(r);
  const end = open === "[" ? "]" : ")";
  const items = [];
  let comma = open === "[";
  while (!take(r, end === "]" ? /\]/y : /\)/y)) {
    if (r.at >= r.text.length) return undefined;
    items.push(value(r, `,${end}`));
    comma = Boolean(take(r, /,/y)) || comma;
  }
  if (items.some((item) => item instanceof Unknown)) return undefined;
  return items.length === 1 && !comma ? (items[0] ?? NONE) : items;
}

function dictionary(r) {
  const entries = [];
  while (!take(r, /\}/y)) {
    const key = value(r, ":,}");
    if (r.at >= r.text.length || !take(r, /:/y)) return undefined;
    entries.push([key, value(r, ",}")]);
    take(r, /,/y);
  }
  return entries.flat().some((one) => one instanceof Unknown) ? undefined : Object.fromEntries(entries);
}

const CONSTANTS = { True: true, False: false, None: NONE };

function named(r) {
  const name = take(r, /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/y)?.[0];
  if (!name) return undefined;
  if (Object.hasOwn(CONSTANTS, name)) return CONSTANTS[name];
  const own = name.split(".").pop();
  if (take(r, /\(/y)) {
    const map = call(r); // dict(…), CompilationConfig(…)
    if (own === "str" && /string|number/.test(typeof map[0])) return String(map[0]);
    return /^dict$|Config$/.test(own) && !Object.values(map).some((one) => one instanceof Unknown) ? map : undefined;
  }
  if (/^torch\.\w+$|^[A-Z]\w*\.[A-Z_]+$/.test(name)) return own; // torch.float16, CUDAGraphMode.FULL
  if (!r.names.has(name)) {
    r.names.set(name, undefined); // while it is looked for
    r.names.set(name, assigned(r, name));
  }
  return r.names.get(name);
}

// What the text assigns to a name, where it does so once.
function assigned(r, name) {
  if (name.includes(".")) return undefined;
  const lines = r.text.matchAll(new RegExp(`^[ \\t]*${name}(?:[ \\t]*:[^=\\n]+)?[ \\t]*=(?!=)`, "gm"));
  const all = [...lines].map(({ index, 0: begun }) => {
    const inner = { ...r, at: index + begun.length };
    const known = sum(inner);
    // An argument has a comma or a bracket behind it.
    return { known, argument: /^\s*(#.*\s*)*[,)]/.test(r.text.slice(inner.at, inner.at + 1000)), inner };
  });
  const own = all.filter(({ argument }) => !argument);
  const whole = own.length === 1 && /^[ \t]*(?:[;#].*)?(?:\r?\n|$)/.test(r.text.slice(own[0].inner.at));
  return whole ? own[0].known : undefined;
}
