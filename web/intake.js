// Text that somebody gave the page and that isn't plainly a config.json: finds out what it is and applies it. Returns
// what to tell the reader, { text, bad }.

import { isTemplate, startsVllm, unfenced } from "./commands.js";
import { awaited, DRAFTS, fromFragment, hasDrafter, toFragment, withModel } from "./kit.js";

export async function intake(vm, given, name = "") {
  const text = unfenced(given);
  const said = (key, values, bad = false) => ({ text: vm.t(`take.${key}`, values), bad });
  try {
    return await take(vm, text, detect(text.trim(), name), said);
  } catch (error) {
    if (!error.line) throw error;
    return said("yaml", { line: error.line }, true);
  }
}

async function take(vm, text, kind, said) {
  const { app, state } = vm;
  const trimmed = text.trim();
  switch (kind) {
    case "quant":
      if (!state.config && !state.known_model) return said("quant.alone", {}, true);
      app.set({ hf_quant_config: trimmed });
      return said("quant");
    case "adapter":
      return said("adapter", {}, true);
    case "config":
      await app.setModel({ config: text });
      return app.ui.told;
    case "link": {
      const { state: linked } = await fromFragment(new URL(trimmed).hash);
      app.replace(linked);
      return said("link");
    }
    case "serve":
      return serve(vm, trimmed, said);
    case "profile":
      return profile(vm, trimmed, said);
    case "log":
      return log(vm, trimmed, said);
    case "hub":
      return hub(vm, trimmed, said);
    default:
      return said(kind, {}, true);
  }
}

// Lines of a start-up log, or the one by which it ends.
const LOG =
  /(INFO|WARNING|ERROR) \d\d-\d\d |Model loading took|GPU KV cache size|max seq len|OutOfMemoryError|No available memory for the cache/;

