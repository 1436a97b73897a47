#include <algorithm>

#include "runtime_parts.hpp"

namespace vram_gauge {
namespace {

// The largest item that each family's processor makes, which is what profiling runs (vllm/model_executor/models/*:
// get_dummy_mm_inputs). These facts stand in preprocessor_config.json, not in config.json.
struct Item {
  std::string_view model_type;  // prefix
  std::int64_t tokens;          // in the text model's sequence
  std::int64_t patches;         // that the encoder attends over
  std::int64_t patch_size;      // elements of a patch's pixels
  std::int64_t kept_layers;     // of the encoder whose outputs are kept to the end
};

constexpr Item items[] = {
    {"qwen2_vl", 16384, 65536, 1176, 0}, {"qwen2_5_vl", 16384, 65536, 1176, 0}, {"qwen2_5_omni", 16384, 65536, 1176, 0},
    {"qwen3_vl", 16384, 65536, 1536, 0}, {"qwen3_5", 16384, 65536, 1536, 0},    {"qwen4_exp", 16384, 65536, 1536, 0},
    {"gemma3", 256, 4096, 588, 0},       {"paligemma", 256, 256, 588, 0},       {"gemma4", 280, 2520, 768, 0},
    {"llava_next", 2928, 2880, 588, 0},  {"llava", 576, 576, 588, 0},           {"llama4", 2448, 9792, 588, 0},
    {"internvl", 3328, 13312, 588, 0},   {"kimi_vl", 1024, 4096, 588, 0},       {"mllama", 6404, 6432, 588, 6},
};

const Item* find_item(std::string_view model_type) {
  for (const Item& item : items)
    if (model_type.starts_with(item.model_type)) return &item;
  return nullptr;
}

bool profiles_encoder(const BudgetInput& in) {
  const Engine& engine = in.request.engine;
  if (!in.model.multimodal || !in.shape.first_stage) return false;
  if (engine.language_model_only || engine.mm_limits_zero || engine.skip_mm_profiling) return false;
  return !in.resolved.v2_runner || applies(Rule::v2_runner_profiles_encoder, in.release());
}

// vllm/multimodal/encoder_budget.py: as many items as the batch holds, at least one, at most one a sequence. The first
// engine cut a single item down to its sequence instead; with cross attention it ran one for each sequence.
std::int64_t item_count(const BudgetInput& in, const Item& item) {
  if (!in.resolved.v1_engine && item.kept_layers > 0) return in.seqs();
  return std::min(in.seqs(), std::max<std::int64_t>(1, in.tokens() / item.tokens));
}

// Elements a patch at the encoder's peak: Qwen-VL's was measured (17 widths; 5.3 + 8.8/tp from Qwen3.5 on, whose
// attention is divided too), others keep six widths beside the feed-forward's.
std::int64_t elements_a_patch(const BudgetInput& in, const Item& item) {
  const std::int64_t width = in.shape.encoder_width;
  if (item.tokens < 16384) return width * (6 + item.kept_layers) + in.shape.encoder_inner;
  const bool newer = in.model.model_type.starts_with("qwen3") || in.model.model_type.starts_with("qwen4");
  return newer ? width * 53 / 10 + width * 88 / 10 / in.tp() : width * 17;
}

}  // namespace

EncoderPeak encoder_peak(const BudgetInput& in) {
  EncoderPeak out;
  if (!profiles_encoder(in)) return out;
  const Item* item = find_item(in.model.model_type);
  if (!item) {
    out.known = false;
    out.unknown = in.tokens() * in.shape.hidden * 2 + (std::int64_t{512} << 20);
    return out;
  }
  const std::int64_t count = item_count(in, *item), size = size_of(in.resolved.dtype);
  const bool cut = !in.resolved.v1_engine && item->kept_layers == 0 && in.tokens() < item->tokens;
  const std::int64_t tokens = cut ? in.tokens() : item->tokens, patches = item->patches * tokens / item->tokens;
  out.cache = count * tokens * in.shape.hidden * size;
  out.inputs = in.resolved.v2_runner ? 0 : count * patches * item->patch_size * size;
  out.peak = count * patches * elements_a_patch(in, *item) * size;
  return out;
}

}  // namespace vram_gauge
