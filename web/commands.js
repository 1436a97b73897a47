// The words of the command that starts vLLM, wherever it stands: in a script, in a container's manifest, in the settings
// file that `vllm serve --config` reads. DOM-free.

import { BY_FLAG } from "./kit.js";
import { commands } from "./shell.js";
import { fromYaml } from "./yaml.js";

const STARTS = /(^|[\s"'`(/])vllm (serve|bench)\s|api_server\b|(^|\s)--model[\s=]|vllm\/vllm-openai/;

export const startsVllm = (text) => STARTS.test(text) || isSettings(text);

// What stands between the fences of a text that has them.
export const unfenced = (text) => /^ *```.*\n([\s\S]*?)^ *```/m.exec(text)?.[1] ?? text;

// { args, bench, version }: vLLM's arguments, whether it only measures, the release a container's image names.
export function findCommand(given) {
  const text = expanded(given);
  const all = isManifest(text) ? ofManifest(text) : isSettings(text) ? [ofSettings(fromYaml(text))] : ofScript(text);
  const [, version] = /vllm\/vllm-openai(?:-[a-z]+)?:v(\d+\.\d+\.\d+)(?=-(?!rc)|[\s"'@]|$)/.exec(text) ?? [];
  const named = all.find((words) => words.some((word) => /^--model\b/.test(word)));
  return { ...(all.map(locate).find(Boolean) ?? { args: named ?? all[0] ?? [] }), version };
}

// The arguments of vLLM within a longer command.
function locate(words) {
  const at = words.findIndex((word, i) => /^(serve|bench)$/.test(word) && /(^|\/)vllm$/.test(words[i - 1] ?? ""));
  if (words[at] === "bench") return { args: words.slice(at + 2), bench: true };
  const starts =
    at >= 0 ? at : words.findIndex((word) => /api_server(\.py)?$|vllm\/vllm-openai(-[a-z]+)?([:@]|$)/.test(word));
  return starts < 0 ? undefined : { args: words.slice(starts + 1) };
}

// --- scripts -------------------------------------------------------------------------------------------------------

// Dashes that a text processor made one are two again; cmd.exe and PowerShell continue lines in their own ways.
const ofScript = (text) =>
  commands(text.replace(/(?<=\s)[—–]-?(?=\w)/g, "--").replace(/ [\^`](?=\r?\n)/g, " \\")).flatMap(within);

// `bash -c "vllm serve …"`
function within(words) {
  const inner = words.find((word) => /\s/.test(word) && STARTS.test(word));
  return inner ? commands(inner) : [words];
}

// $NAME by what the text itself says it is.
function expanded(text) {
  const assigned = /(?:^|[\s;])([A-Za-z_]\w*)=("[^"\n]*"|'[^'\n]*'|[^\s;'"]*)/g;
  const values = new Map(
    [...text.matchAll(assigned)].map(([, name, value]) => [name, value.replace(/^["']|["']$/g, "")]),
  );
  return text.replace(
    /\$(?:(\w+)|\{(\w+)(?::?-([^}]*))?\})/g,
    (all, name, braced, otherwise) => values.get(name ?? braced) ?? otherwise ?? all,
  );
}

// --- manifests -----------------------------------------------------------------------------------------------------

const isManifest = (text) => /^\s*(- )?(command|args|image)\s*:/m.test(text);

function ofManifest(text) {
  let above = 0; // lines, for the place of an error
  return text.split(/^---.*$/m).flatMap((part) => {
    const tree = fromYaml("\n".repeat(above) + part);
    above += part.split("\n").length - 1;
    return containers(tree).flatMap(within);
  });
}

// Every mapping with an image or a command, its words in the order in which they run.
function containers(node) {
  if (node === null || typeof node !== "object") return [];
  const own = [node.image, node.entrypoint, node.command, node.args].flatMap(said);
  const inside = Object.values(node).flatMap(containers);
  return !Array.isArray(node) && own.length ? [own, ...inside] : inside;
}

const said = (value) =>
  Array.isArray(value) ? value.map(String) : typeof value === "string" ? (commands(value)[0] ?? []) : [];

// --- settings (vllm/utils/argparse_utils.py:FlexibleArgumentParser.load_config_file) ---------------------------------

const flagOf = (key) => `--${key.replaceAll("_", "-")}`;

// A model's config as YAML may have keys of such names too.
function isSettings(text) {
  const keys = text.match(/^[\w-]+(?=\s*:\s)/gm) ?? [];
  return keys.some((key) => key === "model" || BY_FLAG.has(flagOf(key))) && !keys.includes("architectures");
}

const ofSettings = (tree) => [
  "vllm",
  "serve",
  ...Object.entries(tree).flatMap(([key, value]) => {
    if (typeof value === "boolean") return value ? [flagOf(key)] : [`--no-${flagOf(key).slice(2)}`];
    if (Array.isArray(value)) return [flagOf(key), ...value.map(String)];
    return [flagOf(key), value !== null && typeof value === "object" ? JSON.stringify(value) : String(value)];
  }),
];
