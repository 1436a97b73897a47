#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_hunyuan(Builder& b) {
  if (b.since(29)) b.served_by_transformers();
  DecoderSpec spec = b.decoder_spec();
  if (b.text.flag("use_qk_norm", true)) spec.attention.qk_norm = QkNorm::head;
  spec.mlp.bias = false;
  b.add(spec);
}

extern const Family hunyuan{
    .id = "hunyuan",
    .architectures = "HunYuanDenseV1ForCausalLM",
    .model_types = "hunyuan_v1_dense hunyuan",
    .source = "vllm/model_executor/models/hunyuan_v1.py",
    .describe = describe_hunyuan,
};

}  // namespace vram_gauge::families
