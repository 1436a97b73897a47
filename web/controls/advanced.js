// The inputs that few people change; loaded when "Advanced" is opened. Every field of the request that isn't in the main
// column has its row here, by the kind of value it holds.

import { choice, controls, h, hasDrafter, nameOf, row, textInput } from "../kit.js";

export function advanced(vm) {
  // What isn't shown keeps its place: rows that moved up would take the focus, and the memo, of their neighbours.
  return controls("advanced").map((field) => (field.kind !== "blob" || takesDraft(vm.state)) && line(vm, field));
}

const takesDraft = (state) => state.draft_config !== undefined || hasDrafter(state);

function line(vm, field) {
  const layout = field.kind === "json" || field.kind === "blob" ? "tall" : "";
  return row(vm, field, (more) => control(vm, field, more), { layout, hint: field.kind === "blob" && wanted(vm) });
}

// That the numbers wait for the draft model's config.
function wanted({ report, t }) {
  const note = report?.notes?.find(({ code }) => code === "draft-model-unknown");
  return note && t.said(note.message);
}

function control(vm, field, more) {
  if (field.kind === "bool") return yesNo(vm, field, more);
  if (field.kind === "json") return json(vm, field, more);
  if (field.kind === "blob") return text(vm, field, more);
  if (field.values)
    return choice(vm, field, { ...more, first: vm.t("in.auto"), entries: field.values.map((v) => [v, v]) });
  const used = vm.report?.resolved?.[nameOf(field)] ?? field.usual;
  const placeholder = typeof used === "number" ? vm.fmt.number(used) : vm.t("in.auto");
  return textInput(vm, field, { ...more, placeholder });
}

function yesNo({ app, state, report, t }, field, more) {
  const value = state[field.path];
  const used = report?.resolved?.[nameOf(field)];
  const words = { true: t("in.yes"), false: t("in.no") };
  const first =
    typeof used === "boolean" && value === undefined ? t("in.auto.is", { value: words[used] }) : t("in.auto");
  return h(
    "select",
    {
      ...more,
      ".value": value === undefined ? "" : String(value),
      onchange: ({ target }) => app.set({ [field.path]: target.value ? target.value === "true" : null }),
    },
    [["", first], ...Object.entries(words)].map(([entry, label]) => h("option", { value: entry }, label)),
  );
}

function json({ app, state, ui, t }, field, more) {
  const print = (value) => (value === undefined ? "" : JSON.stringify(value));
  // What is being typed is the field's own until it is done, whatever is drawn meanwhile.
  const typing = ({ target }) => {
    ui.typing = field.path;
    ui.typed = { ...ui.typed, [field.path]: target.value };
  };
  const typed = ({ target }) => {
    let value = null;
    let wrong = null;
    ui.typing = null;
    try {
      value = target.value.trim() ? JSON.parse(target.value) : null;
      if (value !== null && typeof value !== "object") wrong = t("in.bad");
    } catch {
      wrong = t("in.bad");
    }
    ui.wrong = { ...ui.wrong, [field.path]: wrong };
    ui.typed = { ...ui.typed, [field.path]: target.value };
    if (wrong) app.render();
    else app.set({ [field.path]: value });
  };
  const own = ui.typing === field.path || ui.wrong?.[field.path];
  const value = own ? ui.typed[field.path] : print(state[field.path]);
  const shown = { type: "text", class: "code", placeholder: field.many ? "[1, 2, 4]" : "{ }", ".value": value };
  return h("input", { ...more, ...shown, oninput: typing, onchange: typed });
}

function text({ app, state }, field, more) {
  const typed = ({ target }) => app.set({ [field.path]: target.value.trim() ? target.value : null });
  const shown = { class: "code", rows: 3, spellcheck: "false", autocapitalize: "off", placeholder: "{ … }" };
  return h("textarea", { ...more, ...shown, ".value": state[field.path] ?? "", oninput: typed });
}
