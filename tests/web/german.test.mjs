// Nothing that the core can say is left in English on a German page.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import german from "../../web/messages/de-core.js";
import { makeSayer } from "../../web/messages/said.js";
import { coreSentences, isProse, textsOf } from "./core-sentences.mjs";

const say = makeSayer("de", german);
const parts = Object.entries(german).filter(([, own]) => typeof own === "object");
const partsOnly = Object.fromEntries(parts);
const pairs = [german, ...parts.map(([, part]) => part)].flatMap((table) =>
  Object.entries(table).filter(([, own]) => typeof own === "string"),
);
// What would say anything at all ("{}: {rule}: {effect}.") says nothing by itself.
const sayers = pairs
  .filter(([english]) => isProse(english.replace(/\{\w+\}/g, "{}")))
  .map(([english, own]) => [english, makeSayer("de", { ...partsOnly, [english]: own })]);

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// The entries that say a text: whole, or as a piece that ends where a place of the entry begins.
function saidBy(text) {
  const filled = text.replaceAll("{}", "7");
  const piece = text.replace(/^(\s|\{\})+|(\s|\{\})+$/g, "");
  const bounded = new RegExp(`(^|[}:(] ?)${piece.split("{}").map(escaped).join(".+?")}(?=$| ?[{.:])`);
  return sayers
    .filter(([english, sayer]) => sayer(filled) !== undefined || bounded.test(english))
    .map(([name]) => name);
}

const sentences = coreSentences();
const accuracy = JSON.parse(readFileSync(new URL("../../web/data/accuracy.json", import.meta.url), "utf8"));
// Those with a word among their names; "not named" is the page's own.
const accuracyGroups = [...accuracy.gpus, ...accuracy.families]
  .map(({ name }) => name)
  .filter((name) => / \(?[a-z]{3}|^Other/.test(name) && name !== "not named");
const entriesOf = new Map([...sentences.keys()].map((text) => [text, saidBy(text)]));

test("the collector reads C++ as a compiler joins it", () => {
  const source = `
    // "a comment's words"
    #include "some file"
    if (x == "no words") return "two " "words " + std::to_string(n) + (n > 1 ? " things" : std::string(" thing")) + '.';
    const Diagnostic d{"code", std::string(yes ? "one of these" : "or that") + " \\"" + name + "\\"", {1, 2}};
    call(other("inner words"), list + ": " + why);`;
  assert.deepEqual(
    textsOf(source).filter((text) => text.includes(" ")),
    [
      "no words",
      "two words {} things.",
      "two words {} thing.",
      'one of these "{}"',
      'or that "{}"',
      "inner words",
      "{}: {}",
    ],
  );
});

test("every sentence in the core's sources has its German", () => {
  assert.ok(sentences.size > 300, `${sentences.size} found`);
  const files = new Set(sentences.values());
  for (const file of ["releases/releases.def", "levers.cpp", "request.cpp", "startup_log_json.cpp", "kv_limits.cpp"])
    assert.ok(files.has(file), file);
  const missing = [...sentences].filter(([text]) => !entriesOf.get(text).length);
  assert.deepEqual(missing, []);
});

test("no entry is for something that the core no longer says", () => {
  const used = new Set([...entriesOf.values()].flat());
  const ownToPage = ["kv_cache_memory_bytes, as given", "The calculator stopped: {}", ...accuracyGroups];
  const inTables = ["estimates printed on discrete GPUs, {} and {}"];
  const gone = pairs.filter(([english]) => {
    const pieces = english.split(/\{\w*\}/).map(escaped);
    const inside = new RegExp(pieces.join(".+?"));
    const known = used.has(english) || [...ownToPage, ...inTables].includes(english);
    return !known && isProse(pieces.join("{}")) && ![...sentences.keys()].some((text) => inside.test(text));
  });
  assert.deepEqual(gone, []);
});

// Else one entry might say everything, and nothing could be missing.
test("nearly every entry is the only one for its sentence", () => {
  const needed = new Set([...entriesOf.values()].filter(({ length }) => length === 1).flat());
  assert.ok(needed.size > 0.9 * pairs.length, `${needed.size} of ${pairs.length}`);
});

test("the groups of the accuracy tables have their German", () => {
  assert.ok(accuracyGroups.length > 4, accuracyGroups.join("\n"));
  for (const name of accuracyGroups) assert.ok(say(name), name);
});

test("formulas that the page writes itself have their German too", () => {
  const views = new URL("../../web/views/", import.meta.url);
  const formulas = readdirSync(views).flatMap((file) =>
    [...readFileSync(new URL(file, views), "utf8").matchAll(/formula(?: =|:) "([^"]+)"/g)].map(([, text]) => text),
  );
  assert.ok(formulas.length > 8);
  for (const text of formulas) assert.ok(!/[a-z] [a-z]/.test(text) || say(text), text);
});

test("German fills in what the English has", () => {
  for (const [english, own] of pairs) {
    const places = [...english.matchAll(/\{\w*\}/g)].map((_, i) => `{${i + 1}}`);
    assert.deepEqual([...new Set(own.match(/\{\w+\}/g) ?? [])].sort(), places, english);
  }
});

test("a text of a stranger's making is given back at once, however long", () => {
  const hostile = '" is not in the file: the x class default '.repeat(2000);
  assert.equal(say(`"${hostile}" is no model of the catalogue; paste its config.json instead.`), undefined);
});
