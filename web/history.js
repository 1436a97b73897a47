// Undo for the whole set-up. Changes to the same field in quick succession count as one.

const DEPTH = 100;
const TOGETHER_MS = 1000;

export function keepHistory(restore, now = () => Date.now()) {
  const states = [];
  let last = { what: "", at: 0 };
  return {
    get depth() {
      return states.length;
    },
    add(state, what) {
      const same = what === last.what && now() - last.at < TOGETHER_MS;
      last = { what, at: now() };
      if (same) return;
      states.push(state);
      if (states.length > DEPTH) states.shift();
    },
    undo() {
      last = { what: "", at: 0 };
      if (states.length) restore(states.pop());
    },
  };
}

// What a key does: in a text field it stays the field's own.
export const undoKey = (history) => (event) => {
  const own = /^(text|search|textarea)$/.test(event.composedPath()[0].type);
  if (own || event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
  event.preventDefault();
  history.undo();
};
