import assert from "node:assert/strict";
import { test } from "node:test";
import { dark, light } from "../../web/styles/palette.js";

// WCAG 2.2, relative luminance and contrast ratio.
function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

for (const [name, colours] of Object.entries({ light, dark })) {
  test(`${name}: text has 4.5 : 1 on every background`, () => {
    for (const text of ["text", "quiet", "accent", "good", "warn", "bad"]) {
      for (const back of ["back", "field"]) {
        const ratio = contrast(colours[text], colours[back]);
        assert.ok(ratio >= 4.5, `${text} on ${back}: ${ratio.toFixed(2)}`);
      }
    }
  });

  test(`${name}: marks have 3 : 1 on the background`, () => {
    for (const mark of ["weights", "kv", "activation", "runtime", "bad", "edge"]) {
      const ratio = contrast(colours[mark], colours.back);
      assert.ok(ratio >= 3, `${mark}: ${ratio.toFixed(2)}`);
    }
  });

  test(`${name}: words inside the bar have 4.5 : 1 on their segment`, () => {
    for (const mark of ["weights", "kv", "activation", "runtime"]) {
      const ratio = contrast(colours["in-bar"], colours[mark]);
      assert.ok(ratio >= 4.5, `${mark}: ${ratio.toFixed(2)}`);
    }
  });
}
