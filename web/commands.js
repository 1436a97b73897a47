// The words of the command that starts vLLM, wherever it stands: in a script, in a container's manifest, in a chart's
// values, in the settings file that `vllm serve --config` reads, as a call in Python. DOM-free.

import { BY_FLAG } from "./kit.js";
import { argv, fromPython, isArgv, isPython } from "./python.js";
import { commands } from "./shell.js";
import { fromYaml } from "./yaml.js";

const STARTS = /(^|[\s"'`(/])vllm (serve|bench)\s|api_server\b|(^|\s)--model[\s=]|vllm\/vllm-openai/;

const MODEL = /^--model(?:[_-]id)?(?==|$)/; // KServe's server calls it an id

export const startsVllm = (text) =>
  STARTS.test(text) ||
  isPython(text) ||
  isArgv(text) ||
  isChart(text) ||
  isRay(text) ||
  isSettings(text) ||
  (isManifest(text) && /["'\s]--model(?:[_-]id)?\b/.test(text));

// Whether it has places that something else fills in before anybody reads it.
export const isTemplate = (text) =>
  !isPython(text) && !isArgv(text) && /\{\{-?\s*[\w.$"(]|\{%-?\s*\w/.test(text.replace(/--chat-template[\s\S]*/, ""));

// What stands between the fences of a text that has them.
export const unfenced = (text) => /^ *```.*\n([\s\S]*?)^ *```/m.exec(text)?.[1] ?? text;

// { args, unread, bench, context, version }: vLLM's arguments, words that nobody can know from here, whether it only
// measures, what else than `vllm serve` starts it, the release a container's image or a requirement names.
export function findCommand(given) {
  if (isPython(given)) return ofPython(given);
  const text = expanded(given);
  const all = commandsIn(text);
  const images = [text, ...all.flat()].join(" ");
  const [, version] =
    /(?:vllm\/vllm-openai(?:-[a-z]+)?:v|\bvllm==)(\d+\.\d+\.\d+)(?=-(?!rc)|[\s"'@]|$)/.exec(images) ?? [];
  const named = all.find((words) => words.some((word) => MODEL.test(word)));
  return { ...(all.map(locate).find(Boolean) ?? { args: named ?? all[0] ?? [] }), version };
}

function commandsIn(text) {
  if (isRay(text)) return ofRay(fromYaml(text.replace(/^(\s*serveConfigV2\s*:).*/m, "$1")));
  if (isManifest(text) || isChart(text)) return ofManifest(text);
  if (isArgv(text)) return [argv(text)];
  return isSettings(text) ? [["vllm", "serve", ...ofSettings(fromYaml(text))]] : ofScript(text);
}

// The arguments of vLLM within a longer command.
function locate(words) {
  const at = words.findIndex((word, i) => /^(serve|bench)$/.test(word) && /(^|\/)vllm$/.test(words[i - 1] ?? ""));
  if (words[at] === "bench") {
    const offline = /^(latency|throughput|startup)$/.test(words[at + 1]); // by Python's LLM, not a server
    return { args: words.slice(at + 2), bench: true, context: offline ? "LLM_CLASS" : undefined };
  }
  const starts =
    at >= 0 ? at : words.findIndex((word) => /api_server(\.py)?$|vllm\/vllm-openai(-[a-z]+)?([:@]|$)/.test(word));
  return starts < 0 ? undefined : { args: words.slice(starts + 1) };
}

// --- scripts -------------------------------------------------------------------------------------------------------

// Dashes that a text processor made one are two again; cmd.exe and PowerShell continue lines in their own ways.
const ofScript = (text) =>
  commands(
    text
      .replace(/(?<=\s)[—–]-?(?=\w)/g, "--")
      .replace(/ [\^`](?=\r?\n)/g, " \\")
      .replace(/(?<=[\s=(])[rf](?=["'])/g, ""), // a text in Python
  ).flatMap(within);

// `bash -c "vllm serve …"`
function within(words) {
  const inner = words.find((word) => /\s/.test(word) && STARTS.test(word));
  return inner ? commands(inner) : [words];
}

// $NAME, ${NAME}, Kubernetes' $(NAME) and Python's {NAME} by what the text itself says it is.
function expanded(text) {
  const assigned = /(?:^|[\s;])([A-Za-z_]\w*)(?:=|[ \t]*=[ \t]*(?=["'])|:[ \t]+)("[^"\n]*"|'[^'\n]*'|[^\s;'"]*)/gm;
  const listed = /- name:[ \t]+(\w+)[ \t]*\n[ \t]*value:[ \t]*("[^"\n]*"|'[^'\n]*'|[^\s'"]*)/g; // a container's env
  const values = new Map(
    [...text.matchAll(assigned), ...text.matchAll(listed)].map(([, name, value]) => [
      name,
      value.replace(/^["']|["']$/g, ""),
    ]),
  );
  // SkyPilot's own word for the GPUs that its manifest asks for.
  const [gpus, count = "1"] =
    /^\s*accelerators:[ \t]*(?:["']?[\w-]+(?::(\d+))?["']?|\{[^:}]*\})[ \t]*$/m.exec(text) ?? [];
  if (gpus) values.set("SKYPILOT_NUM_GPUS_PER_NODE", count);
  return text.replace(
    /\$(?:(\w+)|\{(\w+)(?::?-([^}]*))?\}|\((\w+)\))|\{([A-Za-z_]\w*)\}/g,
    (all, name, braced, otherwise, ...more) => values.get(name ?? braced ?? more[0] ?? more[1]) ?? otherwise ?? all,
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
  const own = node.modelURL ? ofChart(node) : [node.image, node.entrypoint, node.command, node.args].flatMap(said);
  const inside = Object.values(node).flatMap(containers);
  return !Array.isArray(node) && own.length ? [own, ...inside] : inside;
}

const said = (value) =>
  Array.isArray(value) ? value.map(String) : typeof value === "string" ? (commands(value)[0] ?? []) : [];

// --- values of the production stack's chart (its deployment-vllm-multi.yaml) ----------------------------------------

const isChart = (text) => /^\s*(- )?["']?modelURL["']?\s*:/m.test(text);

const CHART =
  /^(enableChunkedPrefill|maxModelLen|dtype|tensorParallelSize|maxNumSeqs|gpuMemoryUtilization|maxLoras|runner|convert)$/;

function ofChart({ repository, tag, modelURL, enableLoRA, vllmConfig, lmcacheConfig }) {
  const words = [`${repository}:${tag}`, "vllm", "serve", String(modelURL), ...(enableLoRA ? ["--enable-lora"] : [])];
  if (vllmConfig) {
    const given = Object.entries(vllmConfig).filter(([key]) => CHART.test(key));
    // The chart says no where the values don't say yes.
    given.push(["enablePrefixCaching", Boolean(vllmConfig.enablePrefixCaching)]);
    words.push(...ofSettings(Object.fromEntries(given.map(([key, value]) => [kebab(key), value]))));
    words.push(...said(vllmConfig.extraArgs));
  }
  return lmcacheConfig?.enabled ? [...words, "--kv-transfer-config", '{"kv_connector":"LMCacheConnectorV1"}'] : words;
}

const kebab = (key) => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

// --- Ray Serve's LLMConfig (ray/llm/_internal/serve/core/configs/llm_config.py), which starts vLLM as a server does ------

const isRay = (text) => /^\s*(- )?["']?engine_kwargs["']?\s*:/m.test(text) && /\bmodel_loading_config\b/.test(text);

function ofRay(node) {
  if (node === null || typeof node !== "object") return [];
  const own = node.model_loading_config ? [["vllm", "serve", ...ofSettings(rayArgs(node))]] : [];
  return [...own, ...Object.values(node).flatMap(ofRay)];
}

const rayArgs = ({ model_loading_config: { model_id: id, model_source: source } = {}, engine_kwargs: more }) => ({
  model: typeof source === "string" ? source : id,
  ...more,
});

// --- Python ---------------------------------------------------------------------------------------------------------

// vllm/entrypoints/llm.py:LLM, vllm/v1/engine/async_llm.py:AsyncLLM.from_engine_args
function ofPython(text) {
  const { caller, args, unread } = fromPython(text);
  const [, context] = /usage_context\s*=\s*UsageContext\.([A-Z_]+)/.exec(text) ?? [];
  const ray = caller === "LLMConfig";
  const given = Object.entries(ray ? rayArgs(args) : args).filter(([, value]) => value !== null && value !== undefined);
  return {
    args: ofSettings(Object.fromEntries(given)),
    unread: unread.map(([name, said]) => (/^\w+$/.test(name) ? `${flagOf(name)}=${said}` : `${name}${said}`)),
    context: ray ? undefined : (context ?? (caller === "LLM" ? "LLM_CLASS" : "ENGINE_CONTEXT")),
    caller,
  };
}

// --- settings (vllm/utils/argparse_utils.py:FlexibleArgumentParser.load_config_file) ---------------------------------

const flagOf = (key) => `--${key.replaceAll("_", "-")}`;

// A model's config as YAML may have keys of such names too.
function isSettings(text) {
  const keys = text.match(/^[\w-]+(?=\s*:\s)/gm) ?? [];
  return keys.some((key) => key === "model" || BY_FLAG.has(flagOf(key))) && !keys.includes("architectures");
}

const ofSettings = (tree) =>
  Object.entries(tree).flatMap(([key, value]) => {
    if (typeof value === "boolean") return value ? [flagOf(key)] : [`--no-${flagOf(key).slice(2)}`];
    if (Array.isArray(value)) return [flagOf(key), ...value.map(String)];
    return [flagOf(key), value !== null && typeof value === "object" ? JSON.stringify(value) : String(value)];
  });
