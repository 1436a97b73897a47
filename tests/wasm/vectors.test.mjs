// Every vector, through the module. That the command line says the same is parity.test.mjs's business.
import assert from "node:assert/strict";
import { test } from "node:test";
import { vectorFiles } from "../vectors/read.mjs";
import { loadModule } from "./module.mjs";

const core = await loadModule();

function assertHolds(found, expected, path) {
  if (Array.isArray(expected)) {
    assert.ok(Array.isArray(found), `${path} is no array: ${JSON.stringify(found)}`);
    assert.equal(found.length, expected.length, `${path}.length`);
    for (const [index, value] of expected.entries()) assertHolds(found[index], value, `${path}[${index}]`);
  } else if (expected !== null && typeof expected === "object") {
    assert.ok(found !== null && typeof found === "object", `${path} is no object: ${JSON.stringify(found)}`);
    for (const [key, value] of Object.entries(expected)) assertHolds(found[key], value, `${path}.${key}`);
  } else {
    assert.strictEqual(found, expected, path);
  }
}

const ids = new Set();

for (const { name, source, as_of, cases } of vectorFiles()) {
  test(`${name}: says where it is from, and each case has an id of its own`, () => {
    assert.ok(source?.length > 10);
    assert.match(as_of, /^\d{4}-\d{2}$/);
    for (const { id, request, expect } of cases) {
      assert.ok(id && !ids.has(id), `id ${id}`);
      ids.add(id);
      assert.ok(request && Object.keys(expect).length, id);
    }
  });

  test(`${name}: ${cases.length} cases`, () => {
    for (const vector of cases) {
      const found = JSON.parse(core.report(0, JSON.stringify(vector.request)));
      assertHolds(found, vector.expect, vector.id);
    }
  });
}
