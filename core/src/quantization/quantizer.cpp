#include "quantization/quantizer.hpp"

#include <algorithm>

#include "words.hpp"

namespace vram_gauge {

void QuantContext::inexact(std::string_view reason) {
  if (std::find(model.inexact.begin(), model.inexact.end(), reason) == model.inexact.end())
    model.inexact.emplace_back(reason);
}

void QuantContext::refuse(std::string_view reason, std::string message) {
  if (!refused) refused = refusal(reason, std::move(message), "config", "quantization_config");
}

NameList read_names(const ConfigReader& config, std::string_view keys, const NameMap& renames) {
  NameList names;
  for (const std::string_view name : config.texts(keys)) names.add(renames(name));
  return names;
}

namespace {

bool settle(Agreement agreement, const QuantSubject& subject, QuantContext& context) {
  if (agreement == Agreement::mixed)
    context.refuse("quantization-unsupported",
                   "Only some of the projections that vLLM fuses into " + subject.name + " are quantized.");
  return agreement != Agreement::no;
}

}  // namespace

bool skipped_exactly(const NameList& ignored, const QuantSubject& subject, QuantContext& context) {
  if (ignored.empty()) return false;
  // Of whatever is called experts, any listed part of it skips the whole.
  if (subject.shards.empty() && contains(subject.name, "experts"))
    return ignored.first(subject.layer, [&](std::string_view text, int) { return contains(text, subject.name); }) >= 0;
  return settle(agree(subject, [&](std::string_view name) { return ignored.has(subject.layer, name); }), subject,
                context);
}

bool skipped_by_part(const NameList& ignored, const QuantSubject& subject, QuantContext& context) {
  if (ignored.empty()) return false;
  const auto listed = [&](std::string_view name) {
    return ignored.first(subject.layer, [&](std::string_view text, int) { return contains(name, text); }) >= 0;
  };
  return settle(agree(subject, listed), subject, context);
}

}  // namespace vram_gauge
