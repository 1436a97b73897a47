#include "families/wrappers.hpp"
#include "towers/clip.hpp"
#include "towers/sam.hpp"

namespace vram_gauge::families {

// Both encoders' sizes are the class's own.
static void wrap_deepseek_ocr(Builder& b) {
  nest_language_model(b);
  add_sam_tower(b, "sam_model.", 1024);
  add_clip_tower(b, {.width = 1024, .heads = 16, .inner = 4096, .layers = 24, .patch = 14, .image = 224, .channels = 3},
                 {.prefix = "vision_model.", .post_norm = 0});
  add_ocr_projector(b, {"image_newline", "view_seperator"});
}

extern const Family deepseek_ocr{
    .id = "deepseek_ocr",
    .architectures = "DeepseekOCRForCausalLM UnlimitedOCRForCausalLM",
    .model_types = "unlimited-ocr unlimited_ocr",
    .source = "vllm/model_executor/models/deepseek_ocr.py, deepencoder.py, unlimited_ocr.py",
    .describe = nullptr,
    .wrap = wrap_deepseek_ocr,
};

}  // namespace vram_gauge::families
