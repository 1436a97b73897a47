// The built module in Node. The glue is made for browsers, so the bytes are handed to it; and the command line, for
// comparing with it.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const repo = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const cli = `${repo}/build/native/vram-gauge`;

export async function loadModule(site = `${repo}/build/site`) {
  const { default: createModule } = await import(`${site}/vram-gauge-core.js`);
  return createModule({ wasmBinary: readFileSync(`${site}/vram-gauge-core.wasm`) });
}

// The reports as text, one for each request, from one process.
export function nativeReports(requests) {
  const input = requests.map((request, id) => `${JSON.stringify({ id, request })}\n`).join("");
  const { stdout, status, signal, error } = spawnSync(cli, ["--batch"], {
    input,
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  if (status !== 0) throw new Error(`${cli} --batch ended with ${status ?? signal ?? error}`);
  const lines = stdout.split("\n").slice(0, -1);
  if (lines.length !== requests.length) throw new Error(`${lines.length} lines for ${requests.length} requests`);
  return lines.map((line, id) => {
    const head = `{"id":${id},"report":`;
    if (!line.startsWith(head) || !line.endsWith("}")) throw new Error(`not an answer: ${line.slice(0, 80)}`);
    return line.slice(head.length, -1);
  });
}

// The same through the module, as the page does it: texts are opened as a model, the rest is the request.
export function moduleReport(core, request) {
  const { config_path, hf_quant_config_path, ...rest } = request;
  if (!config_path) return core.report(0, JSON.stringify(rest));
  const quant = hf_quant_config_path ? readFileSync(hf_quant_config_path, "utf8") : "";
  const handle = core.openModel(readFileSync(config_path, "utf8"), quant, "");
  const text = core.report(handle, JSON.stringify(rest));
  core.closeModel(handle);
  return text;
}
