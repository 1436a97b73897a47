import assert from "node:assert/strict";
import { test } from "node:test";
import { snippets, unsaid } from "../../web/snippets.js";

const around = { base: "https://host/", fragment: "m=a/b", title: "Fits.", lang: "en", release: "0.33.0" };
const plain = { known_model: "a/b", "hardware.gpu": "l4-24gb", config: null, "page.name": "x" };

test("an answer stands in the element only where the element's attributes say all that it answers", () => {
  const { answered } = snippets(plain, around);
  assert.match(
    answered,
    /vllm-version="0\.33\.0" lang="en"><a class="example" lang="en" href="https:\/\/host\/#m=a\/b">Fits\. \(a\/b, vLLM 0\.33\.0\)<\/a>/,
  );
  for (const more of [{ config: "{}" }, { "engine.kv_cache_dtype": "fp8" }, { method: "rule-of-thumb" }])
    assert.equal(snippets({ ...plain, ...more }, around).answered, undefined);
});

test("what no attribute says is named", () => {
  assert.deepEqual(unsaid({ ...plain, "engine.kv_cache_dtype": "fp8" }), ["engine.kv_cache_dtype"]);
});

test("what names say is never markup", () => {
  const forms = snippets({ known_model: '"><img src=x>' }, { ...around, title: "<b>&" });
  for (const form of ["element", "answered", "classic", "html"]) assert.doesNotMatch(forms[form], /<img|<b>/);
});
