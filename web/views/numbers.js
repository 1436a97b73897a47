// The four numbers people came for.

import { workload } from "../answer.js";
import { h } from "../vdom.js";

export function render(vm) {
  const { report, state, t, fmt } = vm;
  if (!report || (report.error && !report.ranks)) return null;
  const { ctx, asked } = workload(report, state);
  const { max_concurrency_at_context: runs, max_context_at_concurrency: room } = report.verdict ?? {};
  const most = report.resolved?.max_num_seqs;
  const limit = report.model?.max_model_len ?? room; // the rule of thumb knows none
  const longest = report.method === "rule-of-thumb" && room > limit ? limit : room;
  const whole = longest > 0 && longest === report.resolved?.max_model_len;
  return h(
    "dl",
    { class: "numbers", part: "numbers" },
    number(vm, "kv", t("num.concurrency"), count(runs, vm), [
      ctx && t("num.concurrency.of", { ctx: fmt.int(ctx) }),
      runs > most && t("num.concurrency.most", { n: fmt.int(most) }),
    ]),
    number(
      vm,
      "kv",
      t("num.context"),
      count(longest, vm),
      t(whole ? "num.context.whole" : "num.context.of", { n: asked, asked: fmt.int(asked) }),
    ),
    report.kv ? pool(vm) : planned(vm),
    weights(vm),
  );
}

// `part` is the section of the details that says how the number was computed.
function number(vm, part, name, value, of) {
  const { options, t } = vm;
  const detailed = options.view === "full" && !options.compact;
  const why = {
    type: "button",
    class: "plain why",
    "aria-label": t("num.how.of", { name }),
    onclick: () => reveal(vm, part),
  };
  return h(
    "div",
    {},
    h("dt", {}, name, detailed && h("button", why, t("num.how"))),
    h("dd", {}, h("span", { class: "big", flash: true }, value), h("span", { class: "quiet small" }, of)),
  );
}

function reveal({ app, root, ui }, part) {
  ui.open = { ...ui.open, [part]: true };
  app.render();
  requestAnimationFrame(() => {
    const section = root.getElementById(part);
    section?.scrollIntoView({ block: "start" });
    section?.querySelector("summary").focus({ preventScroll: true });
  });
}

// A count that vLLM may print with two decimals.
function count(value, { t, fmt }) {
  if (value === null || value === undefined) return t("num.none");
  return fmt.count(value);
}

function pool(vm) {
  const { report, t, fmt } = vm;
  const { available_bytes: size, tokens, bytes_per_token: each, bytes_per_sequence: apart } = report.kv;
  const token = each > 0 && tokens > 0 && !apart ? fmt.small(each) : null; // windows and states aren't by the token
  const of = token ? t("num.tokens.of", { size: fmt.bytes(size), token }) : fmt.bytes(Math.max(0, size ?? 0));
  return number(vm, "kv", t("num.tokens"), count(tokens, vm), of);
}

function planned(vm) {
  const { report, t, fmt } = vm;
  const plan = report.rule_of_thumb;
  return (
    plan &&
    number(
      vm,
      "kv",
      t("term.kv_used"),
      fmt.bytes(plan.kv_cache_bytes),
      `${t("term.overhead")} ${fmt.bytes(plan.overhead_bytes)}`,
    )
  );
}

function weights(vm) {
  const { report, t, fmt } = vm;
  const held = Math.max(...(report.ranks ?? []).map((rank) => rank.loaded_bytes ?? rank.weights_bytes ?? 0));
  const params = report.model?.params_total;
  const planned = report.method === "rule-of-thumb";
  const name = t(planned ? "num.weights.all" : "num.weights");
  return number(
    vm,
    "weights",
    name,
    Number.isFinite(held) ? fmt.bytes(held) : t("num.none"),
    params && t("num.weights.of", { params: fmt.int(params) }),
  );
}
