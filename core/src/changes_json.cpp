// What changed in which release, for people: every rule of releases.def with its explanation.
#include "json_writer.hpp"
#include "releases/releases.hpp"
#include "vram_gauge/vram_gauge.hpp"

namespace vram_gauge {

std::string release_changes() {
  JsonWriter w;
  w.begin_array();
  for (int i = 0; i < rule_count(); ++i) {
    const RuleFacts rule = facts(static_cast<Rule>(i));
    w.begin_object().text("rule", rule.name).text("first", to_string(rule.first));
    if (rule.last) w.text("last", to_string(*rule.last));
    else w.null("last");
    if (rule.unread < rule.first) w.text("unread_from", to_string(rule.unread));
    w.text("explanation", rule.explanation).end_object();
  }
  return w.end_array().str();
}

}  // namespace vram_gauge
