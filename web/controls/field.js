// One row of the inputs: name, vLLM's own flag, control, and what is wrong with it.

import { concerns } from "../fields.js";
import { parseBytes, parseCount, parseNumber } from "../format.js";
import { check } from "../state.js";
import { h, memo } from "../vdom.js";

const FITTING = -1; // as many tokens as fit, where a field has that
export const READ = {
  int: parseCount,
  tokens: (text) => (/^(auto|-1)$/i.test(text.trim()) ? FITTING : parseCount(text)),
  bytes: parseBytes,
  number: parseNumber,
};

export const nameOf = (field) => field.path.split(".").pop();

// `control` gets the id it must carry; `wants` says what is missing as long as the field is empty.
export function row(vm, field, control, { hint, below, layout = "", wants } = {}) {
  const { t, ui } = vm;
  const name = nameOf(field);
  const word = field.flag ?? field.word;
  const id = `in-${name}`;
  const wrong = ui.wrong?.[field.path] ?? (complaint(vm, field) || wants);
  return h(
    "div",
    { class: `field ${layout}` },
    h("label", { for: id }, t(`in.${name}`), word && h("code", {}, word)),
    control({ id, "aria-invalid": wrong ? "true" : null, "aria-describedby": wrong || hint ? `${id}-hint` : null }),
    below,
    (wrong || hint) && h("div", { id: `${id}-hint`, class: wrong ? "err" : "hint" }, wrong ?? hint),
  );
}

// What the core says of this field, or of a member of it; vLLM's refusals too.
function complaint({ t, error, report }, field) {
  const { where, message } = error ?? report?.error ?? {};
  if (!concerns(where?.field, field)) return null;
  const { line, column } = where;
  return line ? t("config.error", { line, column, message: t.said(message) }) : t.said(message);
}

// A text field for a count, a size or a number. What can't be read is kept in the field and said to be wrong.
export function textInput(vm, field, { id, placeholder, shown, ...more }) {
  const { app, state, ui, fmt } = vm;
  const value = state[field.path];
  const print = (v) => (v === undefined ? "" : (shown?.(v) ?? printed(field, v, fmt)));
  return h("input", {
    id,
    type: "text",
    inputmode: field.kind === "number" ? "decimal" : "text",
    class: "num",
    autocomplete: "off",
    placeholder,
    ".value": ui.wrong?.[field.path] ? ui.typed[field.path] : print(value),
    ...more,
    oninput: ({ target }) => type(vm, field, target.value),
    onchange: ({ target }) => {
      if (!ui.wrong?.[field.path]) target.value = print(app.state[field.path]);
    },
  });
}

function printed(field, value, fmt) {
  if (value === FITTING) return "auto";
  if (field.kind === "bytes") return fmt.bytes(value);
  return field.kind === "number" ? String(value) : fmt.int(value);
}

// Typed text -> state, at once; an empty field is vLLM's default.
export function type(vm, field, text) {
  const { app, ui, t } = vm;
  const value = text.trim() ? check(field, READ[field.kind](text, vm.fmt.unit)) : null;
  ui.wrong = { ...ui.wrong, [field.path]: value === undefined ? t("in.bad") : null };
  ui.typed = { ...ui.typed, [field.path]: text };
  if (value === undefined) app.render();
  else app.set({ [field.path]: value });
}

// A native menu; the first entry is the default, "auto" by name in some, and stores nothing.
export function choice(vm, field, { id, entries, first, ...more }) {
  const { app, state } = vm;
  const set = state[field.path] ?? "";
  const value = set === "auto" ? "" : set;
  const own = entries.filter(([entry]) => entry !== "auto");
  const known = value === "" || own.some(([entry]) => entry === value);
  const all = [["", first], ...own, ...(known ? [] : [[value, value]])];
  return memo(JSON.stringify([id, value, more, all]), () =>
    h(
      "select",
      { id, ".value": value, ...more, onchange: ({ target }) => app.set({ [field.path]: target.value || null }) },
      all.map(([entry, label]) => h("option", { value: entry }, label)),
    ),
  );
}
