// Parts whose module loads when they are shown, and the details, rendered only while they are open.

import { loadMore } from "../messages/index.js";
import { h, memo } from "../vdom.js";

export const section = (part, vm) => memo(vm.revision, () => build(part, vm));

function build(part, vm) {
  const { app, report, t, fmt, ui } = vm;
  ui.open ??= {};
  const open = Boolean(ui.open[part.id]);
  const toggled = ({ target }) => {
    ui.open[part.id] = target.open;
    app.render();
  };
  const size = report && part.summary?.(report);
  return h(
    "details",
    { class: "section", id: part.id, open, ontoggle: toggled },
    h(
      "summary",
      {},
      h("h2", {}, t(`view.${part.id}`)),
      Number.isFinite(size) && h("span", { class: "quiet" }, ` ${fmt.bytes(size)}`),
    ),
    open && h("div", { class: "in-section" }, shown(part, vm)),
  );
}

// The part itself, or that it is on its way.
export function shown(part, vm) {
  if (part.render) return part.render(vm);
  const module = intent(vm, part.id, part.load);
  return module ? module.render(vm) : h("p", { class: "quiet" }, vm.t("view.open"));
}

// A module that loads on intent, with the words and the style that such modules share.
export function intent({ app, fmt, root }, name, load) {
  return app.lazy(`${name} ${fmt.lang}`, async () => {
    const [module, { adoptMore }] = await Promise.all([load(), import("../styles/more.js"), loadMore(fmt.lang)]);
    adoptMore(root);
    return module;
  });
}
