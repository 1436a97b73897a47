// <vram-gauge>: attributes in, one event out. The class is light; what it shows loads when it comes near the viewport.
// Importing this module has no side effect, and works where there is no DOM.

import { room } from "./styles/room.js";

const Base = globalThis.HTMLElement ?? class {};

const OBSERVED = [
  ...["model", "config-src", "gpu", "gpus", "tp", "context", "concurrency", "vllm-version"],
  ...["controls", "view", "theme", "lang", "compact"],
];

// What tells that a reader wants more than the example that stands in the page already: anything where the page is the
// calculator's own; in other pages a click, and what comes before one makes it quick.
const INTENTS = ["pointermove", "pointerdown", "touchstart", "wheel", "scroll", "keydown", "focusin", "hashchange"];
const HINTS = ["pointerenter", "touchstart", "focusin"];

const starts = new WeakMap(); // what to do with an element that comes near the viewport
let nearness; // one observer for all
let roomSheet;

function seen(entries) {
  for (const { target, isIntersecting, boundingClientRect } of entries)
    if (isIntersecting) starts.get(target)(Math.round(boundingClientRect.width));
}

const loadApp = () => import("./app.js");
// Loads what a start needs; a start says so itself where that fails.
const prepare = () =>
  loadApp()
    .then((app) => app.prepare())
    .catch(() => {});

export class VramGauge extends Base {
  #app;
  #stir;
  #queued = false;
  #given = {};

  // No static field: with one the bundler would rewrite every private name.
  static get observedAttributes() {
    return OBSERVED;
  }

  connectedCallback() {
    if (this.#app) this.#app.connect();
    else if (this.#answered()) this.#startOnIntent();
    else if (!("IntersectionObserver" in globalThis)) this.#start();
    else {
      this.#keepRoom();
      nearness ??= new IntersectionObserver(seen, { rootMargin: "600px" });
      starts.set(this, (width) => this.#start(width));
      nearness.observe(this);
    }
  }

  disconnectedCallback() {
    nearness?.unobserve(this);
    this.#app?.disconnect();
  }

  // Changed attributes are taken together, once per microtask.
  attributeChangedCallback(name) {
    if (!/^(lang|theme)$/.test(name) || !this.#answered()) this.#stir?.();
    if (this.#queued || !this.#app) return;
    this.#queued = true;
    queueMicrotask(() => this.#readAttributes());
  }

  #readAttributes() {
    if (this.#queued) this.#app.attributes();
    this.#queued = false;
  }

  // An answer that came with the page (class "example") will do until the reader turns to it: only then what computes
  // others loads. A link, or another language, asks for an answer of its own.
  #answered() {
    const example = this.querySelector(".example");
    const linked = this.hasAttribute("url-state") && location.hash;
    return example && !linked && (example.lang || "en") === (this.lang || "en");
  }

  // What stands in the element is shown with as much room as the answer will take.
  #keepRoom() {
    if (this.shadowRoot || this.hasAttribute("url-state")) return;
    if (!roomSheet) {
      roomSheet = new CSSStyleSheet();
      roomSheet.replaceSync(room());
    }
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [roomSheet];
    const box = document.createElement("div");
    box.className = "room";
    box.append(document.createElement("slot"));
    root.append(box);
  }

  // Listening begins at once, so that no stir is missed: anywhere in a page that is the calculator's own, which keeps its
  // state in the address; elsewhere in the element alone, where only a click may move what stands below.
  #startOnIntent() {
    const wait = new AbortController();
    this.#stir = () => {
      this.#stir = null;
      wait.abort();
      this.#start();
    };
    const listen = (where, types, heard) => {
      for (const type of types)
        where.addEventListener(type, heard, { passive: true, capture: true, signal: wait.signal });
    };
    if (this.hasAttribute("url-state")) return listen(globalThis, INTENTS, this.#stir);
    listen(this, HINTS, prepare);
    // The first click on a link in the answer asks for the live one; where that doesn't come, the next leads away.
    const clicked = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#stir();
    };
    this.addEventListener("click", clicked, { capture: true, signal: wait.signal });
  }

  async #start(width) {
    nearness?.unobserve(this);
    const { App } = await loadApp();
    this.#app ??= new App(this, this.#given, width);
    if (this.isConnected) this.#app.connect();
  }

  // The report on show (interface.md), or null as long as there is none.
  get report() {
    return this.#app?.report ?? null;
  }

  // What is set: { field path: value }. Setting it changes the fields named and leaves the others.
  get state() {
    return { ...this.#given, ...this.#app?.state };
  }

  set state(patch) {
    if (this.#app) {
      this.#readAttributes(); // set before
      this.#app.set(patch);
    } else {
      this.#given = { ...this.#given, ...patch };
      this.#stir?.();
    }
  }

  // Text of the model's config.json.
  get config() {
    return this.state.config ?? null;
  }

  set config(text) {
    this.state = { config: text, known_model: null };
  }

  // Takes a file, or text, as if it had been dropped on or pasted into the element.
  async take(given) {
    await this.#start();
    await this.#app.take(given);
  }

  // Whether a file hovers over the page.
  set dragging(value) {
    this.#app?.note("dragging", value);
  }

  // Fragment of a link to the same answer, without "#".
  async permalink() {
    await this.#start();
    return this.#app.permalink();
  }
}
