import { cpSync } from "node:fs";

export const lane = "fast";
export const recipe = "html";

const page = (text) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Host</title>${text}</html>\n`;

export const files = ({ blocks }) => ({
  "index.html": page(`<h1>One</h1><a href="two.html">second</a>\n${blocks.page}`),
  "two.html": page(`<h1>Two</h1>\n${blocks.page}`),
});
export const build = (out, folder) => cpSync(folder, out, { recursive: true });
