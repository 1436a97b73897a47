// Text or a file somebody gives the page, by pasting, dropping or opening: a JSON object is a config; anything else is
// looked at by intake.js, which loads on that intent.

import { loadMore } from "../messages/index.js";
import { merge } from "../state.js";

export const DRAFTS = "vllm-refuses/drafter";

const MAX_FILE = 8 << 20;

export async function takeText(vm, text, name = "") {
  const { app } = vm;
  if (/^\s*[{[]/.test(text) && !/quant_algo/.test(text)) {
    app.setModel({ config: text });
    return;
  }
  const [{ intake }] = await Promise.all([import("../intake.js"), loadMore(vm.fmt.lang)]);
  app.ui.told = await intake(vm, text, name);
  app.render();
}

// A new model that can't be served as the one before it, `served`, was: its context may be longer than the new one's,
// which gets its own then; or the new one's config is a drafter's, which may be meant for it.
export async function helpWith(vm, served, config) {
  const { app, state, report, error, t, fmt } = vm;
  const code = error ? "" : report?.error?.code;
  if (code === "vllm-refuses/max-model-len-above-limit") {
    app.ui.told = { text: t("take.shorter", { ctx: fmt.int(state["engine.max_model_len"]) }) };
    app.compute(merge(state, { "engine.max_model_len": null }));
  } else if (code === DRAFTS && config && config === state.config) {
    const [{ draft }] = await Promise.all([import("../intake.js"), loadMore(fmt.lang)]);
    app.ui.told = draft({ ...vm, ...served }, config);
    app.render();
  }
}

export async function takeFile(vm, file) {
  if (!file) return;
  if (file.size > MAX_FILE) {
    vm.app.ui.told = { bad: true, text: vm.t("config.tooLong", { size: vm.fmt.small(file.size) }) };
    vm.app.render();
    return;
  }
  await takeText(vm, await file.text(), file.name);
}
