#include "towers/radio.hpp"

#include <algorithm>
#include <cmath>

#include "towers/intern_vit.hpp"

namespace vram_gauge {
namespace {

struct Timm {
  std::string_view name;
  std::int64_t width, depth, heads, inner;
};

// vllm/transformers_utils/configs/radio.py:VIT_TIMM_DIM_BY_NAME
constexpr Timm transformers[] = {{"vit_small_patch16_224", 384, 12, 6, 1536},
                                 {"vit_base_patch16_224", 768, 12, 12, 3072},
                                 {"vit_large_patch16_224", 1024, 24, 16, 4096},
                                 {"vit_huge_patch16_224", 1280, 32, 16, 5120},
                                 {"vit_so400m_patch16_224", 1152, 27, 16, 4304}};

const Timm& transformer(Builder& b, const ConfigReader& args) {
  const std::string_view name = args.text("model");
  for (const Timm& row : transformers)
    if (row.name == name) return row;
  b.inexact("The vision transformer that RADIO is made of is none of those that vLLM has sizes of.");
  return transformers[3];
}

// The names of its teachers, each once.
std::int64_t distinct(const std::vector<ConfigReader>& teachers) {
  std::vector<std::string_view> names;
  names.reserve(teachers.size());
  for (const ConfigReader& teacher : teachers) names.push_back(teacher.text("name"));
  std::sort(names.begin(), names.end());
  return std::unique(names.begin(), names.end()) - names.begin();
}

}  // namespace

void add_radio_tower(Builder& b, const ConfigReader& args, const RadioSpec& spec) {
  const Timm& vit = transformer(b, args);
  const std::int64_t patch = args.positive("patch_size", spec.patch, max_factor),
                     most = args.positive("cpe_max_size", 2048),
                     frames = args.positive("video_temporal_patch_size", spec.frames, 64);
  // Half a patch is rounded to the even number of them.
  const auto side = static_cast<std::int64_t>(std::nearbyint(static_cast<double>(most) / static_cast<double>(patch)));
  const std::vector<ConfigReader> teachers = args.objects("teachers");
  const std::int64_t classes = args.flag("cls_token_per_teacher") ? distinct(teachers) : 1,
                     multiple = args.integer("register_multiple", 0);
  TowerBuilder tower(spec.prefix);
  tower.quantizable = spec.quantizable;
  tower.tensor("patch_generator.embedder.weight", {{vit.width}, {3 * patch * patch}});
  if (frames > 1) tower.tensor("patch_generator.video_embedder.weight", {{vit.width}, {3 * frames * patch * patch}});
  tower.tensor("patch_generator.pos_embed", {{1}, {side * side}, {vit.width}});
  tower.tensor("patch_generator.cls_token.token",
               {{classes + (multiple > 0 ? multiple - classes % multiple : 0)}, {vit.width}});
  const auto summarizes = [](const ConfigReader& teacher) { return teacher.flag("use_summary", true); };
  const auto summaries = std::count_if(teachers.begin(), teachers.end(), summarizes);
  if (summaries > 0 && b.since(14)) tower.buffer("summary_idxs", {{summaries}}, Dtype::int64);
  add_intern_vit_blocks(b, std::move(tower),
                        {.depth = vit.depth,
                         .width = vit.width,
                         .heads = vit.heads,
                         .inner = vit.inner,
                         .qkv_bias = args.flag("qkv_bias", true),
                         .qk_norm = args.flag("qk_normalization"),
                         .norm_bias = args.text("norm_type", "layer_norm") != "rms_norm",
                         .prefix = spec.prefix});
}

}  // namespace vram_gauge
