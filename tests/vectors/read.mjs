// The vectors: what must come out, with where that is known from. A file is
//   { "source": …, "as_of": "2026-11", "cases": [ { "id": …, "why": …?, "request": {…}, "expect": {…} } ] }
// `request` is a request of the core whose `config` may be written as an object; `expect` is the part of the report that
// must be so: objects by the members named, arrays element by element.
import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));

export const vectorFiles = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => ({ name, ...JSON.parse(readFileSync(`${folder}/${name}`, "utf8")) }));

export const requestOf = ({ request }) =>
  typeof request.config === "object" ? { ...request, config: JSON.stringify(request.config) } : request;

export const vectorRequests = () => vectorFiles().flatMap(({ cases }) => cases.map(requestOf));
