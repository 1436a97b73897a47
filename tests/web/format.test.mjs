import assert from "node:assert/strict";
import { test } from "node:test";
import { makeFormat, parseBytes, parseCount, parseNumber, round2 } from "../../web/format.js";
import { randomSource } from "./random-state.mjs";

const GiB = 2 ** 30;

test("sizes have three digits that say something", () => {
  const { bytes } = makeFormat("en");
  const cases = [
    [17.44 * GiB, "17.4 GiB"],
    [2 * GiB, "2.00 GiB"],
    [0.912 * GiB, "0.91 GiB"],
    [141.2 * GiB, "141 GiB"],
    [99.96 * GiB, "100 GiB"],
    [1234 * GiB, "1,234 GiB"],
    [-3.2 * GiB, "-3.20 GiB"],
    [65536, "64 KiB"],
    [0, "0.00 GiB"],
  ];
  for (const [value, text] of cases) assert.equal(bytes(value), text);
  assert.equal(makeFormat("en", "GB").bytes(80e9), "80.0 GB");
  assert.equal(makeFormat("de").bytes(17.44 * GiB), "17,4 GiB");
});

test("English and German numbers are written as Intl.NumberFormat writes them", () => {
  const values = [
    0,
    -0,
    0.5,
    1.5,
    2.5,
    1.005,
    0.045,
    999.995,
    999999.5,
    131072,
    -1234567.891,
    1e-7,
    1e14,
    1e15,
    1e21,
    NaN,
    Infinity,
  ];
  const random = randomSource(5);
  for (let i = 0; i < 5000; i++)
    values.push((random() - 0.2) * 10 ** Math.floor(random() * 15 - 3), Math.round(random() * 1e6) / 1000);
  for (const lang of ["en", "de"]) {
    const { int, number, percent, size } = makeFormat(lang);
    const intl = (least, most, style) =>
      new Intl.NumberFormat(lang, { style, minimumFractionDigits: least, maximumFractionDigits: most });
    const [whole, plain, share, two] = [intl(0, 0), intl(0, 4), intl(1, 1, "percent"), intl(2, 2)];
    for (const value of values) {
      assert.equal(int(value), whole.format(value));
      assert.equal(number(value), plain.format(value));
      assert.equal(percent(value), share.format(value));
      if (Math.abs(value) < 9.99) assert.equal(size(value * GiB), two.format(value));
    }
  }
});

test("two decimals round as C's printf does, to even on exact ties", () => {
  const cases = [
    [0.125, "0.12"],
    [0.375, "0.38"],
    [0.625, "0.62"],
    [0.875, "0.88"],
    [2.5, "2.50"],
    [160, "160.00"],
    [919.82421875, "919.82"],
    [1.005, "1.00"], // the double is below 1.005
    [-0.125, "-0.12"],
    [3.555, "3.56"], // the double is above 3.555
  ];
  for (const [value, text] of cases) assert.equal(round2(value), text, String(value));
});

test("ratios keep their two decimals in every language", () => {
  assert.equal(makeFormat("en").ratio(1234.5), "1,234.50");
  assert.equal(makeFormat("de").ratio(1234.5), "1.234,50");
});

test("counts are read as people type them", () => {
  const cases = {
    "131072": 131072,
    "131,072": 131072,
    "131 072": 131072,
    "131.072": 131072,
    "8k": 8192,
    "128K": 131072,
    "1M": 1048576,
    " 16 ": 16,
    "1.5k": 1536,
    "": undefined,
    "eight": undefined,
    "-1": undefined,
    "8kk": undefined,
    "1e5": undefined,
  };
  for (const [text, value] of Object.entries(cases)) assert.equal(parseCount(text), value, text);
});

test("sizes are read with and without their unit", () => {
  const cases = {
    "24": 24 * GiB,
    "24 GiB": 24 * GiB,
    "80GB": 80e9,
    "512 MiB": 512 * 2 ** 20,
    "25769803776": 25769803776,
    "100 B": 100,
    "lots": undefined,
  };
  for (const [text, value] of Object.entries(cases)) assert.equal(parseBytes(text), value, text);
  assert.equal(parseBytes("24", "GB"), 24e9);
});

test("numbers take a decimal comma", () => {
  assert.equal(parseNumber("0,92"), 0.92);
  assert.equal(parseNumber("x"), undefined);
  assert.equal(parseNumber(" "), undefined);
});
