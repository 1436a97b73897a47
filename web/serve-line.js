// State <-> a `vllm serve` command line. DOM-free. What the page has no field for is kept word for word and written back.

import { findCommand } from "./commands.js";
import { BY_FLAG, check, FIELDS, merge, tensorParallel } from "./kit.js";
import { quote } from "./shell.js";

const SERVED = FIELDS.filter((field) => field.flag);

// Options of their own for members of one dictionary (vllm/engine/arg_utils.py:EngineArgs.create_speculative_config).
const SPECULATION = "engine.speculative_config";
const SPOKEN = { "--spec-method": "method", "--spec-model": "model", "--spec-tokens": "num_speculative_tokens" };

// A file, or one of a repository's (vllm/engine/arg_utils.py:EngineArgs.create_model_config, vllm/transformers_utils/gguf_utils.py:is_gguf).
const GGUF = /\.gguf$|:([IT]?Q\d\w*|B?F\d+)$/;

// The same by another name (vllm/engine/arg_utils.py:EngineArgs.add_cli_args).
const ALSO = { "--device-memory-utilization": "--gpu-memory-utilization" };

// argparse takes the beginning of an option for it where no other begins so. How much it takes at least, of the options
// of 0.16 to 0.33.
const SHORTEST =
  "async- b com cpu-offload-g cudagraph-c dec disable-hy disable-sli dt enable-chunked-p enable-epl enable-ex enable-lor " +
  "enable-pre enf ep gp hf-o kv-cache-mem la lim mamba-cache-d mamba-cache-m mamba-ssm max-cu max-lora-r max-m max-num-b " +
  "max-num-se mm-encoder-t num- op perf pi prefill-c ru skip-m spec-me spec-mo spec-t specu swap te";
const ABBREVIATED = SHORTEST.split(" ").map((start) => `--${start}`);

function inFull(flag) {
  const known = [...BY_FLAG.keys(), ...Object.keys(SPOKEN)];
  const short = !known.includes(flag) && ABBREVIATED.some((start) => flag.startsWith(start));
  return ALSO[flag] ?? ((short && known.find((one) => one.startsWith(flag))) || flag);
}

// What says no: --no-enable-x, and --disable-x beside --enable-x (vllm/utils/argparse_utils.py:EnableDisableAction).
const inverse = (flag) => flag.replace(/^--(en|dis)able-/, (_, way) => (way === "en" ? "--disable-" : "--enable-"));
const DENIED = new Map(
  SERVED.filter(({ kind }) => kind === "bool").flatMap((field) => [
    [field.flag.replace("--", "--no-"), field],
    [inverse(field.flag), field],
  ]),
);

// --- reading -------------------------------------------------------------------------------------------------------

// { state, rest }: `rest` are the words without a field. `models` are the catalogue's.
export function fromServeLine(text, models = []) {
  const { args, unread = [], version, bench, context } = findCommand(text);
  const state = { vllm_version: version, "engine.usage_context": context };
  const members = {};
  const spoken = {};
  const rest = [...unread];
  let name = null;
  let free = true; // no option before it waits for a value
  for (let i = 0; i < args.length; ) {
    const taken = option(args, i, { state, members, spoken }) ?? model(args, i, name, free);
    if (taken?.name !== undefined) name = taken.name;
    free = taken !== null || !/^-[^=]*$/.test(args[i]);
    if (taken) i += taken.count;
    else rest.push(args[i++]);
  }
  Object.assign(state, members); // they stand for the whole: vLLM puts them behind all else
  if (!Array.isArray(state[SPECULATION])) {
    const all = Object.entries({ ...state[SPECULATION], ...spoken });
    if (all.length)
      state[SPECULATION] = Object.fromEntries(all.map(([key, value]) => [key.replaceAll("-", "_"), value]));
  }
  if (GGUF.test(name)) state["engine.quantization"] ??= "gguf";
  if (bench) rest.length = 0; // what is measured, and how
  if (rest.length) state["page.args"] = rest;
  const known = models.find(({ id }) => id.toLowerCase() === name?.toLowerCase());
  if (name) state[known ? "known_model" : "page.name"] = known?.id ?? name;
  return { state: merge({}, state), rest };
}

