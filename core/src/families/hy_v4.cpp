#include "families/family.hpp"

namespace vram_gauge::families {

// Residual channels: what a layer reads of them and how it writes back (nvidia/hc.py).
static void add_hyper_connection(Builder& b, std::vector<Module>& modules, std::string_view name) {
  const std::int64_t channels = b.text.positive("hc_mult", 4, max_factor), mixes = 2 * channels;
  const std::size_t first = modules.size();
  modules.push_back(tensor(Role::other, "hc_scale", {{2}}, Dtype::float32));
  modules.push_back(tensor(Role::other, "hc_base", {{mixes}}, Dtype::float32));
  modules.push_back(tensor(Role::other, "hc_fn.weight", {{mixes}, {channels * b.sizes.hidden}}, Dtype::float32));
  for (std::size_t i = first; i < modules.size(); ++i) modules[i].grandparent = name, modules[i].parent = "hc_pre.";
}

static void add_head_hy_v4(Builder& b) {
  const std::int64_t channels = b.text.positive("hc_mult", 4, max_factor);
  b.outside(Stage::last, tensor(Role::other, "hc_head.hc_head_base", {{channels}}, Dtype::float32));
  b.outside(Stage::last, tensor(Role::other, "hc_head.hc_head_scale", {{1}}, Dtype::float32));
  b.outside(Stage::last, tensor(Role::other, "hc_head.hc_head_fn.weight", {{channels}, {channels * b.sizes.hidden}},
                                Dtype::float32));
}

static void describe_hy_v4(Builder& b) {
  DecoderSpec spec = b.latent_decoder_spec();
  const std::vector<std::string_view> layers = b.text.texts("layer_types"), owners = b.text.texts("indexer_types");
  if (layers.empty()) spec.mla.index_heads = b.sizes.index_topk = 0;  // no sparse layers then
  spec.mla.index_rope = spec.mla.rope;
  spec.indexed = b.layers_where([&](std::int64_t i) {
    const auto at = static_cast<std::size_t>(i);
    const bool picks =
        owners.empty() ? spec.indexed.empty() || spec.indexed[at] : at < owners.size() && owners[at] == "full";
    return picks && at < layers.size() && layers[at] != "full_attention";
  });
  spec.moe = b.moe();
  spec.moe.balancing = Balancing::none_redundant;
  spec.moe.rank_needs_expert = true;
  spec.moe.router = Dtype::float32;
  spec.moe.correction = "expert_bias";
  spec.moe.shared_inner = spec.moe.inner * b.text.integer("n_shared_experts", 0);
  spec.sparse =
      b.text.is_array("mlp_layer_types") ? b.sparse_by_type() : b.layers_where([](std::int64_t i) { return i > 0; });
  if (b.text.flag("gated_mla")) {
    const std::int64_t gates = b.text.text("gating_type") == "headwise" ? 1 : spec.mla.v;
    spec.extra.push_back(
        column(Role::attention, "linear_gate", b.sizes.hidden, {{spec.mla.heads, gates, Split::even, "linear_gate"}}));
  }
  if (b.text.flag("learnable_sink"))
    spec.extra.push_back(
        tensor(Role::attention, "learnable_sink_param", {{spec.mla.heads, 1, Split::even}}, Dtype::float32));
  for (Module& module : spec.extra) module.parent = "self_attn.";
  // nvidia/mtp.py: without the channels, like a layer behind the last; of a quantized checkpoint in its own way
  if (b.quant_method().empty()) {
    DecoderSpec last = spec;
    if (layers.empty() || layers.back() == "full_attention") last.mla.index_heads = 0;
    b.predictors(last, true);
    for (const Module& module : spec.extra)
      if (!b.model.mtp.numbers.empty()) b.model.mtp.modules.push_back(module);
  }
  for (const std::string_view name : {"hc_attn_layer.", "hc_mlp_layer."}) add_hyper_connection(b, spec.extra, name);
  if (b.text.flag("enable_ihc")) add_head_hy_v4(b);
  b.add(spec);
}

extern const Family hy_v4{
    .id = "hy_v4",
    .architectures = "HYV4ForCausalLM",
    .model_types = "hy_v4",
    .source = "vllm/models/hy_v4/nvidia/",
    .describe = describe_hy_v4,
};

}  // namespace vram_gauge::families
