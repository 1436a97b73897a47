#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {

// Pixels go straight into the language model, through one linear.
static void wrap_fuyu(Builder& b) {
  nest_language_model(b);
  const std::int64_t patch = b.root.positive("patch_size", 30, 4096);
  TowerBuilder tower({});
  tower.linear(How::column, "vision_embed_tokens", patch * patch * b.root.positive("num_channels", 3, max_factor),
               b.root.size("hidden_size"));
  tower.add_to(b.model);
}

extern const Family fuyu{
    .id = "fuyu",
    .architectures = "FuyuForCausalLM",
    .model_types = "fuyu",
    .source = "vllm/model_executor/models/fuyu.py (0.25)",
    .wrap = wrap_fuyu,
    .text = "PersimmonForCausalLM",
};

}  // namespace vram_gauge::families
