#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_gpt_oss(Builder& b) {
  b.model.tied = false;  // whatever the file says
  b.slide_where(b.layers_where([](std::int64_t i) { return i % 2 == 0; }), b.window());
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = spec.attention.sinks = true;
  spec.attention.name = "attn.";
  spec.attention.rope = b.rope({.dtype = Dtype::float32});
  spec.moe = b.moe();
  spec.moe.balancing = Balancing::done;
  spec.moe.gate = "router";
  spec.moe.router_bias = spec.moe.expert_bias = true;
  spec.outside = {.placement = "aaa", .embedding = "embedding"};
  const std::string_view method = b.quant_method();
  if (method == "gptq" || method == "compressed-tensors")
    b.inexact("Which of its experts' biases a gpt-oss quantized like this has room for is not modelled.");
  if (b.context.architecture == "GptOssForCausalLM") return b.add(spec);
  // vllm/model_executor/models/openai_privacy_filter.py: sees everything within its window both ways.
  b.see_everything(spec.attention);
  b.add(spec);
  make_pooling(b.model);
  b.pooling_head("score", b.sizes.hidden, b.root.has("num_labels|id2label") ? b.num_labels() : 33, true);
}

extern const Family gpt_oss{
    .id = "gpt_oss",
    .architectures = "GptOssForCausalLM OpenAIPrivacyFilterForTokenClassification",
    .model_types = "gpt_oss openai_privacy_filter",
    .source = "vllm/model_executor/models/gpt_oss.py, openai_privacy_filter.py",
    .describe = describe_gpt_oss,
};

}  // namespace vram_gauge::families
