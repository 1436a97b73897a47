#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_llama_pooling(Builder& b) {
  DecoderSpec spec = b.llama_spec();
  const bool scores = b.context.architecture.ends_with("ForSequenceClassification");
  const bool bidirectional = b.context.architecture.starts_with("LlamaBidirectional");
  b.model.pooling = scores || bidirectional;  // a bare model counts as one that generates
  if (b.model.pooling) spec.outside.placement = "tl-";
  if (bidirectional) b.see_everything(spec.attention);
  b.add(spec);
  if (!b.model.pooling)  // built all the same
    for (Placed& placed : b.model.outside)
      if (placed.module.role == Role::lm_head) placed.module.in_checkpoint = false;
  if (scores) b.pooling_head("score", b.sizes.hidden, b.num_labels()).quantizable = true;
}

extern const Family llama_pooling{
    .id = "llama_pooling",
    .architectures =
        "MistralModel LlamaModel LlamaBidirectionalModel LlamaForSequenceClassification "
        "LlamaBidirectionalForSequenceClassification",
    .model_types = "",
    .source = "vllm/model_executor/models/llama.py",
    .describe = describe_llama_pooling,
};

}  // namespace vram_gauge::families
