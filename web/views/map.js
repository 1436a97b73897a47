// Context × requests at once: how much is to spare in each cell, as colour and text. A cell sets both inputs.

import { cells, h, toRequest, workload } from "../kit.js";
import { scrolling } from "./scroll.js";

const REQUESTS = [1, 2, 4, 8, 16, 32, 64, 128, 256];

export function render(vm) {
  const { report, state, t, fmt } = vm;
  if (!report?.verdict) return h("p", { class: "quiet" }, t("num.none"));
  const { ctx, asked } = workload(report, state);
  const contexts = withOwn(lengths(report.model?.max_model_len ?? ctx), ctx);
  const requests = withOwn(REQUESTS, asked);
  const grid = contexts.map((context) => column(vm, context, requests));
  return [
    h("p", { class: "quiet small" }, t("map.how")),
    h(
      "div",
      scrolling(t("view.map")),
      h(
        "table",
        { class: "map" },
        h("caption", {}, t("map.caption", { unit: fmt.unit })),
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", { scope: "col" }, t("map.corner")),
            contexts.map((context) => h("th", { scope: "col", class: "n" }, fmt.int(context))),
          ),
        ),
        h(
          "tbody",
          {},
          requests.map((n, i) =>
            h(
              "tr",
              {},
              h("th", { scope: "row", class: "n" }, fmt.int(n)),
              contexts.map((context, j) => square(grid[j][i], context, n, context === ctx && n === asked, vm)),
            ),
          ),
        ),
      ),
    ),
  ];
}

function lengths(limit) {
  const list = [];
  for (let length = 1024; length < limit; length *= 2) list.push(length);
  return [...list, limit];
}

const withOwn = (list, own) => [...new Set([...list, own])].filter(Boolean).sort((a, b) => a - b);

// With each context as --max-model-len, which is what setting it does.
function column({ app, state }, context, concurrencies) {
  const request = toRequest(state);
  const engine = { ...request.engine, max_model_len: context };
  const workload = { ...request.workload, context_tokens: undefined };
  return cells(app.core.sweep({ ...request, engine, workload, sweep: { concurrencies } }));
}

function square(cell, context, n, here, { app, t, fmt }) {
  if (!cell || cell.refused) return h("td", { class: "n quiet" }, "–");
  const starts = cell.starts >= 2;
  const queues = starts && cell.kv_used_bytes > 0 && cell.max_concurrency_at_context < n;
  const [tone, mark] = !starts ? ["bad", "✕"] : cell.fits ? ["good", ""] : ["mixed", queues ? "…" : ""];
  const size = fmt.size(Math.abs(cell.headroom_bytes));
  const text = cell.headroom_bytes < 0 ? `−${size}` : size;
  const full = { size: fmt.bytes(Math.max(0, queues ? -cell.headroom_bytes : cell.headroom_bytes)) };
  const said = !starts ? t("map.no") : t(queues ? "map.queues" : "map.fits", full);
  const label = t("map.cell", { ctx: fmt.int(context), n, asked: fmt.int(n), said });
  const set = () =>
    app.set({ "engine.max_model_len": context, "workload.context_tokens": null, "workload.concurrency": n });
  return h(
    "td",
    { class: `n cell ${tone}${here ? " here" : ""}` },
    h(
      "button",
      {
        type: "button",
        class: "plain",
        onclick: set,
        "aria-label": label,
        "aria-current": here ? "true" : null,
        title: label,
      },
      mark && `${mark} `,
      text,
    ),
  );
}
