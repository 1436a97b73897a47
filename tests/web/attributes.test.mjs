import assert from "node:assert/strict";
import { test } from "node:test";
import { fromAttributes } from "../../web/attributes.js";
import { snippets } from "../../web/snippets.js";

const element = (given) => ({ getAttribute: (name) => given[name] ?? null, hasAttribute: (name) => name in given });
const read = (given) => fromAttributes(element(given));

test("what an attribute can't be is left out and named, with what was typed", () => {
  const given = { tp: "two", context: "8k?", gpus: "-1", concurrency: "0", view: "ful", theme: "drak" };
  const { state, options, unread } = read({ ...given, controls: "gpu foo", model: "x".repeat(201) });
  assert.deepEqual(
    Object.values(state).filter((value) => value !== undefined),
    [],
  );
  assert.deepEqual([options.view, options.theme, options.controls], ["full", "auto", ["gpu"]]);
  assert.deepEqual(
    Object.fromEntries(unread.map(({ where, given: typed }) => [where.field, typed])),
    Object.fromEntries(
      Object.entries({ ...given, controls: "foo", model: "x".repeat(80) }).map(([name, text]) => [
        name,
        `${name}="${text}"`,
      ]),
    ),
  );
});

test("what can be read isn't named: sizes as the fields take them, blanks, absent ones", () => {
  const { state, unread } = read({ context: " 8k ", gpus: "2", tp: "", controls: "none", view: "bar", compact: "" });
  assert.deepEqual(unread, []);
  assert.equal(state["engine.max_model_len"], 8192);
  assert.equal(state["hardware.gpus"], 2);
});

test("an element for a context of what fits says so in a way that it reads", () => {
  const { element: text } = snippets(
    { known_model: "a/b", "engine.max_model_len": -1 },
    { base: "", fragment: "", title: "" },
  );
  const [, context] = /context="([^"]*)"/.exec(text);
  assert.equal(read({ context }).state["engine.max_model_len"], -1);
});
