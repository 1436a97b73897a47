// What the core can say, read from its sources: every English text that its C++ puts together, with {} where a value
// goes: `"vLLM starts " + name + (n > 1 ? "s" : "") + "."` is "vLLM starts {}s." and "vLLM starts {}.". A text that is
// said in several steps (a variable, a function's result) is found as its pieces.

import { readdirSync, readFileSync } from "node:fs";

const CORE = new URL("../../core/src/", import.meta.url);
// What isn't said: patterns looked for in other programs' output, tables of names, figures.
const SILENT = /^(data\/|quantization\/name_map\.inc$|format\.cpp$|startup_log(_outcome|_settings)?\.cpp$)/;
const SILENT_FIELDS = new Set(["architectures", "model_types", "source"]); // of a family

// text -> the file that says it.
export function coreSentences() {
  const found = new Map();
  for (const file of readdirSync(CORE, { recursive: true })) {
    if (!/\.(cpp|hpp|def|inc)$/.test(file) || SILENT.test(file)) continue;
    for (const text of textsOf(readFileSync(new URL(file, CORE), "utf8")))
      if (isProse(text) && !found.has(text)) found.set(text, file);
  }
  return found;
}

// A written-out word beside a word, a number or a value: more than a name, or a formula of names.
export function isProse(text) {
  const words = text.split(/\s+/).map((word) => word.replace(/^[("]+|[.,;:)"]+$/g, ""));
  const isWord = (word) => /^[A-Z]?[a-z'-]+$/.test(word ?? "");
  const isName = (word) => /^[A-Za-z0-9{}.'"-]+$/.test(word ?? "");
  return words.some((word, i) => isWord(word) && (isName(words[i - 1]) || isName(words[i + 1])));
}

export function textsOf(source) {
  const texts = [];
  evaluate(tree(tokens(source)), texts);
  return texts;
}

const TOKEN =
  /\/\/.*|\/\*[\s\S]*?\*\/|^[ \t]*#.*(?:\\\n.*)*|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)+)'|\d[\w'.]*|[A-Za-z_][\w:]*(?<!:)|&&|\|\||::|[-=!<>+]=|->|\+\+|\S/gm;

// { text } for a literal, { word } for anything else; comments and the preprocessor's lines are left out.
function tokens(source) {
  const list = [];
  for (const [word, string, char] of source.matchAll(TOKEN)) {
    if (/^(\/[/*]|[ \t]*#)/.test(word)) continue;
    if (string !== undefined) list.push({ text: literal(string) });
    else if (char !== undefined) list.push({ text: literal(char) });
    else list.push({ word });
  }
  return list;
}

const literal = (text) => text.replace(/\\(["'\\])/g, "$1").replaceAll("\\n", "\n");

const CLOSING = { "(": ")", "[": "]", "{": "}" };

// Brackets become { group: [...] }.
function tree(list, closing, at = { i: 0 }) {
  const items = [];
  while (at.i < list.length) {
    const item = list[at.i++];
    if (closing && item.word === closing) break;
    items.push(item.word in CLOSING ? { group: tree(list, CLOSING[item.word], at), open: item.word } : item);
  }
  return items;
}

const BETWEEN = new Set(", ; ? : = += == != <= >= < > && || return case".split(" "));

// What an expression's alternatives read; null if it has no literal. Whatever is complete goes to `texts` as well.
function evaluate(items, texts) {
  const pieces = [[]];
  for (const item of items) {
    if (BETWEEN.has(item.word)) pieces.push([]);
    else pieces.at(-1).push(item);
  }
  const silent = (piece) => piece?.[0]?.word === "." && SILENT_FIELDS.has(piece[1]?.word);
  const all = pieces.flatMap((piece, i) => (silent(pieces[i - 1]) ? [] : (concatenation(piece, texts) ?? [])));
  return all.length ? all : null;
}

// `a + "b" + (c)`: the alternatives it reads, or null.
function concatenation(piece, texts) {
  let read = [""];
  let spoken = false;
  let operand = [];
  const close = () => {
    const own = alternatives(operand, texts);
    spoken ||= own.literal;
    read = read.flatMap((before) => own.texts.map((text) => before + text));
    operand = [];
  };
  for (const item of piece) {
    if (item.word === "+") close();
    else operand.push(item);
  }
  close();
  if (!spoken) return null;
  texts.push(...read);
  return read;
}

const VALUE = { literal: false, texts: ["{}"] };
const STRING = /^(std::string|std::string_view)$/;

// One operand: adjacent literals, something in brackets, or a value. Brackets after a name are a call's arguments, and
// a block after brackets a body: what they say, they say on their own.
function alternatives(operand, texts) {
  const last = operand.findLastIndex((item) => item.text === undefined);
  const literals = operand.slice(last + 1);
  const groups = operand.filter(({ group }) => group);
  if (literals.length) {
    for (const { group } of groups) evaluate(group, texts);
    return { literal: true, texts: [literals.map(({ text }) => text).join("")] };
  }
  const inner = operand.at(-1);
  const before = operand.at(-2);
  const plain = inner?.open === "(" && (!before || STRING.test(before.word ?? ""));
  for (const item of groups) if (item !== inner || !plain) evaluate(item.group, texts);
  if (!plain) return VALUE;
  if (!inner.group.length) return { literal: false, texts: [""] };
  const own = [];
  const read = evaluate(inner.group, own);
  texts.push(...own.filter((text) => !read?.includes(text)));
  return read ? { literal: true, texts: read } : VALUE;
}
