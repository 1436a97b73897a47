// <vram-gauge>: attributes in, one event out. The class is light; what it shows loads when it comes near the viewport.
// Importing this module has no side effect, and works where there is no DOM.

const Base = globalThis.HTMLElement ?? class {};

// What tells that a reader wants more than the example that stands in the page already.
const INTENTS = ["pointermove", "pointerdown", "touchstart", "wheel", "scroll", "keydown", "focusin", "hashchange"];

export class VramGauge extends Base {
  #app;
  #watch;
  #stir;
  #queued = false;
  #given = {};

  static observedAttributes = [
    ...["model", "config-src", "gpu", "gpus", "tp", "context", "concurrency", "vllm-version"],
    ...["controls", "view", "theme", "lang", "compact"],
  ];

  connectedCallback() {
    if (this.#app) this.#app.connect();
    else if (this.#answered()) this.#startOnIntent();
    else if (!("IntersectionObserver" in globalThis)) this.#start();
    else {
      this.#watch ??= new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && this.#start(), {
        rootMargin: "600px",
      });
      this.#watch.observe(this);
    }
  }

  disconnectedCallback() {
    this.#watch?.disconnect();
    this.#app?.disconnect();
  }

  // Changed attributes are taken together, once per microtask.
  attributeChangedCallback(name) {
    if (!/^(lang|theme)$/.test(name) || !this.#answered()) this.#stir?.();
    if (this.#queued || !this.#app) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      this.#app.attributes();
    });
  }

  // An answer that came with the page (class "example") will do until the reader turns to it: only then what computes
  // others loads. A link, or another language, asks for an answer of its own.
  #answered() {
    const example = this.querySelector(".example");
    const linked = this.hasAttribute("url-state") && location.hash;
    return example && !linked && (example.lang || "en") === (this.lang || "en");
  }

  // Listening begins at once, so that no stir is missed: anywhere in a page that is the calculator's own, which keeps its
  // state in the address; elsewhere in the element alone.
  #startOnIntent() {
    const wait = new AbortController();
    this.#stir = () => {
      this.#stir = null;
      wait.abort();
      this.#start();
    };
    const own = this.hasAttribute("url-state");
    const where = own ? globalThis : this;
    // The first touch of a link in the answer asks for the live one; where that doesn't come, the next leads away.
    const stay = (event) =>
      this.shadowRoot || event.ctrlKey || event.metaKey || event.shiftKey || event.preventDefault();
    if (!own) this.addEventListener("click", stay, { once: true });
    for (const type of INTENTS)
      where.addEventListener(type, this.#stir, { passive: true, capture: true, signal: wait.signal });
  }

  async #start() {
    this.#watch?.disconnect();
    const { App } = await import("./app.js");
    this.#app ??= new App(this, this.#given);
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
    if (this.#app) this.#app.set(patch);
    else {
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
    this.#app?.drag(value);
  }

  // Fragment of a link to the same answer, without "#".
  async permalink() {
    await this.#start();
    return this.#app.permalink();
  }
}
