// What runs inside one <vram-gauge>: state -> request -> report -> views, at once on every change.

import { announce } from "./announce.js";
import { lacksGpu } from "./answer.js";
import { configAt, fromAttributes } from "./attributes.js";
import { DRAFTS, helpWith, withoutDrafter } from "./controls/new-model.js";
import { takeFile, takeText } from "./controls/take.js";
import { loadCore } from "./core.js";
import { makeFormat } from "./format.js";
import { keepHistory, undoKey } from "./history.js";
import { keepIntents } from "./intents.js";
import { layout } from "./layout.js";
import { keepLink } from "./link.js";
import en from "./messages/en.js";
import { chooseLanguage, loadMessages, loadMore, makeMessages } from "./messages/index.js";
import { recognise } from "./shape.js";
import { awaited, merge, toFragment, toRequest, withModel } from "./state.js";
import { adopt } from "./styles/index.js";
import { currentTheme, watchTheme } from "./theme.js";
import { patch } from "./vdom.js";

export { loadCore as prepare }; // what takes time at a start

export class App {
  state = {};
  report = null; // last good answer, or vLLM's refusal
  error = null; // why the state on show has no answer of its own
  core = null;
  ui = { unit: "GiB" }; // what the views remember between renders
  #host;
  #root;
  #given = {};
  #options;
  #t = makeMessages("en", en);
  #fmt = makeFormat();
  #stops = [];
  #scheduled = false;
  #served = null; // state and report of the last model that isn't another's drafter, also while its successor is half typed
  #revision = 0; // of the details
  #changed = false; // whether there is an answer to be announced: other pages' first one stands where it is read
  #behind = false; // whether the details wait for the answer to be painted
  #link = keepLink();
  #beside; // the config beside the host's page
  #failed = null; // why it isn't there
  #started;
  #taking;

  // `width` is the host's where that is known: asking makes the browser lay out the page.
  constructor(host, given, width = host.clientWidth) {
    this.#host = host;
    this.#root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    this.#readAttributes();
    this.state = merge(this.state, given);
    this.lazy = keepIntents((error) => {
      if (error) this.error = { code: "load", message: error.message };
      this.render();
    });
    this.history = keepHistory((state) => {
      this.ui.told = this.ui.wrong = this.ui.typing = null; // said of what is undone
      this.compute(state);
    });
    this.ui.width = width || undefined; // known in time, so that nothing moves after the first answer
    this.#started = this.#taking = this.#begin();
  }

