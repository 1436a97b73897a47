#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_baichuan(Builder& b) {
  b.sizes.kv_heads = b.sizes.heads;
  DecoderSpec spec{.attention = b.attention(), .mlp = b.mlp()};
  // The 7B models rotate; the 13B ones, told by their width, use ALiBi.
  if (b.context.architecture == "BaiChuanForCausalLM" || b.sizes.hidden == 4096) spec.attention.rope = b.rope();
  spec.attention.qkv = "W_pack";
  spec.outside.placement = "aaa";
  b.add(spec);
}

extern const Family baichuan{
    .id = "baichuan",
    .architectures = "BaichuanForCausalLM BaiChuanForCausalLM",
    .model_types = "baichuan",
    .source = "vllm/model_executor/models/baichuan.py",
    .describe = describe_baichuan,
};

}  // namespace vram_gauge::families
