// Another model that can't be served as the one `before` it was: what that takes along is changed, and said.

import { loadMore } from "../messages/index.js";
import { alike } from "../shape.js";
import { awaited, hasDrafter, merge } from "../state.js";
import { offerDraft } from "./take.js";

export const DRAFTS = "vllm-refuses/drafter";

const codeOf = ({ error, report }) => (error ? "" : report?.error?.code);

// `served` is the last one that had an answer, where typing came between.
export async function helpWith(before, served, vm, config) {
  const { app, ui, t, fmt } = vm;
  const drafter = leaveDrafter(before, app);
  if (codeOf(app) === "vllm-refuses/max-model-len-above-limit") {
    ui.told = { text: t("take.shorter", { ctx: fmt.int(app.state["engine.max_model_len"]) }) };
    app.compute(merge(app.state, { "engine.max_model_len": null }));
  }
  if (codeOf(app) === DRAFTS && config && config === app.state.config)
    return offerDraft({ ...before, ...served }, config);
  return sayLeft(drafter, vm);
}

// The same of what a host says: but for the drafter it may mean all of it.
export const withoutDrafter = (before, vm) => sayLeft(leaveDrafter(before, vm.app), vm);

async function sayLeft(drafter, { app, ui, t, fmt }) {
  if (!drafter) return;
  await loadMore(fmt.lang);
  const keep = () => {
    ui.told = null;
    app.set(drafter);
  };
  ui.told = {
    text: [t("take.drafter"), ui.told?.text].filter(Boolean).join(" "),
    label: t("take.drafter.keep"),
    run: keep,
  };
  app.render();
}

// A drafter is trained beside its model, but for models that draft for any with their vocabulary. What was left out of
// what was set before, or nothing.
function leaveDrafter({ state, report: served }, app) {
  const { error, report } = app;
  if (error || !hasDrafter(state) || awaited(state) || !served?.model || !report.model) return null;
  if (alike(served.model, report.model)) return null;
  if (!report.error && report.draft?.method === "draft_model") return null;
  const fields = ["engine.speculative_config", "draft_config"];
  if (fields.some((path) => app.state[path] !== state[path])) return null;
  app.compute(merge(app.state, Object.fromEntries(fields.map((path) => [path, null]))));
  return Object.fromEntries(fields.map((path) => [path, state[path]]));
}
