#include "families/eagle.hpp"

namespace vram_gauge::families {

void add_eagle_projection(Builder& b, const EagleProjection& spec) {
  const std::int64_t hidden = b.sizes.hidden;
  Module fc = spec.divided ? row(Role::other, "fc", 2 * hidden, hidden)
                           : replicated(Role::other, "fc", 2 * hidden, {{hidden}}, spec.bias);
  fc.quantizable = spec.quantizable;
  b.outside(Stage::every, std::move(fc));
}

namespace {

// The layers, whose first one may have no norm in front of its attention.
void add_layers_eagle(Builder& b, DecoderSpec spec, bool first_norm, std::string_view second_norm) {
  b.layers(
      b.sizes.layers, [&](std::int64_t i) { return (i == 0 && !first_norm ? 1 : 0) | (b.slides(i) ? 2 : 0); },
      [&](Layer& layer, int kind) {
        spec.attention.window = kind & 2 ? b.window() : 0;
        b.add(layer, spec.attention);
        b.add(layer, spec.mlp);
        if (!(kind & 1)) b.norms(layer, {"input_layernorm.weight"});
        if (!second_norm.empty()) b.norm(layer, second_norm, b.sizes.hidden);
      });
}

void describe_eagle(Builder& b) {
  constexpr std::string_view second = "post_attention_layernorm.weight";
  const std::string_view name = b.context.architecture;
  const std::int64_t hidden = b.sizes.hidden;
  const bool mistral = name == "EagleMistralForCausalLM", cohere = name == "EagleCohereForCausalLM",
             minicpm = name == "EagleMiniCPMForCausalLM";
  DecoderSpec spec = b.llama_spec();
  if (cohere && b.text.flag("use_qk_norm")) spec.attention.qk_norm = QkNorm::sharded;
  add_layers_eagle(b, spec, mistral || cohere || minicpm, cohere ? std::string_view{} : second);
  b.embeddings(mistral || cohere ? "aa-" : minicpm ? "aaa" : "a--");
  add_eagle_projection(b, {.divided = mistral, .quantizable = !minicpm, .bias = cohere});
  if (!minicpm) return;
  b.model.layer_prefix = "model.eagle_layers.";
  if (b.text.integer("num_experts", 0) > 0) b.inexact("A drafter of MiniCPM's with experts is not modelled.");
  for (Placed& placed : b.model.outside)
    if (placed.module.role == Role::lm_head) placed.module.quantizable = false;  // the model's
  for (const std::string_view norm : {"input_norm1.weight", "input_norm2.weight"})
    b.outside(Stage::every, tensor(Role::norm, norm, {{hidden}}));
}

}  // namespace

extern const Family eagle{
    .id = "eagle",
    .architectures = "EagleLlamaForCausalLM EagleMistralForCausalLM EagleCohereForCausalLM EagleMiniCPMForCausalLM",
    .model_types = "",
    .source = "vllm/model_executor/models/llama_eagle.py, mistral_eagle.py, cohere_eagle.py, minicpm_eagle.py",
    .describe = describe_eagle,
};

}  // namespace vram_gauge::families
