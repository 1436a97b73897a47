// Two to four set-ups side by side: the one on show and those that were kept, with what differs marked.

import { BY_PATH, gpuCount, gpuLabel, h, toRequest, word, workload } from "../kit.js";
import { scrolling } from "./scroll.js";

const MOST = 3; // kept beside the one on show

export function render(vm) {
  const { app, state, ui, t } = vm;
  ui.kept ??= [];
  const keep = () => {
    ui.kept = [...ui.kept, state];
    app.render();
  };
  const columns = [state, ...ui.kept].map((one) => column(one, vm));
  return [
    h(
      "p",
      { class: "row" },
      h("button", { type: "button", disabled: ui.kept.length >= MOST, onclick: keep }, t("setups.keep")),
      h("span", { class: "quiet small" }, t("setups.how")),
    ),
    ui.kept.length > 0 &&
      h(
        "div",
        scrolling(t("view.setups")),
        h("table", { class: "setups" }, head(vm), h("tbody", {}, rows(columns, vm))),
      ),
  ];
}

function head({ app, ui, t }) {
  const drop = (i) => {
    ui.kept = ui.kept.filter((_, j) => j !== i);
    app.render();
  };
  const kept = ui.kept.map((state, i) =>
    h(
      "th",
      { scope: "col" },
      h("button", { type: "button", class: "plain", onclick: () => app.replace(state) }, t("setups.use")),
      h("button", { type: "button", class: "plain", onclick: () => drop(i) }, t("setups.drop")),
    ),
  );
  return h("thead", {}, h("tr", {}, h("td", {}), h("th", { scope: "col" }, t("setups.now")), kept));
}

// { label: text } of everything that was set or came out.
function column(state, vm) {
  const { app, catalog, t, fmt } = vm;
  const report = app.core.report(toRequest(state));
  const gpu = catalog.gpus.find(({ id }) => id === state["hardware.gpu"]);
  const facts = new Map();
  facts.set(t("model"), state.known_model ?? state["page.name"] ?? t("model.pasted"));
  facts.set(
    t("in.gpu"),
    `${gpuCount(state)} × ${gpu ? gpuLabel(gpu) : fmt.bytes(state["hardware.memory_bytes"] ?? 0)}`,
  );
  for (const [path, value] of Object.entries(state)) {
    const field = BY_PATH.get(path);
    if (field.kind === "blob" || /^(page|hardware)\.|^known_model/.test(path)) continue;
    const name = word(t, "in", path.split(".").pop());
    facts.set(
      name,
      typeof value === "object" ? JSON.stringify(value) : typeof value === "number" ? fmt.number(value) : String(value),
    );
  }
  for (const [name, value] of results(report, state, vm)) facts.set(name, value);
  return facts;
}

function results(report, state, { t, fmt }) {
  if (report.error) return [[t("verdict"), t.said(report.error.message)]];
  const { verdict = {}, ranks = [], kv } = report;
  const { ctx } = workload(report, state);
  return [
    [t("versions.starts"), verdict.starts ? t(`starts.${verdict.starts}`) : "–"],
    [t("num.headroom"), fmt.bytes(verdict.headroom_bytes ?? 0)],
    [`${t("num.concurrency")} (${fmt.int(ctx)})`, fmt.count(verdict.max_concurrency_at_context ?? 0)],
    [t("num.tokens"), kv?.tokens ? fmt.int(kv.tokens) : "–"],
    [t("num.weights"), fmt.bytes(Math.max(...ranks.map((rank) => rank.loaded_bytes ?? rank.weights_bytes ?? 0)))],
  ];
}

function rows(columns, { t }) {
  const names = [...new Set(columns.flatMap((facts) => [...facts.keys()]))];
  return names.map((name) => {
    const texts = columns.map((facts) => facts.get(name) ?? t("in.auto"));
    const differs = texts.some((text) => text !== texts[0]);
    return h(
      "tr",
      { class: differs ? "differs" : null },
      h("th", { scope: "row" }, name, differs && h("span", { class: "quiet small" }, ` ${t("setups.differs")}`)),
      texts.map((text) => h("td", {}, differs ? h("b", {}, text) : text)),
    );
  });
}
