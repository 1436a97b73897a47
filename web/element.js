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
  attributeChangedCallback() {
    if (this.#stir && !this.#answered()) this.#stir();
    if (this.#queued || !this.#app) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      this.#app.attributes();
    });
  }

  // An example rendered with the page is an answer: what computes others loads when the reader stirs. A link, or another
  // language, asks for an answer of its own.
  #answered() {
    return this.querySelector(".example") && !location.hash && /^(en|)$/.test(this.lang);
  }

  // Listening begins at once, so that no stir is missed.
  #startOnIntent() {
    const wait = new AbortController();
    this.#stir = () => {
      this.#stir = null;
      wait.abort();
      this.#start();
    };
    for (const type of INTENTS)
      addEventListener(type, this.#stir, { passive: true, capture: true, signal: wait.signal });
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
