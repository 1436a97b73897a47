#include "families/family.hpp"
#include "words.hpp"

namespace vram_gauge::families {

// Features of the target that fc combines.
static std::int64_t features_eagle3(const Builder& b) {
  const std::int64_t named = b.root.integer("num_aux_layers|num_aux_hidden_states", 0, 1 << 10);
  std::vector<std::int64_t> ids = b.root.object("eagle_config").integers("eagle_aux_hidden_state_layer_ids");
  if (const std::string_view name = b.context.architecture; contains(name, "Qwen3For"))
    if (auto own = b.root.integers("eagle_aux_hidden_state_layer_ids"); !own.empty()) ids = std::move(own);
  return named > 0 ? named : ids.empty() ? 3 : static_cast<std::int64_t>(ids.size());
}

static void describe_eagle3(Builder& b) {
  const std::string_view name = b.context.architecture;
  const bool latent = contains(name, "DeepseekV");
  const bool qwen3 = contains(name, "Qwen3For");
  DecoderSpec spec = latent ? b.latent_decoder_spec() : qwen3 ? b.decoder_spec() : b.llama_spec();
  spec.attention.qkv_bias = b.text.flag("attention_bias");
  if (qwen3) spec.attention.qk_norm = QkNorm::head, spec.attention.out_bias = spec.mlp.bias = false;
  b.embeddings("aa-");
  b.layers(
      b.sizes.layers, [&](std::int64_t i) { return (i == 0 ? 1 : 0) | (b.slides(i) ? 2 : 0); },
      [&](Layer& layer, int kind) {
        spec.attention.window = kind & 2 ? b.window() : 0;
        if (latent) b.add(layer, spec.mla);
        else b.add(layer, spec.attention);
        // The first layer sees the token's embedding beside the combined features.
        for (Module& module : layer.modules)
          if (Dim& in = module.dims.back();
              kind & 1 && module.kind == Module::Kind::linear && in.split == Split::none && in.units == b.sizes.hidden)
            in.units *= 2;
        b.add(layer, spec.mlp);
        b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight", "hidden_norm.weight"});
      });
  const ConfigReader own = b.root.object("eagle_config");
  if (latent || own.flag("use_aux_hidden_state", true)) b.combine_features(features_eagle3(b));
  b.draft_head(!latent);
}

extern const Family eagle3{
    .id = "eagle3",
    .architectures =
        "Eagle3LlamaForCausalLM LlamaForCausalLMEagle3 Eagle3MiniMaxM2ForCausalLM Eagle3Qwen2_5vlForCausalLM "
        "Eagle3Qwen3vlForCausalLM PEagleDraftModel PeagleLlamaForCausalLM Eagle3Qwen3ForCausalLM "
        "PeagleQwen3ForCausalLM Eagle3DeepseekV2ForCausalLM Eagle3DeepseekV3ForCausalLM",
    .model_types = "",
    .source = "vllm/model_executor/models/llama_eagle3.py, qwen3_eagle3.py, deepseek_eagle3.py",
    .describe = describe_eagle3,
};

}  // namespace vram_gauge::families
