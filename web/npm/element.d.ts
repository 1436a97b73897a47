import type { Report } from "./vram_gauge.js";

/** `<vram-gauge>`. Importing this module defines nothing; `vram-gauge` itself does. */
export class VramGauge extends HTMLElement {
  /** The report on show, or null until there is one. */
  readonly report: Report | null;
  /** What is set: { "engine.max_model_len": 8192, … }. Assigning changes the fields named; another model leaves out
   *  what drafted for the one before, unless it is set with it. */
  state: Record<string, unknown>;
  /** Text of the model's config.json. */
  config: string | null;
  /** As if it had been pasted into or dropped on the element. */
  take(given: string | File): Promise<void>;
  /** Fragment of a link to the answer on show. */
  permalink(): Promise<string>;
}

declare global {
  interface HTMLElementTagNameMap {
    "vram-gauge": VramGauge;
  }
  interface HTMLElementEventMap {
    "vram-gauge-ready": CustomEvent<{ report: Report | null }>;
    "vram-gauge-change": CustomEvent<{ report: Report; state: Record<string, unknown> }>;
    "vram-gauge-error": CustomEvent<{ error: { code: string; message: string } }>;
  }
}
