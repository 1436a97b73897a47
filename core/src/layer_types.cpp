// Which layers attend to everything, which to a window (memory model §2.11, §6.2): layer_types where the file has
// them, else the pattern that the model type's config class fills in.
#include <algorithm>

#include "builder.hpp"

namespace vram_gauge {
namespace {

struct TypeName {
  std::string_view text;
  LayerType type;
};

constexpr TypeName type_names[] = {{"full_attention", LayerType::full},
                                   {"attention", LayerType::full},
                                   {"sliding_attention", LayerType::sliding},
                                   {"chunked_attention", LayerType::chunked},
                                   {"linear_attention", LayerType::linear},
                                   {"conv", LayerType::conv},
                                   {"mamba", LayerType::mamba},
                                   {"indexed_attention", LayerType::full},
                                   {"deepseek_sparse_attention", LayerType::full},
                                   {"qwen_sparse_attention", LayerType::full},
                                   {"compressed_sparse_attention", LayerType::full}};

LayerType type_named(std::string_view text) {
  for (const TypeName& name : type_names)
    if (name.text == text) return name.type;
  return LayerType::full;
}

// Where a layer is full if layer_types is absent: (i + shift) % period == 0, and the last layer or the first too.
struct Pattern {
  std::string_view model_type;
  std::string_view period_key;  // read from the config where it has it
  std::int64_t period, shift;
  std::int64_t window;
  bool first_full = false, last_full = false;
  LayerType rest = LayerType::sliding;
};

constexpr Pattern patterns[] = {
    {"gemma2", {}, 2, 1, 4096},
    {"vaultgemma", {}, 2, 1, 4096},
    {"gpt_oss", {}, 2, 1, 128},
    {"cohere2", "sliding_window_pattern", 4, 1, 4096},
    {"cohere2_moe", "sliding_window_pattern", 4, 1, 4096},
    {"exaone4", "sliding_window_pattern", 4, 1, 4096},
    {"exaone4_5_text", "sliding_window_pattern", 4, 1, 4096},
    {"exaone_moe", "sliding_window_pattern", 4, 1, 4096},
    {"gemma3_text", "sliding_window_pattern|_sliding_window_pattern", 6, 1, 4096},
    {"gemma4_text", {}, 6, 1, 512, false, true},
    {"diffusion_gemma_text", {}, 6, 1, 512, false, true},
    {"embedding_gemma2_text", "sliding_window_pattern", 6, 1, 512, false, true},
    {"gemma4_unified_text", {}, 6, 1, 1024, false, true},
    {"olmo3", {}, 4, 1, 4096},
    {"gemma3n_text", {}, 5, 1, 512},
    {"afmoe", "global_attn_every_n_layers", 4, 1, 1024},
    {"muse_glimmer_text", {}, 4, 1, 2048, false, true},
    {"granite_swa", {}, 4, 0, 128},
    {"granitemoe_swa", {}, 4, 0, 128},
    {"cwm", "window_pattern", 4, 0, 8192},
    {"mimo_v2_flash", {}, 6, 1, 128, true},
    {"kolibri1", {}, 5, 1, 513},
    {"olmo_hybrid", {}, 4, 1, 0, false, false, LayerType::linear},
    {"minimax", {}, 2, 1, 0, false, false, LayerType::linear},
    {"qwen3_next", "full_attention_interval", 4, 1, 0, false, false, LayerType::linear},
    {"qwen3_5_text", "full_attention_interval", 4, 1, 0, false, false, LayerType::linear},
    {"qwen4_exp_text", "full_attention_interval", 4, 1, 0, false, false, LayerType::linear},
    {"qwen3_5_moe_text", "full_attention_interval", 4, 1, 0, false, false, LayerType::linear},
};

bool ignores_its_window(std::string_view type) {
  // use_sliding_window is these classes' own switch; false is their default.
  constexpr std::string_view types[] = {"qwen2",
                                        "qwen2_vl",
                                        "qwen2_vl_text",
                                        "qwen2_5_vl",
                                        "qwen2_5_vl_text",
                                        "qwen3",
                                        "isaac",
                                        "qwen2_moe",
                                        "qwen3_moe",
                                        "dots1",
                                        "smollm3",
                                        "qwen2_5_omni_text",
                                        "qwen3_omni_moe_text",
                                        "qwen3_asr_text",
                                        "minicpmv",
                                        "minicpmo",
                                        "dots_ocr",
                                        "Keye",
                                        "KeyeVL1_5"};
  return std::find(std::begin(types), std::end(types), type) != std::end(types);
}

}  // namespace

LayerType Builder::type_of(std::int64_t layer) const {
  if (types_.empty()) return LayerType::full;
  return types_[std::min(static_cast<std::size_t>(layer), types_.size() - 1)];
}

void Builder::slide_where(const std::vector<bool>& sliding, std::int64_t window) {
  types_.clear();
  for (const bool slides : sliding) types_.push_back(slides ? LayerType::sliding : LayerType::full);
  window_ = window;
}

void Builder::read_layer_types() {
  const std::string_view type = text.model_type();
  const auto layers = static_cast<std::size_t>(sizes.layers);
  const auto pattern =
      std::find_if(std::begin(patterns), std::end(patterns), [&](const Pattern& p) { return p.model_type == type; });
  window_ = text.index("sliding_window|sliding_window_size", 0, max_tokens);
  if (window_ == 0 && pattern != std::end(patterns) && text.absent("sliding_window|sliding_window_size"))
    window_ = pattern->window;
  if (text.is_array("layer_types")) {
    for (const std::string_view name : text.texts("layer_types")) types_.push_back(type_named(name));
  } else if (pattern != std::end(patterns)) {
    const std::int64_t period = pattern->period_key.empty() || text.is_text("sliding_window_pattern")
                                    ? pattern->period
                                    : text.positive(pattern->period_key, pattern->period);
    types_.assign(layers, pattern->rest);
    for (std::size_t i = 0; i < layers; ++i)
      if ((static_cast<std::int64_t>(i) + pattern->shift) % period == 0 || (pattern->first_full && i == 0) ||
          (pattern->last_full && i + 1 == layers))
        types_[i] = LayerType::full;
  } else if (ignores_its_window(type)) {
    const std::int64_t from = text.index("max_window_layers", 28);
    if (text.flag("use_sliding_window"))
      for (std::int64_t i = 0; i < sizes.layers; ++i) types_.push_back(i < from ? LayerType::full : LayerType::sliding);
  } else if (window_ > 0) {
    types_.assign(layers, LayerType::sliding);
  }
  const bool off = window_ <= 0 || (ignores_its_window(type) && !text.flag("use_sliding_window"));
  if (!off) return;
  if (holds(types_, LayerType::sliding) && text.has("sliding_window|sliding_window_size") &&
      !ignores_its_window(type))  // theirs is still another rotary table
    inexact("Layers that slide over no tokens are not modelled.");
  std::replace(types_.begin(), types_.end(), LayerType::sliding, LayerType::full);
}

}  // namespace vram_gauge