// What a text is, by its look alone. DOM-free.
export function detect(text, name = "") {
  if (/^\{(?![{%])/.test(text)) {
    if (/"(quant_algo|producer)"/.test(text) && !/"(hidden_size|architectures)"/.test(text)) return "quant";
    if (
      /"(peft_type|tokenizer_class|added_tokens|chat_template)"/.test(text) &&
      !/"(hidden_size|text_config|architectures)"/.test(text)
    )
      return "adapter";
    return "config";
  }
  if (/^https?:\/\/\S+#\S*\b(m|cfg|g)=\S*$/.test(text)) return "link";
  if (/^profile_version\s*:/m.test(text) || /^model\s*:\s*$/m.test(text)) return "profile";
  if (LOG.test(text) || /\.log$/.test(name)) return "log";
  if (isTemplate(text)) return "template";
  if (startsVllm(text)) return "serve";
  if (
    /^(https?:\/\/(www\.)?(huggingface\.co|hf\.co|hf-mirror\.com|modelscope\.(cn|ai))\/)?[\w.-]+\/[\w.-]+\S*$/.test(
      text,
    )
  )
    return "hub";
  return "unknown";
}

// "https://huggingface.co/org/name/blob/main/config.json?x" or "org/name@rev" -> "org/name"
export function hubId(text) {
  const path = text.replace(/^https?:\/\/[^/]+\/(models\/)?/, "").replace(/[?#].*$/, "");
  return path.split("/").slice(0, 2).join("/").replace(/@.*$/, "");
}

// The default page asks nobody: it says where the file is, and names the variant of itself that may fetch it.
async function hub(vm, text, said) {
  const { app, catalog, host, t } = vm;
  const id = hubId(text);
  const known = catalog.models.find((model) => model.id.toLowerCase() === id.toLowerCase());
  if (known) {
    await app.setModel({ known_model: known.id });
    return app.ui.told ?? said("known", { id: known.id });
  }
  if (!app.core.report({ known_model: id, hardware: { memory_bytes: 2 ** 40 } }).error) {
    app.setModel({ known_model: id }); // its size is known by name: a plan by rule of thumb
    return said("size", { id });
  }
  if (!/^\w[\w.-]*\/[\w.-]+$/.test(id)) return said("hub.path", { id: text }, true);
  const source = host.getAttribute("hub");
  if (!source) {
    const [site] = /^https?:\/\/(www\.)?modelscope\.\w+\//.exec(text) ?? [];
    const url = site
      ? `${site}models/${id}/resolve/master/config.json`
      : `https://huggingface.co/${id}/raw/main/config.json`;
    const told = said("hub", { id, url }, true);
    const linked = await toFragment(withModel(app.state, { "page.name": id }));
    return { ...told, href: `hub.html#${linked}`, label: t("take.hub.variant") };
  }
  const { host: name } = new URL(source);
  return {
    ...said("hub.may", { id }),
    label: t("take.hub.fetch", { host: name }),
    run: () => fetchFrom(vm, source, id, said),
  };
}

async function fetchFrom({ app }, source, id, said) {
  const { fetchConfig } = await import("./hub.js");
  const url = `${source}/${id}`;
  const before = modelIn(app.state);
  try {
    const config = await fetchConfig(source, id);
    if (modelIn(app.state) !== before) return; // another one was given meanwhile
    await app.setModel({ config, "page.name": id });
  } catch (error) {
    if (!error.key) throw error;
    app.ui.told = said(`hub.${error.key}`, { id, url }, true);
  }
  app.render();
}

const MODEL = /^(known_model|config|hf_quant_config|page\.name)$/;
const modelIn = (state) => JSON.stringify(kept(state, MODEL));
const kept = (state, paths) => Object.fromEntries(Object.entries(state).filter(([path]) => paths.test(path)));

// A draft model's config may be meant for the model that was on show; null where there was none.
export function draft({ app, state, report, t }, text) {
  if (!(state.known_model ?? state.config) || report?.error?.code === DRAFTS) return null;
  // Its method is told by its config.
  const speculation = { num_speculative_tokens: state["engine.speculative_config"]?.num_speculative_tokens || 3 };
  return {
    text: t("take.draft"),
    label: t("take.draft.use", { id: state.known_model ?? state["page.name"] ?? report?.model?.architecture }),
    run: () => {
      app.ui.told = null;
      app.replace({ ...state, "engine.speculative_config": speculation, "draft_config": text });
    },
  };
}

async function serve(vm, text, said) {
  const { app, catalog } = vm;
  const { fromServeLine } = await import("./serve-line.js");
  const { state, rest } = fromServeLine(text, catalog.models);
  const named = state.known_model ?? state["page.name"];
  const model = named ? keptTexts(app.state, state) : kept(app.state, MODEL);
  app.replace({ ...kept(app.state, GPU), ...kept(app.state, WORKLOAD), ...model, ...state });
  if (named && awaited(app.state)) return hub(vm, named, said);
  if (rest.length) return said("left", { names: rest.join(" ") });
  const { max_num_batched_tokens: tokens, max_num_seqs: seqs } = app.report?.resolved ?? {};
  if (state["engine.usage_context"] && tokens)
    return said("serve.python", { tokens: vm.fmt.int(tokens), seqs: vm.fmt.int(seqs) });
  return said(named ? "serve" : "serve.same");
}

// A command line doesn't say on which GPU, a profile need not.
const GPU = /^hardware\.(gpu|memory_bytes|compute_capability)$/;
const WORKLOAD = /^workload|^vllm_version/;
const namesGpu = (state) => Object.keys(state).some((path) => GPU.test(path));

// What a line can't hold: the texts of the model and the drafter that it names again.
function keptTexts(before, now) {
  const named = (state) => state.known_model ?? state["page.name"];
  const sameModel = named(now) !== undefined && named(now) === named(before);
  const drafter = (state) => hasDrafter(state) && (state["engine.speculative_config"].model ?? "");
  const sameDrafter = hasDrafter(now) && drafter(now) === drafter(before) && (drafter(now) || sameModel);
  const { config, hf_quant_config, draft_config } = before;
  return { ...(sameModel && { config, hf_quant_config }), ...(sameDrafter && { draft_config }) };
}

// The set-up the log shows, on the model on show if the log's isn't known here.
async function log(vm, text, said) {
  const { app, catalog, ui } = vm;
  const { stateOfLog } = await import("./startup-log.js");
  const facts = app.core.readLog(text);
  const read = stateOfLog(facts, catalog);
  if (!Object.keys(read).length && !facts.terms?.length && facts.outcome === "unknown")
    return said("unknown", {}, true);
  const model = read.known_model ? {} : kept(app.state, /^(known_model|config|hf_quant_config)$/);
  const texts = keptTexts(app.state, read);
  ui.log = facts;
  const settings = Object.keys(read).filter((path) => !GPU.test(path));
  if (!settings.length) return said("log.outcome"); // the set-up on show is still the reader's
  app.replace({ ...model, ...texts, ...(namesGpu(read) ? {} : kept(app.state, GPU)), ...read });
  return Object.keys(model).length && read["page.name"] && !texts.config
    ? said("log.model", { name: read["page.name"] })
    : said("log");
}

async function profile({ app, catalog }, text, said) {
  const { fromProfile } = await import("./profile.js");
  const { state, rest } = fromProfile(text, catalog);
  app.replace(namesGpu(state) ? state : { ...kept(app.state, GPU), ...state });
  return rest.length ? said("left", { names: rest.join(", ") }) : said("profile");
}
