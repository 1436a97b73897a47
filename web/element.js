// <vram-gauge>: attributes in, one event out. The class is light; what it shows loads when it comes near the viewport.
// Importing this module has no side effect, and works where there is no DOM.

const Base = globalThis.HTMLElement ?? class {};

// What tells that a reader wants more than the example that stands in the page already.
const INTENTS = ["pointermove", "pointerdown", "touchstart", "wheel", "scroll", "keydown", "focusin", "hashchange"];

export class VramGauge extends Base {
  #app;
  #watch;
  #queued = false;
  #given = {};

  static observedAttributes = [
    ...["model", "config-src", "gpu", "gpus", "tp", "context", "concurrency", "vllm-version"],
    ...["controls", "view", "theme", "lang", "compact"],
  ];

  connectedCallback() {
    if (this.#app) this.#app.connect();
    else if (!("IntersectionObserver" in globalThis)) this.#start();
    else {
      this.#watch ??= new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && this.#near(), {
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
  attributeChangedCallback() {
    if (this.#queued || !this.#app) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      this.#app.attributes();
    });
  }

  // An example rendered with the page is an answer: what computes others loads when the reader stirs. A link, or another
  // language, asks for an answer of its own.
  #near() {
    this.#watch?.disconnect();
    const answered = this.querySelector(".example") && !location.hash && /^(en|)$/.test(this.lang);
    if (!answered) return this.#start();
    const wait = new AbortController();
    const go = () => {
      wait.abort();
      this.#start();
    };
    for (const type of INTENTS) addEventListener(type, go, { passive: true, capture: true, signal: wait.signal });
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
    else this.#given = { ...this.#given, ...patch };
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
