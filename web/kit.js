// What modules that load on intent may use of the page's first load. They import from here alone, so that a bundler
// puts all of the first load into one file instead of a sliver for each way it is shared.

export { answer, lacksGpu, spread, workload } from "./answer.js";
export { quoted, STATE as ATTRIBUTES } from "./attributes.js";
export { bars, scale } from "./budget.js";
export { choice, nameOf, row, textInput } from "./controls/field.js";
export { DRAFTS } from "./controls/new-model.js";
export { copy, copyLabel } from "./copy.js";
export { cells } from "./core.js";
export { BY_FLAG, BY_PATH, concerns, controls, FIELDS } from "./fields.js";
export { gpuLabel } from "./gpus.js";
export { word } from "./messages/index.js";
export {
  awaited,
  check,
  fromFragment,
  gpuCount,
  hasDrafter,
  merge,
  tensorParallel,
  toFragment,
  toRequest,
  withModel,
} from "./state.js";
export { bar as barStyle } from "./styles/bar.js";
export { light } from "./styles/palette.js";
export { h, memo } from "./vdom.js";
export { beyond, drawing, rankName } from "./views/bar.js";
