// The WebAssembly core, loaded once for all elements of a document. Reports and sweeps are plain calls after that.

import { coreParts } from "./core-parts.js";

export { cells, SWEEP_FIELDS } from "./sweep.js";

const KEPT = 8; // parsed models kept by their text
let loading;

export function loadCore() {
  loading ??= start().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function start() {
  if (!mayCompile()) throw Object.assign(new Error("WebAssembly is blocked"), { code: "csp" });
  const { createModule, module } = await coreParts();
  const instantiate = () => instance(createModule, module);
  return new Core(await instantiate(), instantiate);
}

// The glue's own way would compile again; and it doesn't say so where this fails.
const instance = (createModule, module) =>
  new Promise((resolve, reject) => {
    const instantiateWasm = (imports, done) => {
      WebAssembly.instantiate(module, imports).then(done, reject);
      return {};
    };
    createModule({ instantiateWasm, locateFile: (name) => name }).then(resolve, reject);
  });

function mayCompile() {
  try {
    return Boolean(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
  } catch {
    return false;
  }
}

class Core {
  #module;
  #again;
  #handles = new Map();
  #catalog;

  constructor(module, again) {
    this.#module = module;
    this.#again = again;
  }

  get version() {
    return this.#module.version();
  }

  // Read when it is asked for: a verdict alone needs none.
  get catalog() {
    this.#catalog ??= JSON.parse(this.#module.catalog());
    return this.#catalog;
  }

  // The report of one request (an object of interface.md), as an object.
  report(request) {
    return this.#guard(() => JSON.parse(this.#module.report(...this.#split(request))));
  }

  // Numbers for a grid of set-ups, SWEEP_FIELDS per cell, or an empty array if there is no answer at all.
  sweep(request) {
    return this.#guard(() => this.#module.sweep(...this.#split(request))) ?? new Float64Array();
  }

  // What a start-up log or traceback of vLLM says.
  readLog(text) {
    return this.#guard(() => JSON.parse(this.#module.readLog(text)));
  }

  // The model is parsed once and kept, so that a moved slider never parses it again.
  #split({ config = "", hf_quant_config = "", known_model = "", ...rest }) {
    return [this.#open(config, hf_quant_config, known_model), JSON.stringify(rest)];
  }

  #open(...texts) {
    if (!texts.some(Boolean)) return 0;
    const key = JSON.stringify(texts);
    const handle = this.#handles.get(key) ?? this.#module.openModel(...texts);
    this.#handles.delete(key);
    this.#handles.set(key, handle);
    if (this.#handles.size > KEPT) {
      const [oldest, unused] = this.#handles.entries().next().value;
      this.#handles.delete(oldest);
      this.#module.closeModel(unused);
    }
    return handle;
  }

  // A trap leaves the instance unusable: say so, and start a new one for the next question.
  #guard(ask) {
    try {
      return ask();
    } catch (error) {
      this.#handles.clear();
      this.#again().then((module) => {
        this.#module = module;
      });
      return { error: { code: "trap", message: `The calculator stopped: ${error.message ?? error}` } };
    }
  }
}
