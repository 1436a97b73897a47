// Puts text on the clipboard. Pages that aren't served safely have none of their own, and frames may not be let: then the
// browser's command copies a selection, as far as it does.

const SHOWN_MS = 2500;

async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const focused = deepest(document);
    const box = document.createElement("textarea");
    box.value = text;
    box.style.position = "fixed";
    document.body.append(box);
    box.select();
    const copied = document.execCommand("copy");
    box.remove();
    focused?.focus();
    return copied;
  }
}

const deepest = ({ activeElement: found }) => (found?.shadowRoot && deepest(found.shadowRoot)) ?? found;

// `what` was copied, or could not be: its button says so for a while.
export async function copy({ app, ui }, text, what) {
  const copied = { what, ok: await write(text) };
  const show = (value) => {
    ui.copied = value;
    app.render();
  };
  show(copied);
  setTimeout(() => ui.copied === copied && show(null), SHOWN_MS);
}

export const copyLabel = ({ ui, t }, what, idle, done) =>
  ui.copied?.what === what ? t(ui.copied.ok ? done : "copy.denied") : t(idle);
