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
};

constexpr Item items[] = {
    {"qwen2_vl", 16384, 65536, 1176}, {"qwen2_5_vl", 16384, 65536, 1176}, {"qwen2_5_omni", 16384, 65536, 1176},
    {"qwen3_vl", 16384, 65536, 1536}, {"qwen3_5", 16384, 65536, 1536},    {"qwen4_exp", 16384, 65536, 1536},
    {"gemma3", 256, 4096, 588},       {"paligemma", 256, 256, 588},       {"gemma4", 280, 2520, 768},
    {"llava_next", 2928, 2880, 588},  {"llava", 576, 576, 588},           {"llama4", 2448, 9792, 588},
    {"internvl", 3328, 13312, 588},   {"kimi_vl", 1024, 4096, 588},
};

const Item* find_item(std::string_view model_type) {
  for (const Item& item : items)
    if (model_type.starts_with(item.model_type)) return &item;
  return nullptr;
}

bool profiles_encoder(const BudgetInput& in) {
  const Engine& engine = in.request.engine;
  if (!in.model.multimodal || !in.shape.first_stage) return false;
  if (engine.mm_limits_zero || engine.skip_mm_profiling) return false;
  return !in.resolved.v2_runner || applies(Rule::v2_runner_profiles_encoder, in.release());
}

// vllm/multimodal/encoder_budget.py: as many items as the batch holds, at least one, at most one a sequence. The first
// engine cut a single item down to its sequence instead.
std::int64_t item_count(const BudgetInput& in, const Item& item) {
  return std::min(in.seqs(), std::max<std::int64_t>(1, in.tokens() / item.tokens));
}

// Elements a patch at the encoder's peak: Qwen-VL's was measured (17 widths; 5.3 + 8.8/tp from Qwen3.5 on, whose
// attention is divided too), others keep six widths beside the feed-forward's.
std::int64_t elements_a_patch(const BudgetInput& in, const Item& item) {
  const std::int64_t width = in.shape.encoder_width;
  if (item.tokens < 16384) return width * 6 + in.shape.encoder_inner;
  const bool newer = in.model.model_type.starts_with("qwen3") || in.model.model_type.starts_with("qwen4");
  return newer ? width * 53 / 10 + width * 88 / 10 / in.tp() : width * 17;
}

// One image of the most tiles for each sequence (vllm/worker/enc_dec_model_runner.py:profile_run). At the peak, in the
// feed-forward of the last blocks (vllm/model_executor/models/mllama.py:MllamaVisionModel.forward), the hidden states
// are held five times over and the kept layers' twice; besides the patch embeddings, a mask of every patch to every
// other, and the pixels twice, in float32.
EncoderPeak tiled_encoder_peak(const BudgetInput& in, const TiledEncoder& encoder) {
  const std::int64_t size = size_of(in.resolved.dtype), width = in.shape.encoder_width;
  const std::int64_t patches = encoder.tiles * round_up(encoder.patches, 8);
  const std::int64_t elements =
      saturating(patches, width * (5 + 2 * encoder.kept_layers) + 2 * in.shape.encoder_inner + patches) +
      encoder.tiles * (encoder.patches - 1) * width / in.tp();
  const std::int64_t pixels = 2 * encoder.tiles * 3 * encoder.image_size * encoder.image_size * size_of(Dtype::float32);
  EncoderPeak out;
  out.cache = saturating(in.seqs(), saturating(in.model.encoder_length, in.shape.hidden * size));
  out.inputs = saturating(in.seqs(), pixels);
  out.peak = saturating(in.seqs(), saturating(elements, size)) + out.inputs;
  return out;
}

}  // namespace

EncoderPeak encoder_peak(const BudgetInput& in) {
  EncoderPeak out;
  if (!profiles_encoder(in)) return out;
  if (in.model.tiled_encoder.tiles > 0) return tiled_encoder_peak(in, in.model.tiled_encoder);
  const Item* item = find_item(in.model.model_type);
  if (!item) {
    out.known = false;
    out.unknown = in.tokens() * in.shape.hidden * 2 + (std::int64_t{512} << 20);
    return out;
  }
  const std::int64_t count = item_count(in, *item), size = size_of(in.resolved.dtype);
  const bool cut = !in.resolved.v1_engine && in.tokens() < item->tokens;
  const std::int64_t tokens = cut ? in.tokens() : item->tokens, patches = item->patches * tokens / item->tokens;
  out.cache = count * tokens * in.shape.hidden * size;
  out.inputs = in.resolved.v2_runner ? 0 : count * patches * item->patch_size * size;
  out.peak = count * patches * elements_a_patch(in, *item) * size;
  return out;
}

}  // namespace vram_gauge
