#include "report_json.hpp"

namespace vram_gauge {
namespace {

void write_change(JsonWriter& w, const Change& change) {
  switch (change.kind) {
    case Change::Kind::integer:
      w.integer(change.field, change.integer);
      break;
    case Change::Kind::number:
      w.number(change.field, change.number);
      break;
    case Change::Kind::text:
      w.text(change.field, change.text);
      break;
    case Change::Kind::flag:
      w.boolean(change.field, change.integer != 0);
      break;
  }
}

void write_changes(JsonWriter& w, const std::vector<Change>& changes) {
  w.begin_object("change");
  for (const Change& change : changes)
    if (change.group.empty()) write_change(w, change);
  for (const std::string_view group : {"engine", "hardware", "workload"}) {
    bool any = false;
    for (const Change& change : changes) {
      if (change.group != group) continue;
      if (!any) w.begin_object(group);
      any = true;
      write_change(w, change);
    }
    if (any) w.end_object();
  }
  w.end_object();
}

}  // namespace

void write_fixes(JsonWriter& w, const std::vector<Fix>& fixes) {
  w.begin_array("fixes");
  for (const Fix& fix : fixes) {
    const Verdict& v = fix.effect.verdict;
    w.begin_object().text("id", fix.id).text("message", fix.message);
    write_changes(w, fix.changes);
    w.integer("cost", fix.cost).boolean("enough", fix.enough).begin_object("effect");
    w.integer("headroom_bytes", v.headroom).text("starts", name_of(v.starts)).boolean("fits", v.fits);
    w.integer("max_concurrency_at_context", v.max_concurrency_at_context);
    w.integer("max_context_at_concurrency", v.max_context_at_concurrency);
    w.end_object().end_object();
  }
  w.end_array();
}

}  // namespace vram_gauge
