// The shell around the one element of the page: theme, language, files dropped or text pasted anywhere, offline use.

const gauge = document.querySelector("vram-gauge");
const root = document.documentElement;
const THEMES = ["auto", "light", "dark"];

const stored = {
  get: (name) => {
    try {
      return localStorage.getItem(`vram-gauge.${name}`);
    } catch {
      return null; // storage is switched off
    }
  },
  set: (name, value) => {
    try {
      localStorage.setItem(`vram-gauge.${name}`, value);
    } catch {
      // Then the choice lasts as long as the page.
    }
  },
};

// The example in the page's own HTML has done its work when the element answers.
gauge.addEventListener("vram-gauge-ready", ready, { once: true });

function ready() {
  gauge.querySelector(".example")?.remove();
  for (const tool of gauge.querySelectorAll("[slot=tools]")) tool.hidden = false;
}

// index.html#embed is the form for iframes: no shell, and the height is reported to the parent.
if (location.hash.startsWith("#embed")) import("./frame.js").then(({ inFrame }) => inFrame(gauge));
else standalone();

function standalone() {
  themeButton();
  languageMenu();
  addEventListener("paste", pasted);
  for (const type of ["dragover", "dragleave", "drop"]) addEventListener(type, dragged);
  if ("serviceWorker" in navigator && location.protocol !== "file:")
    gauge.addEventListener("vram-gauge-ready", () => import("./offline.js").then(({ goOffline }) => goOffline()), {
      once: true,
    });
}

function themeButton() {
  const button = document.getElementById("theme");
  const show = (theme) => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    button.textContent = `theme: ${theme}`;
  };
  let theme = THEMES.includes(stored.get("theme")) ? stored.get("theme") : "auto";
  show(theme);
  button.onclick = () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    stored.set("theme", theme);
    show(theme);
  };
}

function languageMenu() {
  const menu = document.getElementById("lang");
  const lang = stored.get("lang") ?? (/^de\b/i.test(navigator.language) ? "de" : "en");
  const use = (value) => {
    gauge.setAttribute("lang", value);
    root.lang = value;
  };
  menu.value = lang;
  use(menu.value || "en");
  menu.onchange = () => {
    stored.set("lang", menu.value);
    use(menu.value);
  };
}

// Pasting while nothing editable has the focus counts as giving the page a config.
function pasted(event) {
  const target = event.composedPath()[0];
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable) return;
  const text = event.clipboardData.getData("text");
  if (text.trim()) gauge.take(text);
}

function dragged(event) {
  if (![...event.dataTransfer.types].includes("Files")) return;
  event.preventDefault();
  gauge.dragging = event.type === "dragover";
  if (event.type === "drop") gauge.take(event.dataTransfer.files[0]);
}
