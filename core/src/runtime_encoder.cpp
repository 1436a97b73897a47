#include <algorithm>

#include "runtime_parts.hpp"

namespace vram_gauge {
namespace {

// The largest item that each family's processor makes, which is what profiling runs (vllm/model_executor/models/*:
// get_dummy_mm_inputs). These facts stand in preprocessor_config.json, not in config.json.
struct Item {
  std::string_view model_type;  // prefix
  std::int64_t tokens;          // in the text model's sequence
  std::int64_t pixels;          // elements of its pixel tensor
  bool patch_peak;              // its encoder's own pass can be the highest: Qwen-VL's 65,536 patches
};

constexpr Item items[] = {
    {"qwen2_vl", 16384, 65536 * 1176, true},  {"qwen2_5_vl", 16384, 65536 * 1176, true},
    {"qwen2_5_omni", 16384, 65536 * 1176, true}, {"qwen3_vl", 16384, 65536 * 1536, true},
    {"qwen3_5", 16384, 65536 * 1536, true},   {"qwen4_exp", 16384, 65536 * 1536, true},
    {"gemma3", 256, 3 * 896 * 896, false},    {"paligemma", 256, 3 * 224 * 224, false},
    {"gemma4", 280, 280 * 9 * 768, false},    {"llava_next", 2928, 5 * 3 * 336 * 336, false},
    {"llava", 576, 3 * 336 * 336, false},     {"llama4", 2448, 17 * 3 * 336 * 336, false},
    {"internvl", 3328, 13 * 3 * 448 * 448, false}, {"kimi_vl", 1024, 4096 * 588, false},
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

// 65,536 patches × width × 2 bytes × c; c fitted to logs: 17 without tensor parallelism, 5.3 + 8.8/tp for Qwen 3.5 and
// later, whose attention is divided too.
std::int64_t patch_peak(const BudgetInput& in, std::int64_t count) {
  const std::int64_t base = count * 65536 * in.shape.encoder_width * 2;
  const bool newer = in.model.model_type.starts_with("qwen3") || in.model.model_type.starts_with("qwen4");
  return newer ? base * 53 / 10 + base * 88 / 10 / in.tp() : base * 17;
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
  // vllm/multimodal/encoder_budget.py: as many items as the batch holds, at least one, at most one a sequence.
  const std::int64_t count =
      std::min(in.seqs(), std::max<std::int64_t>(1, std::max(in.tokens(), item->tokens) / item->tokens));
  out.cache = count * item->tokens * in.shape.hidden * 2;
  out.inputs = in.resolved.v2_runner ? 0 : count * item->pixels * 2;
  if (item->patch_peak) out.peak = patch_peak(in, count);
  return out;
}

}  // namespace vram_gauge
