// One sentence for screen readers: the verdict, when the reader has stopped changing things.

const REST_MS = 500;
const timers = new WeakMap(); // by the root of an element

export function announce(root) {
  clearTimeout(timers.get(root));
  timers.set(
    root,
    setTimeout(() => {
      const said = root.querySelector("[data-verdict]")?.textContent ?? "";
      const status = root.querySelector("[role=status]");
      if (status && status.textContent !== said) status.textContent = said;
    }, REST_MS),
  );
}
