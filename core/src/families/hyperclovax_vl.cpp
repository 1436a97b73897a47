#include "families/wrappers.hpp"
#include "towers/qwen_vl.hpp"

namespace vram_gauge::families {

static void wrap_hyperclovax_vl(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_qwen2_5_vl_tower(b, vision);
    TowerBuilder projector({}, Role::projector);
    projector.quantizable = false;
    projector.linear(How::whole, "mm_projector", vision.size("out_hidden_size"), b.sizes.hidden);
    projector.add_to(b.model);
  });
}

extern const Family hyperclovax_vl{
    .id = "hyperclovax_vl",
    .architectures = "HCXVisionV2ForCausalLM",
    .model_types = "vlm hyperclovax_vision_v2",
    .source = "vllm/model_executor/models/hyperclovax_vision_v2.py",
    .wrap = wrap_hyperclovax_vl,
};

}  // namespace vram_gauge::families
