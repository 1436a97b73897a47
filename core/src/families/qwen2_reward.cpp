#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_qwen2_reward(Builder& b) {
  find_family("Qwen2ForCausalLM")->describe(b);
  make_pooling(b.model);
  const std::int64_t scores = b.context.architecture == "Qwen2ForRewardModel" ? 1 : 2;
  Module first = column(Role::other, "score.0", b.sizes.hidden, {{b.sizes.hidden, 1, Split::even}}, true);
  Module second = row(Role::other, "score.2", b.sizes.hidden, scores, true);
  first.dtype = second.dtype = Dtype::float32;
  b.outside(Stage::every, std::move(first));
  b.outside(Stage::every, std::move(second));
  if (b.root.object("quantization_config")) b.inexact("How a quantized reward model's head is stored is not modelled.");
}

extern const Family qwen2_reward{
    .id = "qwen2_reward",
    .architectures = "Qwen2ForRewardModel Qwen2ForProcessRewardModel",
    .model_types = "",
    .source = "vllm/model_executor/models/qwen2_rm.py",
    .describe = describe_qwen2_reward,
};

}  // namespace vram_gauge::families
