#include "families/wrappers.hpp"
#include "towers/moonvit.hpp"

namespace vram_gauge::families {

static void wrap_kimi_vl(Builder& b) {
  nest_language_model(b);
  if (b.context.architecture == "KimiK25ForConditionalGeneration") b.model.encoded = other_items;  // "vision_chunk"
  const bool first = b.context.architecture == "KimiVLForConditionalGeneration";
  with_tower(b, "vision_config", [&](const ConfigReader& vision) { add_moonvit_tower(b, vision, first); });
}

extern const Family kimi_vl{
    .id = "kimi_vl",
    .architectures = "KimiK25ForConditionalGeneration KimiK3ForConditionalGeneration KimiVLForConditionalGeneration",
    .model_types = "kimi_k25 kimi_k3 kimi_vl",
    .source =
        "vllm/model_executor/models/kimi_k25.py, vllm/models/kimi_k3/nvidia/model.py, "
        "vllm/model_executor/models/kimi_vl.py, moonvit.py",
    .describe = nullptr,
    .wrap = wrap_kimi_vl,
};

}  // namespace vram_gauge::families
