// State <-> a `vllm serve` command line. DOM-free. What the page has no field for is kept word for word and written back.

import { BY_FLAG, check, FIELDS, merge, tensorParallel } from "./kit.js";
import { quote, words } from "./shell.js";

const SERVED = FIELDS.filter((field) => field.flag);

// --- reading -------------------------------------------------------------------------------------------------------

// { state, rest }: `rest` are the words without a field. `models` are the catalogue's.
export function fromServeLine(text, models = []) {
  const { args, version } = locate(words(text));
  const state = version ? { vllm_version: version } : {};
  const rest = [];
  let name = null;
  for (let i = 0; i < args.length; ) {
    const taken = option(args, i, state) ?? model(args, i, name);
    if (taken?.name !== undefined) name = taken.name;
    if (taken) i += taken.count;
    else rest.push(args[i++]);
  }
  if (rest.length) state["page.args"] = rest;
  const known = models.find(({ id }) => id.toLowerCase() === name?.toLowerCase());
  if (name) state[known ? "known_model" : "page.name"] = known?.id ?? name;
  return { state: merge({}, state), rest };
}

// The arguments of vLLM within a longer command, and the release its container image names.
function locate(all) {
  const serve = all.findIndex((word, i) => word === "serve" && /(^|\/)vllm$/.test(all[i - 1] ?? ""));
  if (serve >= 0) return { args: all.slice(serve + 1) };
  const server = all.findIndex((word) => /api_server(\.py)?$/.test(word));
  if (server >= 0) return { args: all.slice(server + 1) };
  const image = all.findIndex((word) => /vllm\/vllm-openai(-[a-z]+)?([:@]|$)/.test(word));
  if (image < 0) return { args: all };
  return { args: all.slice(image + 1), version: /:v(\d+\.\d+\.\d+)(-(?!rc)|$)/.exec(all[image])?.[1] };
}

function model(args, i, name) {
  if (args[i] === "--" && args[i + 1] !== undefined) return { count: 2, name: args[i + 1] };
  const named = /^--model(=(.*))?$/s.exec(args[i]);
  if (named) return named[1] ? { count: 1, name: named[2] } : { count: 2, name: args[i + 1] };
  const free = !args[i].startsWith("-") && name === null && (i === 0 || !args[i - 1].startsWith("-"));
  return free ? { count: 1, name: args[i] } : null;
}

// The option at `i`, put into `state`; null if there is no field for it or its value isn't one.
function option(args, i, state) {
  const attached = args[i].replace(/^-O=?(?=\d)/, "-O="); // -O3
  const [, flag, value] = /^(--?[\w.-]+)(?:=(.*))?$/s.exec(attached) ?? [];
  if (!flag) return null;
  if (flag.includes(".")) return member(flag, value ?? args[i + 1], value === undefined ? 2 : 1, state);
  const plain = flag.replaceAll("_", "-");
  const negative = /^--no-(.*)/.exec(plain);
  const field = BY_FLAG.get(plain) ?? (negative && BY_FLAG.get(`--${negative[1]}`));
  if (!field || (negative && field.kind !== "bool")) return null;
  if (field.kind === "bool") {
    if (value !== undefined) return null;
    state[field.path] = !negative || BY_FLAG.has(plain);
    return { count: 1 };
  }
  const text = value ?? args[i + 1];
  const numbers = field.many && value === undefined ? leading(args.slice(i + 1)) : [];
  if (numbers.length) {
    state[field.path] = numbers;
    return { count: 1 + numbers.length };
  }
  const read = text === undefined ? undefined : check(field, fromWord(field, text));
  if (read === undefined) return null;
  state[field.path] = read;
  return { count: value === undefined ? 2 : 1 };
}

// --cudagraph-capture-sizes 1 2 4
function leading(args) {
  const end = args.findIndex((word) => !/^\d+$/.test(word));
  return args.slice(0, end < 0 ? undefined : end).map(Number);
}

// One member of a dictionary, its name behind the option's: --speculative-config.method ngram
// (vllm/utils/argparse_utils.py:FlexibleArgumentParser.parse_args)
function member(flag, text, count, state) {
  const [name, ...keys] = flag.split(".");
  const field = BY_FLAG.get(name.replaceAll("_", "-"));
  if (field?.kind !== "json" || text === undefined || keys.includes("")) return null;
  const read = fromWord(field, text);
  state[field.path] = into(state[field.path], keys, read === undefined ? (humanInt(text) ?? text) : read);
  return { count };
}

const into = (object, [key, ...rest], value) => ({
  ...(typeof object === "object" && object),
  [key]: rest.length ? into(object?.[key], rest, value) : value,
});

function fromWord(field, text) {
  switch (field.kind) {
    case "int":
    case "tokens":
    case "bytes":
      return text === "auto" ? -1 : humanInt(text);
    case "number":
      return text.trim() ? Number(text) : undefined;
    case "json":
      try {
        return JSON.parse(text);
      } catch {
        return undefined;
      }
    default:
      return text;
  }
}

// As vLLM reads them: k, m, g are powers of 1000 and may follow a decimal, K, M, G powers of 1024.
// vllm/engine/arg_utils.py:human_readable_int
function humanInt(text) {
  const match = /^(-?\d+(?:\.\d+)?)([kmgtKMGT]?)$/.exec(text);
  if (!match) return undefined;
  const power = " kmgt".indexOf(match[2].toLowerCase() || " ");
  return Number(match[1]) * (/[kmgt]/.test(match[2]) ? 1000 : 1024) ** power;
}

// --- writing -------------------------------------------------------------------------------------------------------

export const modelOf = (state) => state.known_model ?? state["page.name"] ?? "path/to/model";

const numeric = (list) => list.length > 0 && list.every((one) => Number.isSafeInteger(one) && one >= 0);

// Every option, and what was kept word for word.
export function optionWords(state) {
  const args = [];
  const tp = tensorParallel(state);
  const full = tp > 1 ? { ...state, "engine.tensor_parallel_size": tp } : state;
  for (const field of SERVED) {
    const value = full[field.path];
    if (value === undefined) continue;
    if (field.kind === "bool") args.push(value ? field.flag : field.flag.replace("--", "--no-"));
    else if (field.many && numeric(value)) args.push(field.flag, ...value.map(String));
    else args.push(field.flag, typeof value === "object" ? JSON.stringify(value) : String(value));
  }
  const rest = Array.isArray(state["page.args"]) ? state["page.args"].map(String) : [];
  return [...args, ...rest];
}

// The words after `vllm serve`; a name that looks like an option goes last, after "--".
function serveWords(state) {
  const options = optionWords(state);
  const name = modelOf(state);
  return name.startsWith("-") ? [...options, "--", name] : [name, ...options];
}

// One option a line, ready to paste.
export function toServeLine(state, { breaks = true } = {}) {
  const list = serveWords(state).map(quote);
  let line = "vllm serve";
  list.forEach((word, i) => {
    const fresh = breaks && word.startsWith("-") && i > 0;
    line += fresh ? ` \\\n  ${word}` : ` ${word}`;
  });
  return line;
}
