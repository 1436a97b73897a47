#include "runner_type.hpp"

#include "data/architectures.hpp"

namespace vram_gauge {
namespace {

struct Suffix {
  std::string_view text;
  bool pooling;
};

// vllm/config/model.py:_SUFFIX_TO_DEFAULTS; earlier rows win.
constexpr Suffix suffixes[] = {
    {"ForCausalLM", false},
    {"ForConditionalGeneration", false},
    {"ChatModel", false},
    {"LMHeadModel", false},
    {"ForTextEncoding", true},
    {"EmbeddingModel", true},
    {"ForSequenceClassification", true},
    {"ForTokenClassification", true},
    {"ForAudioClassification", true},
    {"ForImageClassification", true},
    {"ForVideoClassification", true},
    {"ClassificationModel", true},
    {"ForRewardModeling", true},
    {"RewardModel", true},
    {"Model", true},
};

}  // namespace

bool runs_pooling(std::string_view architecture) {
  using Kind = ArchitectureKind;
  const auto facts = find_architecture(architecture);
  if (facts && facts->is(Kind::pooling) && !facts->is(Kind::text) && !facts->is(Kind::multimodal)) return true;
  if (facts && !facts->is(Kind::pooling)) return false;
  for (const Suffix& suffix : suffixes)
    if (architecture.ends_with(suffix.text)) return suffix.pooling;
  return false;
}

}  // namespace vram_gauge
