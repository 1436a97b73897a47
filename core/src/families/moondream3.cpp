#include <algorithm>

#include "families/family.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

// Each rank has whole experts, never quantized.
void add_experts_moondream3(Layer& layer, const ConfigReader& moe, std::int64_t hidden) {
  const std::int64_t count = moe.positive("n_experts", 64), inner = moe.positive("expert_inner_dim", 1024);
  const Dim experts{count, 1, Split::even};
  const std::size_t first = layer.modules.size();
  layer.modules.push_back(replicated(Role::experts, "gate", hidden, {{count}}, true));
  layer.modules.back().quantizable = false;
  layer.modules.push_back(tensor(Role::experts, "fc1_weight", {experts, {2 * inner}, {hidden}}));
  layer.modules.push_back(tensor(Role::experts, "fc2_weight", {experts, {hidden}, {inner}}));
  layer.modules.push_back(buffer(Role::experts, "_expert_map", {{count}}, Dtype::int32));
  layer.modules.push_back(buffer(Role::experts, "_fused_w1_bias", {experts, {2 * inner}}, Dtype::float32));
  for (std::size_t i = first; i < layer.modules.size(); ++i) layer.modules[i].parent = "mlp.";
}

void add_tower_moondream3(Builder& b, const ConfigReader& vision) {
  const std::int64_t width = vision.positive("enc_dim", 1152),
                     patch = vision.positive("enc_patch_size", 14, max_factor),
                     side = vision.positive("crop_size", 378) / patch, inner = vision.positive("proj_inner_dim", 8192);
  TowerBuilder tower({});
  tower.convolution("vision.patch_emb.", {{width}, {patch * patch * 3}});
  tower.tensor("vision.pos_emb", {{1}, {side * side}, {width}});
  tower.encoder({.depth = vision.positive("enc_n_layers", 27, max_layers),
                 .width = width,
                 .heads = vision.positive("enc_n_heads", 16),
                 .inner = vision.positive("enc_ff_dim", 4304),
                 .blocks = "vision.blocks.*.",
                 .qkv = "qkv_proj",
                 .out = "out_proj",
                 .norms = {"ln1.", "ln2."}});
  tower.norm("vision.post_ln.", width);
  tower.linear(How::column, "vision_proj.fc1", 2 * width, inner);
  tower.linear(How::row, "vision_proj.fc2", inner, b.sizes.hidden);
  tower.add_to(b.model);
}

void describe_moondream3(Builder& b) {
  const ConfigReader config = b.root.object("config"), text = config.object("text"), moe = text.object("moe");
  if (b.root.has("hidden_size|num_hidden_layers"))
    b.inexact("Moondream's class reads its sizes from \"config\", not from where this file has them.");
  Sizes& s = b.sizes;
  s.hidden = text.positive("dim", 2048), s.layers = text.integer("n_layers", 24, max_layers),
  s.inner = text.positive("ff_dim", 8192);
  s.experts = moe.positive("n_experts", 64), s.top_k = moe.integer("n_experts_per_tok", 8, s.experts);
  b.model.names_experts = true;  // num_local_experts, by its config class
  s.heads = text.positive("n_heads", 32), s.kv_heads = text.positive("n_kv_heads", 32);
  s.vocab = text.integer("vocab_size", 51200), s.max_positions = text.positive("max_context", 4096, max_tokens);
  b.ignore_head_dim();
  b.model.prefix = "text.", b.model.layer_prefix = "text.blocks.", b.model.multimodal = true, b.model.tied = false;
  AttentionSpec attention = b.attention();
  attention.qkv_bias = attention.out_bias = true;
  attention.name = "attn.", attention.out = "out_proj";
  attention.rope = b.rope({.dim = 32, .own_parameters = true});
  MlpSpec mlp = b.mlp();
  mlp.gated = false, mlp.bias = true, mlp.up = "fc1", mlp.down = "fc2";
  b.embeddings(
      {.placement = "aaa", .norm_bias = true, .head_bias = true, .embedding = "wte", .norm = "post_ln.weight"});
  const std::int64_t start = moe.index("start_layer", 4);
  b.layers(
      s.layers, [&](std::int64_t i) { return i >= start ? 1 : 0; },
      [&](Layer& layer, int kind) {
        b.norms(layer, {"ln.weight"}, true);
        b.add(layer, attention);
        const Dim heads{s.heads, 1, Split::even};
        layer.modules.push_back(tensor(Role::attention, "attn.tau_alpha", {heads}));
        for (const std::string_view name : {"attn.tau_wq", "attn.tau_wv"})
          layer.modules.push_back(tensor(Role::attention, name, {heads, {3 * s.hidden}}));
        if (kind) add_experts_moondream3(layer, moe, s.hidden);
        else b.add(layer, mlp);
      });
  add_tower_moondream3(b, config.object("vision"));
}

}  // namespace

extern const Family moondream3{
    .id = "moondream3",
    .architectures = "Moondream3ForCausalLM HfMoondream",
    .model_types = "moondream3",
    .source = "vllm/model_executor/models/moondream3.py",
    .describe = describe_moondream3,
};

}  // namespace vram_gauge::families
