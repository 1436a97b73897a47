// The core for require(): the calculator itself is a module, and loads as one.

export { cells, SWEEP_FIELDS } from "../sweep.js";

export const loadCore = async () => (await import("./core.node.js")).loadCore();
