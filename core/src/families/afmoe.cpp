#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_afmoe(Builder& b) {
  b.model.tied = false;  // whatever the file says
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = spec.mlp.bias = false;
  spec.attention.qk_norm = QkNorm::head;
  spec.sliding = spec.attention;
  spec.attention.rope = -1;
  spec.moe = b.moe();
  spec.moe.balancing = Balancing::done;
  spec.moe.router = Dtype::float32;
  spec.moe.correction = "expert_bias";
  spec.moe.shared_inner = spec.moe.inner * b.text.integer("num_shared_experts", 0);
  spec.sparse = b.from_layer("num_dense_layers");
  const Dim gate{b.sizes.heads, b.sizes.head_dim, Split::even, "gate_proj"};
  spec.extra = {column(Role::attention, "gate_proj", b.sizes.hidden, {gate})};
  spec.extra[0].parent = "self_attn.";
  spec.norms = {"input_layernorm.weight", "post_attention_layernorm.weight", "pre_mlp_layernorm.weight",
                "post_mlp_layernorm.weight"};
  spec.outside.placement = "fll", spec.outside.nameless_head = true;
  b.add(spec);
}

extern const Family afmoe{
    .id = "afmoe",
    .architectures = "AfmoeForCausalLM",
    .model_types = "afmoe",
    .source = "vllm/model_executor/models/afmoe.py",
    .describe = describe_afmoe,
};

}  // namespace vram_gauge::families
