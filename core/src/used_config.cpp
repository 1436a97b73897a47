// A config reduced to what was read of it.
#include <algorithm>

#include "json_copy.hpp"
#include "pipeline.hpp"
#include "report_json.hpp"

namespace vram_gauge {
namespace {

using Type = JsonNode::Type;

class Reducer {
 public:
  Reducer(const Document& document, const std::vector<bool>& used) : document_(document), used_(used) {}

  // `whole`: with everything below it.
  void write(std::string_view key, const JsonNode& node, bool whole) {
    if (whole || (node.type != Type::array && node.type != Type::object)) return write_json(out, key, document_, node);
    node.type == Type::array ? out.begin_array(key) : out.begin_object(key);
    for (const JsonNode* item = document_.at(node.child); item; item = document_.at(item->next)) {
      const std::string_view name = node.type == Type::object ? document_.key(*item) : std::string_view{};
      if (node.type == Type::array || is_used(*item)) write(name, *item, !parts_used(*item));
    }
    node.type == Type::array ? out.end_array() : out.end_object();
  }

  JsonWriter out;

 private:
  bool is_used(const JsonNode& node) const { return used_[static_cast<std::size_t>(&node - document_.nodes.data())]; }
  // Whether something below the node was looked at by its name; else its value counted as a whole.
  bool parts_used(const JsonNode& node) const {
    for (const JsonNode* item = document_.at(node.child); item; item = document_.at(item->next))
      if (is_used(*item) || parts_used(*item)) return true;
    return false;
  }

  const Document& document_;
  const std::vector<bool>& used_;
};

}  // namespace

std::string used_config(const ParsedModel* model, std::string_view request_text) {
  Result<Request> request = parse_request(request_text);
  if (!request) return error_json(request.error());
  attach_draft(model, *request);
  const Outcome outcome = evaluate(model, *request);
  if (!outcome.built) return report_json(outcome, *request, {});
  const Document& config = outcome.built->tree->overridden ? *outcome.built->tree->overridden : model->document();
  Reducer reducer(config, outcome.built->log.used);
  reducer.write({}, config.nodes[0], false);
  return reducer.out.str();
}

}  // namespace vram_gauge
