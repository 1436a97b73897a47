// What heads that draft for another model have beside their layers (vllm/model_executor/models/llama_eagle3.py,
// qwen3_dflash.py), and how far their positions reach.
#include "drafting.hpp"

#include "builder.hpp"
#include "words.hpp"

namespace vram_gauge {

static ConfigReader rope_entry(const ConfigReader& text) { return text.object("rope_parameters|rope_scaling"); }

bool rope_only_sizes_table(const ConfigReader& text) {
  const ConfigReader parameters = rope_entry(text);
  for (const ConfigReader& entry :
       {parameters, parameters.object("full_attention"), parameters.object("sliding_attention")})
    if (!is_one_of(entry.text("rope_type|type", "default"), {"default", "linear", "llama3", "ntk", "proportional"}))
      return false;
  return true;
}

bool same_rope(const ConfigReader& a, const ConfigReader& b) {
  const ConfigReader one = rope_entry(a), other = rope_entry(b);
  const auto base = [](const ConfigReader& entry, const ConfigReader& text) {
    return entry.find_number("rope_theta").value_or(text.number("rope_theta", 10000));
  };
  if (base(one, a) != base(other, b) ||
      one.text("rope_type|type", "default") != other.text("rope_type|type", "default"))
    return false;
  for (const ConfigReader* entry : {&one, &other})
    for (const std::string_view name : entry->names()) {
      if (is_one_of(name, {"rope_theta", "rope_type", "type"}) || one.json(name) == other.json(name)) continue;
      if (entry->is_text(name) || entry->is_array(name) || !entry->find_number(name) ||
          one.find_number(name) != other.find_number(name))
        return false;
    }
  return true;
}

// A drafter that shares its target's positions has tables that reach as far, where only their length depends on it
// (vllm/config/speculative.py:_maybe_override_draft_max_position_embeddings).
void Builder::reach_target_positions() {
  if (context.drafting.positions <= sizes.max_positions || (since(33) && !rope_only_sizes_table(text))) return;
  sizes.max_positions = context.drafting.positions;
}

void Builder::combine_features(std::int64_t count) {
  const std::int64_t hidden = root.integer("target_hidden_size", sizes.hidden), width = count * hidden;
  outside(Stage::every, replicated(Role::other, "fc", width, {{sizes.hidden}}));
  if (root.object("eagle_config").flag("norm_before_fc", root.flag("norm_before_fc")))
    outside(Stage::every, tensor(Role::norm, "input_norm.weight", {{width}}));
  if (root.flag("fc_norm")) {
    outside(Stage::every, tensor(Role::norm, "fc_norm.weight", {{hidden}}));
    model.outside.back().module.repeat = count;
  }
  if (context.drafting.parallel) outside(Stage::every, buffer(Role::other, "mask_hidden", {{width}}));
}

void Builder::draft_head(bool quantizable) {
  const std::int64_t rows = root.positive("draft_vocab_size", sizes.vocab);
  Module head = vocabulary(Role::lm_head, "lm_head", rows, sizes.hidden);
  head.quantizable = quantizable;
  outside(Stage::every, std::move(head));
  // vllm/model_executor/models/llama_eagle3.py, before 0.30 whatever the rows
  const std::int64_t target = context.drafting.vocabulary > 0 ? context.drafting.vocabulary : sizes.vocab;
  if (rows != target || !since(30))
    outside(Stage::every, tensor(Role::other, "draft_id_to_target_id", {{rows}}, Dtype::int64));
}

}  // namespace vram_gauge
