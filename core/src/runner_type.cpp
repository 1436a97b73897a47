#include "runner_type.hpp"

#include "data/architectures.hpp"

namespace vram_gauge {
namespace {

constexpr DefaultRunner runners[] = {
    // earlier rows win
    {"ForCausalLM", Convert::none},
    {"ForConditionalGeneration", Convert::none},
    {"ChatModel", Convert::none},
    {"LMHeadModel", Convert::none},
    {"ForTextEncoding", Convert::embed},
    {"EmbeddingModel", Convert::embed},
    {"ForSequenceClassification", Convert::classify},
    {"ForTokenClassification", Convert::classify},
    {"ForAudioClassification", Convert::classify},
    {"ForImageClassification", Convert::classify},
    {"ForVideoClassification", Convert::classify},
    {"ClassificationModel", Convert::classify},
    {"ForRewardModeling", Convert::embed},
    {"RewardModel", Convert::embed},
    {"Model", Convert::embed},
};

}  // namespace

bool runs_pooling(std::string_view architecture) {
  using Kind = ArchitectureKind;
  const auto facts = find_architecture(architecture);
  if (facts && facts->is(Kind::pooling) && !facts->is(Kind::text) && !facts->is(Kind::multimodal)) return true;
  if (facts && !facts->is(Kind::pooling)) return false;
  const DefaultRunner* runner = default_runner(architecture);
  return runner && runner->convert != Convert::none;
}

const DefaultRunner* default_runner(std::string_view architecture) {
  for (const DefaultRunner& runner : runners)
    if (architecture.ends_with(runner.suffix)) return &runner;
  return nullptr;
}

}  // namespace vram_gauge
