#include "families/wrappers.hpp"
#include "towers/qwen_vl.hpp"

namespace vram_gauge::families {

static void wrap_qwen2_vl(Builder& b) {
  nest_language_model(b);
  const bool first = b.context.architecture == "Qwen2VLForConditionalGeneration" ||
                     b.context.architecture == "Tarsier2ForConditionalGeneration" ||
                     b.context.architecture == "JinaVLForRanking";
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    first ? add_qwen2_vl_tower(b, vision) : add_qwen2_5_vl_tower(b, vision);
  });
  if (b.context.architecture != "JinaVLForRanking") return;
  b.model.pooling = true;  // its head for words is built all the same
  const Dim hidden{b.sizes.hidden, 1, Split::even};
  b.pooling_head("score.dense", b.sizes.hidden, b.sizes.hidden, true).dims.front() = hidden;
  // Only from 0.31 on does the one label reach the text config, whose own default is two.
  b.pooling_head("score.out_proj", b.sizes.hidden, b.since(31) ? 1 : 2, true).dims.back() = hidden;
}

extern const Family qwen2_vl{
    .id = "qwen2_vl",
    .architectures =
        "Qwen2VLForConditionalGeneration Qwen2_5_VLForConditionalGeneration OpenCUAForConditionalGeneration "
        "Tarsier2ForConditionalGeneration JinaVLForRanking",
    .model_types = "qwen2_vl qwen2_5_vl",
    .source = "vllm/model_executor/models/qwen2_vl.py, qwen2_5_vl.py, jina_vl.py",
    .wrap = wrap_qwen2_vl,
    .text = "Qwen2ForCausalLM",
};

}  // namespace vram_gauge::families
