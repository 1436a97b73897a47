// States of the page for round trips: a seeded choice of fields, each with a value that its row of the table allows.

import { FIELDS } from "../../web/fields.js";

export function randomSource(seed) {
  let a = seed + 0x6d2b79f5;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const TEXTS = [
  "a/b",
  "org/Model-1.5_x",
  "$(rm -rf /)",
  'it\'s "quoted"',
  "<b>&amp;</b>",
  "naïve 模型",
  "a b=c&d#e",
  "`x`;|y",
  "-flag",
  "%41+%20",
];

function value(field, random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const { min = 0, max: most = 1e6 } = field;
  const max = field.path === "hardware.gpus" ? 1024 : most; // GPUs that nothing else divides are tensor parallel
  switch (field.kind) {
    case "int":
    case "tokens":
    case "bytes":
      return Math.max(1, Math.floor(min + random() ** 8 * (max - min)));
    case "number":
      return Number((min + random() ** 4 * (Math.min(max, 1e6) - min)).toPrecision(6));
    case "bool":
      return random() < 0.5;
    case "enum":
      return pick(field.values);
    case "json":
      return pick([{ image: 0, video: 2 }, ["--flag", "it's"], { method: "ngram", num_speculative_tokens: 3 }]);
    case "blob":
      return `{\n "hidden_size": ${Math.floor(random() * 9999)}, "name": ${JSON.stringify(pick(TEXTS))} }`;
    default:
      return pick(TEXTS);
  }
}

export function randomState(seed, wanted = () => true) {
  const random = randomSource(seed);
  const state = {};
  for (const field of FIELDS) {
    if (wanted(field) && random() < 0.35) state[field.path] = value(field, random);
  }
  return state;
}
