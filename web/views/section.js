// A part of the details: rendered only while it is open; one with `load` fetches its module on the first opening.

import { loadMore } from "../messages/index.js";
import { h } from "../vdom.js";

export function section(part, vm) {
  const { app, t, ui } = vm;
  ui.open ??= {};
  const open = Boolean(ui.open[part.id]);
  const toggled = ({ target }) => {
    ui.open[part.id] = target.open;
    app.render();
  };
  const summary = part.summary?.(vm);
  return h(
    "details",
    { class: "section", id: part.id, open, ontoggle: toggled },
    h("summary", {}, t(`view.${part.id}`), summary && h("span", { class: "quiet" }, ` ${summary}`)),
    open && h("div", { class: "in-section" }, body(part, vm)),
  );
}

function body(part, vm) {
  if (!part.load) return part.render(vm);
  const { lang } = vm.fmt;
  const module = vm.app.lazy(`${part.id} ${lang}`, () =>
    Promise.all([part.load(), loadMore(lang)]).then(([view]) => view),
  );
  return module ? module.render(vm) : h("p", { class: "quiet" }, vm.t("view.open"));
}
