#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_dots1(Builder& b) {
  b.model.tied = false;  // whatever the file says
  DecoderSpec spec = b.decoder_spec();
  spec.attention.out_bias = spec.mlp.bias = false;
  spec.attention.qk_norm = QkNorm::head;
  spec.moe = b.moe();
  if (b.text.text("topk_method") == "noaux_tc") spec.moe.correction = "gate.e_score_correction_bias";
  spec.moe.correction_dtype = Dtype::model;
  spec.moe.shared_inner = spec.moe.inner * b.text.integer("n_shared_experts", 0);
  spec.sparse = b.sparse_by_frequency();
  spec.outside.placement = "fll";
  b.add(spec);
}

extern const Family dots1{
    .id = "dots1",
    .architectures = "Dots1ForCausalLM",
    .model_types = "dots1",
    .source = "vllm/model_executor/models/dots1.py",
    .describe = describe_dots1,
};

}  // namespace vram_gauge::families
