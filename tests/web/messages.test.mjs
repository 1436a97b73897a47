import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { FIELDS } from "../../web/fields.js";
import de from "../../web/messages/de.js";
import deMore from "../../web/messages/de-more.js";
import en from "../../web/messages/en.js";
import enMore from "../../web/messages/en-more.js";
import { chooseLanguage, loadMessages, loadMore, makeMessages } from "../../web/messages/index.js";
import { DETAILS } from "../../web/views/index.js";

const CORE = new URL("../../core/src/", import.meta.url);
const WEB = new URL("../../web/", import.meta.url);
const holes = (text) => [...new Set(JSON.stringify(text).match(/\{\w+\}/g) ?? [])].sort();

for (const [name, english, german] of [
  ["first load", en, de],
  ["on intent", enMore, deMore],
]) {
  test(`${name}: German is complete, with the same places to fill in`, () => {
    assert.deepEqual(Object.keys(german).sort(), Object.keys(english).sort());
    for (const key of Object.keys(english)) {
      assert.deepEqual(holes(german[key]), holes(english[key]), key);
      assert.equal(typeof german[key], typeof english[key], key);
    }
  });
}

function sources(folder = "") {
  return readdirSync(new URL(folder, WEB), { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return sources(`${folder}${entry.name}/`);
    return /\.js$/.test(entry.name) && !folder.startsWith("messages")
      ? [readFileSync(new URL(folder + entry.name, WEB), "utf8")]
      : [];
  });
}

test("every message the code asks for is in the table", () => {
  const all = { ...en, ...enMore };
  for (const text of sources()) {
    for (const [, key] of text.matchAll(/\bt\("([\w.-]+)"/g)) assert.ok(key in all, key);
  }
});

test("every message is asked for somewhere", () => {
  const text = sources().join("\n");
  const computed =
    /^(in|term|attribute|role|risk|method|view|col|starts|out|embed|trouble|about|take|verdict|versions|accuracy|kind)\./;
  for (const key of Object.keys({ ...en, ...enMore })) {
    if (!computed.test(key)) assert.ok(text.includes(`"${key}"`), key);
  }
});

test("every control and every part has its words", () => {
  for (const { path, control } of FIELDS) {
    if (control && control !== "head") assert.ok(`in.${path.split(".").pop()}` in { ...en, ...enMore }, path);
  }
  for (const { id } of DETAILS) assert.ok(`view.${id}` in en, id);
});

test("every term of the budget has its words", () => {
  const sources = readdirSync(CORE).filter((name) => /^runtime_.*\.cpp$/.test(name));
  const text = sources.map((name) => readFileSync(new URL(name, CORE), "utf8")).join("\n");
  const made = /(?:Sum \w+\(|add\(budget, |terms\.push_back\(\s*\{|Term \w+\{\s*)"(\w+)"/g;
  const ids = [...text.matchAll(made)].map(([, id]) => id);
  assert.ok(ids.length > 8);
  for (const id of ids) assert.ok(`term.${id}` in en, id);
});

test("forms are chosen by the count, languages by the wish list", () => {
  const t = makeMessages("en", en);
  assert.equal(t("model.count", { n: 1 }), "1 model");
  assert.equal(t("model.count", { n: 0 }), "0 models");
  assert.equal(t("no.such.key"), "no.such.key");
  assert.equal(chooseLanguage(["fr", "de-AT"]), "de");
  assert.equal(chooseLanguage(["xx"]), "en");
});

test("what the core says is German, figures, parts and all, and English where the table has nothing", async () => {
  await loadMore("de");
  const t = await loadMessages("de");
  const said = {
    "vLLM doesn't start: one request of 40,960 tokens needs 5.63 GiB of KV cache and 3.50 GiB (between 2.85 GiB and 3.83 GiB) is left for it.":
      "vLLM startet nicht: Eine Anfrage mit 40.960 Tokens braucht 5,63 GiB KV-Cache, und dafür bleiben 3,50 GiB (zwischen 2,85 GiB und 3,83 GiB).",
    "Not before 0.29.0: the null block is set aside before testing whether one request fits; before it was ignored: 1,200 more tokens.":
      "Nicht vor 0.29.0: der Nullblock geht ab, bevor geprüft wird, ob eine Anfrage passt; vorher zählte er nicht: 1.200 Tokens mehr.",
    "vLLM refused to start: one request of 8,192 tokens needs 1.25 GiB of KV cache, 0.50 GiB was left.":
      "vLLM startete nicht: Eine Anfrage mit 8.192 Tokens braucht 1,25 GiB KV-Cache; übrig waren 0,50 GiB.",
    "vLLM refused to start: one request needs more KV cache than there is.":
      "vLLM startete nicht: Eine Anfrage braucht mehr KV-Cache, als da ist.",
    "Raise --gpu-memory-utilization to 0.97: less is left for other programs and for graphs outside the budget. And: Use a GPU with more memory: NVIDIA L40S.":
      "--gpu-memory-utilization auf 0.97 erhöhen: Anderen Programmen und Graphen außerhalb des Budgets bleibt weniger. Und: Eine GPU mit mehr Speicher nehmen: NVIDIA L40S.",
  };
  for (const [english, german] of Object.entries(said)) {
    assert.equal(t.said(english), german);
    assert.equal(makeMessages("en", en).said(english), english);
  }
  assert.equal(t.said("Something."), "Something.");
});

test("kinds of KV groups and parts of the weights have their words", () => {
  const names = (file, list) => {
    const [, inside] = new RegExp(`${list}[\\s\\S]*?names\\[\\] = \\{([^}]*)\\}`).exec(
      readFileSync(new URL(file, CORE), "utf8"),
    );
    return [...inside.matchAll(/"(\w+)"/g)].map(([, name]) => name);
  };
  const kinds = names("kv_plan.cpp", "kind_of");
  assert.ok(kinds.length > 6);
  for (const kind of [...kinds, "uniform"]) assert.ok(`kind.${kind}` in enMore, kind);
  const roles = names("weights.cpp", "name_of");
  assert.ok(roles.length > 8);
  for (const role of [...roles, "buffers"]) assert.ok(`role.${role}` in enMore, role);
});
