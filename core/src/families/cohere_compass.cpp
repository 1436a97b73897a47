#include "families/wrappers.hpp"
#include "towers/qwen_vl.hpp"

namespace vram_gauge::families {

static void describe_cohere_compass(Builder& b) {
  b.model.tied = true;
  b.sizes.head_dim = b.text.positive("head_dim", per_head(b.sizes.hidden, b.sizes.heads));
  AttentionSpec attention = b.attention();
  attention.qkv_bias = attention.out_bias = b.text.flag("attention_bias");
  b.embeddings("aaa");
  b.decoder_layers(attention, [&](Layer& layer, AttentionSpec spec) {
    // Only the kinds of layers that rope_parameters names have a table.
    const ConfigReader rotary =
        b.text.object("rope_parameters").object(spec.window ? "sliding_attention" : "full_attention");
    if (rotary) {
      spec.rope = b.rope({.parameters = rotary,
                          .own_parameters = true,
                          .max_positions = b.served_length(),
                          .kind = spec.window ? 1 : 0});
    }
    b.add(layer, spec);
    b.add(layer, MlpSpec{.inner = b.sizes.inner});
    b.norms(layer, {"input_layernorm.weight"});
  });
}

static void wrap_cohere_compass(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) { add_qwen3_vl_tower(b, vision); });
}

extern const Family cohere_compass{
    .id = "cohere_compass",
    .architectures = "CohereCompassForConditionalGeneration",
    .model_types = "cohere_compass cohere_compass_text",
    .source = "vllm/model_executor/models/cohere_compass.py",
    .describe = describe_cohere_compass,
    .wrap = wrap_cohere_compass,
};

}  // namespace vram_gauge::families
