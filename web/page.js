// The shell around the one element of the page: theme, language, files dropped or text pasted anywhere, offline use.

const gauge = document.querySelector("vram-gauge");
const root = document.documentElement;
const THEMES = ["auto", "light", "dark"];
const WORDS = {
  en: { title: document.title, language: "Language", theme: "theme", auto: "auto", light: "light", dark: "dark" },
  de: {
    title: "vram-gauge: Passt dieses Modell mit vLLM in den GPU-Speicher?",
    language: "Sprache",
    theme: "Farben",
    auto: "auto",
    light: "hell",
    dark: "dunkel",
  },
};
let theme = "auto";

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
  languageMenu();
  themeButton();
  addEventListener("paste", pasted);
  for (const type of ["dragover", "dragleave", "drop"]) addEventListener(type, dragged);
  if ("serviceWorker" in navigator && location.protocol !== "file:")
    gauge.addEventListener("vram-gauge-ready", () => import("./offline.js").then(({ goOffline }) => goOffline()), {
      once: true,
    });
}

function themeButton() {
  const show = () => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    shellWords();
  };
  if (THEMES.includes(stored.get("theme"))) theme = stored.get("theme");
  show();
  document.getElementById("theme").onclick = () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    stored.set("theme", theme);
    show();
  };
}

// What is said around the element, in its language.
function shellWords() {
  const words = WORDS[root.lang];
  document.title = words.title;
  document.getElementById("lang").setAttribute("aria-label", words.language);
  document.getElementById("theme").textContent = `${words.theme}: ${words[theme]}`;
  for (const text of document.querySelectorAll("footer [lang]")) text.hidden = text.lang !== root.lang;
}

function languageMenu() {
  const menu = document.getElementById("lang");
  const lang = stored.get("lang") ?? (/^de\b/i.test(navigator.language) ? "de" : "en");
  const use = (value) => {
    gauge.setAttribute("lang", value);
    root.lang = value;
    shellWords();
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
