// Light or dark: what the host page says, else what the reader's system says.

const HOST = [
  ["html", "data-theme"],
  ["body", "data-theme"],
  ["html", "data-bs-theme"],
  ["html", "data-color-mode"],
  ["body", "data-md-color-scheme"],
];
const WATCHED = [...new Set(HOST.map(([, name]) => name)), "class"];
let media;
const system = () => (media ??= matchMedia("(prefers-color-scheme: dark)"));

// "light" or "dark" by the marks that documentation generators leave on <html> and <body>.
function hostTheme() {
  for (const [tag, name] of HOST) {
    const value = document.querySelector(tag)?.getAttribute(name);
    if (value === "slate" || value === "dark") return "dark";
    if (value === "default" || value === "light") return "light";
  }
  return document.documentElement.classList.contains("dark") ? "dark" : undefined;
}

export const currentTheme = () => hostTheme() ?? (system().matches ? "dark" : "light");

// Calls `changed` whenever currentTheme() may have changed; returns a function that stops it.
export function watchTheme(changed) {
  const observer = new MutationObserver(changed);
  for (const node of [document.documentElement, document.body]) {
    if (node) observer.observe(node, { attributes: true, attributeFilter: WATCHED });
  }
  system().addEventListener("change", changed);
  return () => {
    observer.disconnect();
    system().removeEventListener("change", changed);
  };
}