  // Links and languages are read before anything is shown; the example in the page stands until then.
  async #begin() {
    if (this.#options.urlState) await this.#readLink();
    await this.#useLanguage();
    await this.#loadConfig();
    if (this.error || !this.#root.firstChild || !this.#host.firstChild) this.render();
    try {
      this.core = await loadCore();
    } catch (error) {
      this.error = { code: error.code ?? "load", message: error.message };
      this.render();
      this.#emit("vram-gauge-error", { error: this.error });
      return;
    }
    this.compute();
    if (!this.#named() && this.state["page.name"]) this.take(this.state["page.name"]);
    this.#emit("vram-gauge-ready", { report: this.report });
  }

  connect() {
    if (this.#stops.length) return;
    const resize = new ResizeObserver(([entry]) => this.note("width", Math.round(entry.contentRect.width)));
    resize.observe(this.#host);
    const keys = this.#options.urlState ? window : this.#root; // the element is the page, or a part of it
    const undo = undoKey(this.history);
    keys.addEventListener("keydown", undo);
    this.#stops = [
      watchTheme(() => this.render()),
      () => resize.disconnect(),
      () => keys.removeEventListener("keydown", undo),
    ];
    if (this.#options.urlState) this.#stops.push(this.#link.follow(() => this.#readLink().then(() => this.compute())));
  }

  disconnect() {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }

  // What the views know beside the state.
  note(name, value) {
    if (this.ui[name] === value) return;
    this.ui[name] = value;
    this.render();
  }

  // --- what changes the state -------------------------------------------------------------------------------------

  attributes() {
    const before = this.#view();
    const { lang, configSrc } = this.#options;
    this.#readAttributes();
    const todo = [lang !== this.#options.lang && this.#useLanguage()];
    todo.push(configSrc !== this.#options.configSrc && this.#loadConfig());
    Promise.all(todo).then(() => {
      this.compute();
      withoutDrafter(before, this.#view());
    });
  }

  // Attributes that changed set their field; what the reader set elsewhere stays.
  #readAttributes() {
    const { state, options, unread } = fromAttributes(this.#host);
    const said = this.ui.unread?.map(({ given }) => given) ?? [];
    this.ui.unread = unread;
    for (const error of unread) if (!said.includes(error.given)) this.#emit("vram-gauge-error", { error });
    const changed = Object.fromEntries(Object.entries(state).filter(([path, value]) => value !== this.#given[path]));
    if (changed.known_model) this.state = withModel(this.state, {});
    this.state = merge(this.state, changed);
    this.#given = state;
    this.#options = options;
  }

  async #readLink() {
    const read = await this.#link.read();
    if (!read) return;
    this.ui.dropped = read.dropped;
    if (Object.keys(read.state).length) this.state = read.state;
  }

  async #useLanguage() {
    const lang = chooseLanguage([this.#options.lang ?? "en"]);
    this.#t = await loadMessages(lang);
    if (lang !== "en") await loadMore(lang); // the core speaks English: more is said in the page's own words
    this.#setFormat(lang, this.ui.unit);
  }

  #setFormat(lang, unit) {
    this.ui.unit = unit;
    this.#fmt = makeFormat(lang, unit);
  }

  useUnit(unit) {
    this.#setFormat(this.#fmt.lang, unit);
    this.render();
  }

  async #loadConfig() {
    const source = this.#options.configSrc;
    this.#beside = this.#failed = null;
    if (!source) return;
    const { config, error = null } = await configAt(source);
    if (source !== this.#options.configSrc) return; // another one is named by now
    this.#failed = error;
    this.#beside = config && { config };
    if (config) this.state = withModel(this.state, this.#beside);
  }

  set(changes) {
    const before = this.#view();
    const model = changes.known_model ?? changes.config;
    this.history.add(this.state, Object.keys(changes).join());
    this.compute((model ? withModel : merge)(this.state, changes));
    if (model && !("engine.speculative_config" in changes)) withoutDrafter(before, this.#view());
  }

  setModel(changes) {
    const before = this.#view();
    const served = this.#served;
    this.history.add(this.state, "model");
    this.ui.told = null;
    const name = changes.config && awaited(this.state);
    this.state = withModel(this.state, { "page.name": name, ...changes });
    this.compute();
    const help = () => helpWith(before, served, this.#view(), changes.config);
    return this.core ? help() : this.#started.then(help); // given before anything could answer
  }

  // One after the other: the later one counts, whatever the earlier one still has to load.
  take(given) {
    const take = typeof given === "string" ? takeText : takeFile;
    const taken = this.#taking.then(() => take(this.#view(), given));
    this.#taking = taken.catch(() => {});
    return taken;
  }

  permalink() {
    return toFragment(this.state);
  }

  // Another set-up altogether: a link, a profile, a command line.
  replace(state) {
    this.ui.wrong = this.ui.typing = null;
    this.history.add(this.state, "all");
    this.compute(merge({}, state));
    if (!this.#named()) this.#served = null;
  }

  // Back to what the attributes say.
  reset() {
    this.replace(this.#beside ? withModel(this.#given, this.#beside) : this.#given);
  }

  // --- what follows from it ---------------------------------------------------------------------------------------

  compute(state = this.state) {
    if (state !== this.state) this.#failed = null;
    this.state = state;
    if (!this.core) return this.render();
    this.#changed ||= this.#options.urlState || Boolean(this.report ?? this.error);
    const result = this.#named() ? this.core.report(toRequest(this.state)) : { error: { code: "no-model" } };
    const asks = lacksGpu(result) || result.error?.code === "no-model";
    const answered = !result.error || asks || result.error.code.startsWith("vllm-refuses/");
    this.error = answered ? this.#failed : result.error;
    if (answered) this.report = result;
    if (answered && this.#named() && result.error?.code !== DRAFTS) this.#served = { state, report: result };
    this.#answerFirst();
    if (this.#options.urlState) this.#link.write(this.state);
    recognise(this);
    if (!this.error) this.#emit("vram-gauge-change", { report: result, state: { ...this.state } });
    else this.#emit("vram-gauge-error", { error: this.error, state: { ...this.state } });
  }

  #named() {
    return ["known_model", "config", "policy.params_b"].some((path) => path in this.state);
  }

  #emit(name, detail) {
    this.#host.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  // The answer at once; the details, where there are any, follow when it has been painted.
  #answerFirst() {
    const { view, compact } = this.#options;
    if (view !== "full" || compact) return this.render();
    this.#schedule();
    if (this.#behind) return;
    this.#behind = true;
    requestAnimationFrame(() =>
      setTimeout(() => {
        this.#behind = false;
        this.render();
      }),
    );
  }

  render() {
    this.#revision++;
    this.#schedule();
  }

  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      adopt(this.#root); // not before: what stands in the element would be laid out once more
      patch(this.#root, layout(this.#view()));
      if (this.#changed) announce(this.#root);
    });
  }

  #view() {
    return {
      app: this,
      host: this.#host,
      root: this.#root,
      state: this.state,
      report: this.report,
      error: this.error,
      get catalog() {
        return this.app.core?.catalog ?? { gpus: [], models: [], vllm_versions: [] };
      },
      ready: Boolean(this.core),
      revision: this.#revision,
      options: this.#options,
      ui: this.ui,
      theme: this.#options.theme === "auto" ? currentTheme() : this.#options.theme,
      t: this.#t,
      fmt: this.#fmt,
    };
  }
}
