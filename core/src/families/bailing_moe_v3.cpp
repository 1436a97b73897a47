#include <algorithm>

#include "blocks/state_space.hpp"
#include "families/wrappers.hpp"
#include "towers/qwen_vl.hpp"

namespace vram_gauge::families {

// Kimi's delta attention with gates of full rank.
static void add_delta_attention_bailing_v3(Builder& b, Layer& layer) {
  const Role role = Role::linear_attention;
  const std::int64_t dim = b.sizes.head_dim, kernel = b.text.size("short_conv_kernel_size", max_factor);
  const std::size_t first = layer.modules.size();
  const auto shard = [&](std::string_view name) { return Dim{b.sizes.heads, dim, Split::even, name}; };
  const Dim channels = shard({}), beta{b.sizes.heads, 1, Split::even, "b_proj"};
  layer.modules.push_back(
      column(role, "qkvb_proj", b.sizes.hidden, {shard("q_proj"), shard("k_proj"), shard("v_proj"), beta}));
  for (const std::string_view name : {"f_proj", "g_proj"})
    layer.modules.push_back(column(role, name, b.sizes.hidden, {shard(name)}));
  for (const std::string_view name : {"q_conv1d", "k_conv1d", "v_conv1d"}) {
    layer.modules.push_back(convolution(name, {channels}, kernel, false));
    layer.modules.back().dtype = Dtype::float32;
  }
  layer.modules.push_back(tensor(role, "dt_bias", {channels}, Dtype::float32));
  layer.modules.push_back(tensor(role, "A_log", {{1}, {1}, {b.sizes.heads, 1, Split::even}, {1}}, Dtype::float32));
  layer.modules.push_back(tensor(Role::norm, "o_norm.weight", {{dim}}));
  layer.modules.push_back(row(role, "o_proj", 1, b.sizes.hidden));
  layer.modules.back().dims.back() = channels;
  place_under(layer, first, "self_attn.");
  const State conv{kernel - 1, {channels, channels, channels}, Dtype::model, true};
  add_state_cache(b, layer, Cache::Mixer::kda, {conv, State{dim, {channels}, Dtype::float32}});
}

static void add_latent_attention_bailing_v3(Builder& b, Layer& layer, const MlaSpec& mla) {
  b.add(layer, mla);
  const std::string_view gate = b.text.text("gated_attention_proj_granularity_type");
  if (gate != "head_wise" && gate != "element_wise") return;
  const Dim out{b.sizes.heads, gate == "head_wise" ? 1 : mla.v, Split::even, "g_proj"};
  layer.modules.push_back(column(Role::attention, "g_proj", b.sizes.hidden, {out}));
  layer.modules.back().parent = mla.name;
}

static void describe_bailing_moe_v3(Builder& b) {
  b.model.tied = false;  // whatever the file says
  if (b.root.object("quantization_config"))
    b.inexact("How Bailing V3's projections are fused under a quantization is not modelled.");
  MlaSpec mla = b.mla();
  doubt_heads_bailing(b, mla);
  mla.absorbed = true;
  const bool sees = b.context.architecture == "BailingMoeV3VLForConditionalGeneration";
  mla.rope = b.rope({.dim = mla.rope_dim, .mrope = sees});
  MoeSpec moe = b.moe();
  moe.router = Dtype::float32;
  moe.correction = "gate.expert_bias";
  moe.shared_inner =
      b.text.integer("moe_shared_expert_intermediate_size", moe.inner) * b.text.integer("num_shared_experts", 0);
  MlpSpec mlp = b.mlp();
  mlp.bias = b.text.flag("use_bias");
  const std::int64_t group = b.text.positive("layer_group_size", 1);
  const std::vector<bool> sparse = b.from_layer("first_k_dense_replace");
  b.embeddings({.placement = "fll", .embedding = "word_embeddings"});
  const auto kind_of = [&](std::int64_t i) {
    const bool latent = (i + 1) % group == 0 || i >= b.sizes.layers / group * group;
    return (latent ? 0 : 1) | (sparse[static_cast<std::size_t>(i)] && moe.experts > 0 ? 2 : 0);
  };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    if (kind & 1) add_delta_attention_bailing_v3(b, layer);
    else add_latent_attention_bailing_v3(b, layer, mla);
    if (kind & 2) b.add(layer, moe);
    else b.add(layer, mlp);
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
  const std::int64_t predictors = b.text.integer("num_nextn_predict_layers", 0, max_factor);
  if (predictors == 0) return;  // bailing_moe_v3_mtp.py
  add_latent_attention_bailing_v3(b, b.model.mtp, mla);
  b.add(b.model.mtp, moe);
  b.norms(b.model.mtp, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  b.model.mtp_embeds = false;
  b.predicts_from_streams(predictors);
}

// Qwen3-VL's encoder, whose merger is only a norm; two linears come after it (bailing_moe_v3_vl.py).
static void wrap_bailing_moe_v3(Builder& b) {
  if (b.context.architecture != "BailingMoeV3VLForConditionalGeneration") return;
  nest_language_model(b);
  const ConfigReader vision = b.root.object("vision_config").with_defaults_of("qwen3_moe_vit");
  add_qwen3_vl_tower(b, vision, {.merger = false});
  const std::int64_t merge = vision.positive("spatial_merge_size", 2, max_factor), hidden = b.sizes.hidden;
  TowerBuilder projector("linear_proj.", Role::projector);
  projector.linear(How::column, "linear_fc1", vision.size("hidden_size") * merge * merge, hidden);
  projector.linear(How::row, "linear_fc2", hidden, hidden);
  projector.add_to(b.model);
}

extern const Family bailing_moe_v3{
    .id = "bailing_moe_v3",
    .architectures = "BailingMoeV3ForCausalLM BailingMoeV3VLForConditionalGeneration",
    .model_types = "bailing_moe_v3_vl",
    .source = "vllm/model_executor/models/bailing_moe_v3.py, bailing_moe_v3_vl.py",
    .describe = describe_bailing_moe_v3,
    .wrap = wrap_bailing_moe_v3,
};

}  // namespace vram_gauge::families
