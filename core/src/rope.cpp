// Rows and width of rotary tables (vllm/model_executor/layers/rotary_embedding/__init__.py:get_rope and the classes
// beside it; memory model §4.3). The table covers the config's max_position_embeddings, not max_model_len.
#include <algorithm>
#include <cmath>

#include "builder.hpp"
#include "words.hpp"

namespace vram_gauge {
namespace {

std::int64_t rows_of(std::string_view type, std::int64_t max_positions, const ConfigReader& parameters) {
  const std::int64_t original = parameters.positive("original_max_position_embeddings", max_positions, max_tokens);
  const double factor = parameters.ratio("factor", 1.0, true);
  if (type == "linear") return static_cast<std::int64_t>(std::ceil(static_cast<double>(max_positions) * factor));
  if (is_one_of(type, {"yarn", "deepseek_yarn", "deepseek_llama_scaling"}))
    return static_cast<std::int64_t>(std::ceil(static_cast<double>(original) * factor));
  if (is_one_of(type, {"longrope", "su"})) return original + max_positions;
  return max_positions;
}

// Tables for three position axes reach past the config's length, for positions of images and videos, but not yet in
// 0.7.0 (0.7.3 has it), and no longer, from 0.32 on, for those that don't prune videos
// (vllm/model_executor/models/qwen3_vl.py:mrope_positions_factor).
std::int64_t mrope_factor(std::string_view model_type, Release release) {
  const bool prunes_nothing = is_one_of(
      model_type, {"qwen3_vl_text", "qwen3_vl_moe_text", "qwen3_5_text", "qwen3_5_moe_text", "qwen4_exp_text"});
  if (release < Release{7, 3}) return 1;
  return prunes_nothing && release >= Release{32, 0} ? 1 : 4;
}

}  // namespace

// The older key counts where it says something (transformers/modeling_rope_utils.py:convert_rope_params_to_dict).
ConfigReader Builder::rope_parameters(std::string_view layer_type) const {
  ConfigReader parameters = text.object("rope_scaling");
  if (!parameters || parameters.names().empty()) parameters = text.object("rope_parameters");
  if (!parameters) return parameters;
  if (!layer_type.empty())
    if (ConfigReader own = parameters.object(layer_type)) return own;
  return parameters;
}

int Builder::rope(RopeSpec spec) {
  if (!spec.own_parameters) spec.parameters = rope_parameters();
  const ConfigReader& parameters = spec.parameters;
  const std::int64_t head_dim = spec.head_dim ? spec.head_dim : sizes.head_dim;
  const double partial =
      parameters.find_ratio("partial_rotary_factor")
          .value_or(text.ratio("partial_rotary_factor|rotary_pct|rotary_emb_fraction", spec.partial));
  std::string_view type = parameters.text("rope_type|type", "default");
  if (type == "mrope") type = "default";
  Rope table;
  table.dim = spec.dim
                  ? spec.dim
                  : parameters.integer("rope_dim", static_cast<std::int64_t>(static_cast<double>(head_dim) * partial));
  std::int64_t max_positions = spec.max_positions ? spec.max_positions : sizes.max_positions;
  // Phi-3's long tables start at the config's own original length, which older files keep beside rope_scaling.
  if (is_one_of(type, {"longrope", "su"}) && parameters.absent("original_max_position_embeddings"))
    table.rows = text.positive("original_max_position_embeddings", max_positions, max_tokens) + max_positions;
  else table.rows = rows_of(type, max_positions, parameters);
  if (spec.mrope || parameters.is_array("mrope_section"))
    table.rows *= spec.mrope_factor ? spec.mrope_factor : mrope_factor(text.model_type(), context.release);
  table.dtype = spec.dtype;
  table.kind = spec.kind;
  if (model.transformers_backend) table = {.dim = table.dim, .kind = spec.kind, .frequencies = true};
  const auto index = static_cast<int>(std::find(model.ropes.begin(), model.ropes.end(), table) - model.ropes.begin());
  if (index == static_cast<int>(model.ropes.size())) model.ropes.push_back(table);
  return index;
}

}  // namespace vram_gauge
