// The report as bars: what is drawn, in order, against which capacity. DOM-free.
//   bar = { label: { pp, a, b } | null, capacity, limit, segments: [{ id, bytes, whole }], shortfall, outside,
//           band: { more, less } }
// `bytes` are drawn, `whole` is what there is of it.
// `outside` is used beyond the budget in any case. Segments fill the bar from the left and end at `limit` (what vLLM may use) or before; `shortfall` continues past it.

import { spread } from "./answer.js";

// With `roles`, the weights are one segment for each part of the model: { id: "weights", role, bytes }.
export function bars(report, { roles = false } = {}) {
  const list = plain(report);
  if (!roles || !report?.ranks?.[0]?.by_role) return list;
  return list.map((bar, i) => ({
    ...bar,
    segments: bar.segments.flatMap((part) => split(part, report.ranks[i].by_role)),
  }));
}

// Parts of the model take their share of what is drawn, the allocator's rounding with it.
function split(part, byRole) {
  if (part.id !== "weights") return [part];
  const entries = Object.entries(byRole).filter(([, bytes]) => bytes > 0);
  const total = entries.reduce((all, [, bytes]) => all + bytes, 0);
  return entries.map(([role, bytes]) => ({ id: "weights", role, bytes: (bytes / total) * part.bytes, whole: bytes }));
}

function plain(report) {
  if (report?.rule_of_thumb && report.method === "rule-of-thumb") return [planned(report)];
  if (!report?.budget?.total_bytes) return [];
  return ranks(report);
}

// Largest value on the common scale.
export const scale = (list) => Math.max(...list.map((bar) => Math.max(bar.capacity, bar.limit + bar.shortfall)));

function ranks(report) {
  const groups = report.ranks?.length ? report.ranks : [{}];
  const heaviest = groups.reduce((a, b) => (held(b) > held(a) ? b : a));
  const several = groups.length > 1;
  return groups.map((rank) => {
    const label = { pp: several ? (rank.pp ?? 0) : null, a: rank.tp ?? 0, b: rank.tp_last ?? rank.tp ?? 0 };
    return { label, ...(rank === heaviest ? full(report) : weightsOnly(report, rank)) };
  });
}

const held = (rank) => rank.loaded_bytes ?? rank.weights_bytes ?? 0;

// The GPU the budget speaks of: every term.
function full(report) {
  const { total_bytes: capacity, requested_bytes: limit, available_kv_bytes: pool, terms = [] } = report.budget;
  const bytesOf = (id) => terms.find((term) => term.id === id)?.bytes ?? 0;
  const used = report.verdict?.kv_used_bytes ?? Math.max(0, pool - (report.verdict?.headroom_bytes ?? pool));
  const fitted = Math.max(0, Math.min(used, pool));
  const rest = terms
    .filter((term) => term.id !== "weights" && term.bytes > 0 && term.in_budget !== false)
    .sort((a, b) => order(a.id) - order(b.id));
  const list = [
    { id: "weights", bytes: bytesOf("weights") },
    { id: "kv_used", bytes: fitted },
    { id: "kv_free", bytes: Math.max(0, pool - used) },
    ...rest,
  ];
  const outside = sum(terms.filter((term) => term.in_budget === false));
  const shortfall = overflow(list, limit) + used - fitted;
  return { capacity, limit, ...cut(list, limit), shortfall, outside, band: spread(report) };
}

// The order of run-time terms in the bar; those not named here come between.
const ORDER = ["activation", "persistent_buffers", "", "cuda_graph", "non_torch"];
const order = (id) => (ORDER.includes(id) ? ORDER.indexOf(id) : 2);

// Another rank: its weights are known, how the rest is split is only said for the fullest.
function weightsOnly(report, rank) {
  const { total_bytes: capacity, requested_bytes: limit } = report.budget;
  const list = [{ id: "weights", bytes: held(rank) }];
  list.push({ id: "kv_pool", bytes: Math.max(0, limit - held(rank)) });
  return { capacity, limit, ...cut(list, limit), shortfall: overflow(list, limit), band: { more: 0, less: 0 } };
}

function planned(report) {
  const plan = report.rule_of_thumb;
  const limit = plan.allocatable_bytes;
  const share = report.resolved?.gpu_memory_utilization;
  const capacity = plan.vram_total_bytes ?? report.budget?.total_bytes ?? (share ? Math.round(limit / share) : limit);
  const list = [
    { id: "weights", bytes: plan.weights_bytes },
    { id: "kv_used", bytes: plan.kv_cache_bytes },
    { id: "overhead", bytes: plan.overhead_bytes },
    { id: "unused", bytes: Math.max(0, plan.headroom_bytes) },
  ];
  return {
    label: null,
    capacity,
    limit,
    ...cut(list, limit),
    shortfall: overflow(list, limit),
    band: { more: 0, less: 0 },
  };
}

const sum = (list) => list.reduce((total, { bytes }) => total + bytes, 0);
const overflow = (list, limit) => Math.max(0, sum(list) - limit);

function cut(list, limit) {
  let at = 0;
  const segments = [];
  for (const { id, bytes } of list) {
    const room = Math.max(0, Math.min(bytes, limit - at));
    if (room > 0) segments.push({ id, bytes: room, whole: bytes });
    at += bytes;
  }
  return { segments };
}
