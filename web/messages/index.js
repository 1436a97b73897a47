// Message tables: one module per language with the same keys. English is complete and loads with the page; others
// load when asked for. Add new languages here.

import en from "./en.js";

const LOAD = { de: () => import("./de.js") };
const MORE = { en: () => import("./en-more.js"), de: () => import("./de-more.js") };
const CORE = { de: () => import("./de-core.js") };
export const LANGUAGES = { en: "English", de: "Deutsch" };

const tables = { en };

// The best language we have for a wish list like ["de-AT", "en"].
export function chooseLanguage(wishes) {
  for (const wish of wishes) {
    const base = String(wish).toLowerCase().split("-")[0];
    if (base in LANGUAGES) return base;
  }
  return "en";
}

export async function loadMessages(lang) {
  tables[lang] ??= (await LOAD[lang]?.())?.default;
  return makeMessages(lang, tables[lang] ?? en);
}

// The words of the parts that load on intent, added to the tables in use; and the core's, which speaks English.
export async function loadMore(lang) {
  for (const one of new Set(["en", lang])) Object.assign((tables[one] ??= {}), (await MORE[one]?.())?.default);
  if (!(lang in CORE) || tables[lang].said) return;
  const [{ makeSayer }, { default: core }] = await Promise.all([import("./said.js"), CORE[lang]()]);
  tables[lang].said = makeSayer(lang, core);
}

const NONE = {};
const plurals = {};

// t("key", { n: 3 }): the text with {n} filled in. A text with "one" and "other" forms is chosen by `n`. Values are put
// in as they are, so format them first and keep the plain count in `n`.
export function makeMessages(lang, table) {
  const t = (key, values = NONE) => {
    const found = table[key] ?? en[key] ?? key;
    const text = typeof found === "string" ? found : (found[plural(lang, values.n)] ?? found.other);
    return values === NONE ? text : text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  };
  t.lang = lang;
  // A sentence of the core's.
  t.said = (text) => table.said?.(text) ?? text;
  return t;
}

// Intl.PluralRules takes long to start; in our own languages it comes to this.
const plural = (lang, n) =>
  lang in LANGUAGES ? (n === 1 ? "one" : "other") : (plurals[lang] ??= new Intl.PluralRules(lang)).select(n);

// Words for what the core names by an id, or the id itself, readable, if there are none.
export function word(t, prefix, id) {
  const text = t(`${prefix}.${id}`);
  return text === `${prefix}.${id}` ? String(id).replaceAll("_", " ") : text;
}
