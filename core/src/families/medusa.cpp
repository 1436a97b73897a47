#include "families/family.hpp"

namespace vram_gauge::families {

// Defaults of its own config class (vllm/transformers_utils/configs/medusa.py).
static void describe_medusa(Builder& b) {
  Sizes& sizes = b.sizes;
  sizes.hidden = b.root.integer("hidden_size", 4096);
  sizes.vocab = b.since(25) && b.context.drafting.vocabulary > 0 ? b.context.drafting.vocabulary
                                                                 : b.root.integer("vocab_size", 32001);
  sizes.layers = b.root.integer("num_hidden_layers|medusa_num_layers|num_layers", 1, 1 << 10);
  const std::int64_t heads = b.root.positive("num_heads|medusa_num_heads", 5, max_factor);
  Module block = tensor(Role::mlp, "blocks.*.layers.*.weight", {{sizes.hidden}, {sizes.hidden}});
  block.repeat = heads * sizes.layers;
  if (b.root.flag("medusa_fc_bias")) {
    b.outside(Stage::every, tensor(Role::mlp, "blocks.*.layers.*.bias", {{sizes.hidden}}));
    b.model.outside.back().module.repeat = block.repeat;
  }
  b.outside(Stage::every, std::move(block));
  const bool one = b.root.flag("original_lm_head");
  const std::int64_t rows = one ? b.root.integer("truncated_vocab_size", sizes.vocab) : sizes.vocab;
  Module head = vocabulary(Role::lm_head, one ? "lm_head" : "lm_heads.*", rows, sizes.hidden);
  if (!one) head.repeat = heads;
  b.outside(Stage::every, std::move(head));
}

extern const Family medusa{
    .id = "medusa",
    .architectures = "MedusaModel",
    .model_types = "medusa",
    .source = "vllm/model_executor/models/medusa.py (up to 0.32)",
    .describe = describe_medusa,
};

}  // namespace vram_gauge::families
