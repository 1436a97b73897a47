// Text or a file somebody gives the page, by pasting, dropping or opening: a JSON object is a config; anything else is
// looked at by intake.js, which loads on that intent.

import { loadMore } from "../messages/index.js";

const MAX_FILE = 8 << 20;

export async function takeText(vm, text, name = "") {
  const { app } = vm;
  if (/^\s*(\/\/.*\n\s*)*(\{(?![{%])|\[)/.test(text) && !/quant_algo/.test(text)) {
    app.setModel({ config: text });
    return;
  }
  const [{ intake }] = await Promise.all([import("../intake.js"), loadMore(vm.fmt.lang)]);
  app.ui.told = await intake(vm, text, name);
  app.render();
}

// A drafter's config was given as the model: it may be meant for the one before, which `vm` still shows.
export async function offerDraft(vm, text) {
  const [{ draft }] = await Promise.all([import("../intake.js"), loadMore(vm.fmt.lang)]);
  vm.app.ui.told = draft(vm, text);
  vm.app.render();
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
