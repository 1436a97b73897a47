// The vectors: what must come out, with where that is known from. A file is
//   { "source": …, "as_of": "2026-11", "configs": { name: {…} }?,
//     "cases": [ { "id": …, "why": …?, "request": {…}, "expect": {…} } ] }
// `request` is a request of the core whose `config` and `draft_config` are objects or names of `configs`; `expect` is the part of
// the report that must be so: objects by the members named, arrays element by element.
import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));

export const vectorFiles = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => {
      const { cases, configs = {}, ...file } = JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));
      return { name, ...file, cases: cases.map((vector) => ({ ...vector, request: spelledOut(vector, configs) })) };
    });

function spelledOut({ request }, configs) {
  const text = (config) => config && JSON.stringify(configs[config] ?? config);
  return { ...request, config: text(request.config), draft_config: text(request.draft_config) };
}

export const vectorRequests = () => vectorFiles().flatMap(({ cases }) => cases.map(({ request }) => request));
