import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { FIELDS } from "../../web/fields.js";
import de from "../../web/messages/de.js";
import deMore from "../../web/messages/de-more.js";
import en from "../../web/messages/en.js";
import enMore from "../../web/messages/en-more.js";
import { chooseLanguage, makeMessages } from "../../web/messages/index.js";
import { DETAILS } from "../../web/views/index.js";

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
    /^(in|term|role|risk|method|view|col|starts|out|embed|trouble|about|take|verdict|versions|accuracy)\./;
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

test("forms are chosen by the count, languages by the wish list", () => {
  const t = makeMessages("en", en);
  assert.equal(t("model.count", { n: 1 }), "1 model");
  assert.equal(t("model.count", { n: 0 }), "0 models");
  assert.equal(t("no.such.key"), "no.such.key");
  assert.equal(chooseLanguage(["fr", "de-AT"]), "de");
  assert.equal(chooseLanguage(["xx"]), "en");
});