function model(args, i, name, free) {
  if (args[i] === "--" && args[i + 1] !== undefined) return { count: 2, name: args[i + 1] };
  const named = /^--model(?:[_-]id)?(=(.*))?$/s.exec(args[i]);
  if (named) return named[1] ? { count: 1, name: named[2] } : { count: 2, name: args[i + 1] };
  return free && !args[i].startsWith("-") && name === null ? { count: 1, name: args[i] } : null;
}

// The option at `i`, put where it belongs; null if there is no field for it or its value isn't one.
function option(args, i, { state, members, spoken }) {
  const attached = args[i].replace(/^-O=?(?=\d)/, "-O="); // -O3
  const [, flag, value] = /^(--?[\w.-]+\+?)(?:=(.*))?$/s.exec(attached) ?? [];
  if (!flag) return null;
  const text = value ?? args[i + 1];
  const count = value === undefined ? 2 : 1;
  if (flag.includes(".")) return member(flag, text, members) ? { count } : null;
  const plain = inFull(flag.replaceAll("_", "-"));
  if (plain in SPOKEN && text !== undefined) {
    spoken[SPOKEN[plain]] = humanInt(text) ?? text;
    return { count };
  }
  const field = BY_FLAG.get(plain);
  const denied = !field && DENIED.get(plain);
  if (denied || field?.kind === "bool") {
    if (value !== undefined) return null;
    state[(denied || field).path] = !denied;
    return { count: 1 };
  }
  if (!field) return null;
  const numbers = field.many && value === undefined ? leading(args.slice(i + 1)) : [];
  if (numbers.length) {
    state[field.path] = numbers;
    return { count: 1 + numbers.length };
  }
  const read = text === undefined ? undefined : check(field, fromWord(field, text));
  if (read === undefined) return null;
  state[field.path] = read;
  return { count };
}

// --cudagraph-capture-sizes 1 2 4
function leading(args) {
  const end = args.findIndex((word) => !/^\d+$/.test(word));
  return args.slice(0, end < 0 ? undefined : end).map(Number);
}

// One member of a dictionary, or more elements of a list in it, its name behind the option's:
// --speculative-config.method ngram, --compilation-config.custom_ops+ none
// (vllm/utils/argparse_utils.py:FlexibleArgumentParser.parse_args)
function member(flag, text, members) {
  const [name, ...keys] = flag.replace(/\+$/, "").split(".");
  const field = BY_FLAG.get(inFull(name.replaceAll("_", "-")));
  if (field?.kind !== "json" || text === undefined || keys.includes("")) return false;
  const whole = flag.endsWith("+") ? text.split(",").map((word) => element(field, word)) : fromWord(field, text);
  const value = whole === undefined ? (humanInt(text) ?? text) : whole;
  const inside = keys.reduceRight((inner, key) => ({ [key]: inner }), value);
  members[field.path] = laid(members[field.path], inside);
  return true;
}

// vLLM's own settings are read into lists of their types; what is laid over a config stays text.
const element = ({ path }, word) => (path !== "engine.hf_overrides" && /^\d+$/.test(word) ? Number(word) : word);

const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

// Members side by side, lists one after the other; of anything else the last counts.
function laid(under, over) {
  if (Array.isArray(under) && Array.isArray(over)) return [...under, ...over];
  if (!isMap(under) || !isMap(over)) return over;
  const both = Object.entries(over).map(([key, value]) => [
    key,
    laid(Object.hasOwn(under, key) ? under[key] : undefined, value),
  ]);
  return { ...under, ...Object.fromEntries(both) };
}

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
