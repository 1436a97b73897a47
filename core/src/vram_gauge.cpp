#include "vram_gauge/vram_gauge.hpp"

#include "json_writer.hpp"
#include "pipeline.hpp"
#include "report_json.hpp"
#include "startup_log.hpp"

namespace vram_gauge {
namespace {

// The model that a request names itself, or the one given.
std::shared_ptr<const ParsedModel> model_of(const Request& request) {
  if (!request.config && !request.known_model) return nullptr;
  return open_model(request.config.value_or(""), request.hf_quant_config.value_or(""),
                    request.known_model.value_or(""));
}

class Listing final : public TensorSink {
 public:
  explicit Listing(std::int64_t pp) : pp_(pp) {}

  void tensor(const TensorInfo& t) override {
    JsonWriter w;
    std::string name(t.prefix);
    if (name.ends_with("layers.") || name.ends_with(".h.") || name.ends_with("blocks.")) name += "*.";
    ((name += t.grandparent) += t.parent) += t.module;
    name += t.suffix;
    w.begin_array().integer({}, pp_).text({}, name).begin_array();
    for (int i = 0; i < t.rank; ++i) w.integer({}, t.shape[static_cast<std::size_t>(i)]);
    w.end_array()
        .text({}, name_of(t.dtype))
        .text({}, t.buffer ? "buffer" : "param")
        .integer({}, t.count)
        .text({}, name_of(t.role))
        .end_array();
    out += w.str() + '\n';
  }

  std::string out;

 private:
  std::int64_t pp_;
};

}  // namespace

std::shared_ptr<const ParsedModel> open_model(std::string_view config, std::string_view hf_quant_config,
                                              std::string_view known_model) {
  return std::make_shared<const ParsedModel>(config, hf_quant_config, known_model);
}

std::string report(const ParsedModel* model, std::string_view request_text) {
  Result<Request> request = parse_request(request_text);
  if (!request) return error_json(request.error());
  const std::shared_ptr<const ParsedModel> own = model ? nullptr : model_of(*request);
  const ParsedModel* parsed = model ? model : own.get();
  request->config.reset();  // the texts are in the model, and the trials of fixes_for() copy the request
  request->hf_quant_config.reset();
  request->document = {};
  attach_draft(parsed, *request);
  const Outcome outcome = evaluate(parsed, *request);
  return report_json(outcome, *request, parsed ? fixes_for(*parsed, *request, outcome) : std::vector<Fix>{});
}

std::string tensors(const ParsedModel* model, std::string_view request_text) {
  Result<Request> request = parse_request(request_text);
  if (!request) return error_json(request.error());
  const std::shared_ptr<const ParsedModel> own = model ? nullptr : model_of(*request);
  attach_draft(model, *request);
  const Outcome outcome = evaluate(model ? model : own.get(), *request);
  if (outcome.ranks.empty()) return report_json(outcome, *request);
  std::string text;
  for (std::int64_t pp = 0; pp < outcome.placement.parallel.pp; ++pp) {
    Listing listing(pp);
    list_tensors(outcome.built->model, outcome.placement, {pp, 0}, listing);
    text += listing.out;
  }
  return text;
}

std::string read_log(std::string_view text) { return startup_log_json(read_startup_log(text)); }

std::string catalog() { return catalog_json(); }

std::string_view version() { return "0.1.0"; }

}  // namespace vram_gauge
