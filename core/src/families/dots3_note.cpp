#include <algorithm>

#include "blocks/state_space.hpp"
#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

// All of both encoders is plain linears, whole on every rank.
void add_vision_dots3_note(Builder& b, const ConfigReader& vision) {
  const std::int64_t width = vision.positive("embed_dim", 1536), heads = vision.positive("num_attention_heads", 24),
                     patch = vision.positive("patch_size", 14, max_factor),
                     depth = vision.positive("num_hidden_layers", 42, max_layers), head = per_head(width, heads),
                     merge = vision.positive("adapter_merge_size", 2, max_factor),
                     from = vision.positive("adapter_in_dim", 1536), out = vision.positive("adapter_out_dim", 2048);
  const std::vector<std::int64_t> routed = vision.integers("pyramid_num_routed", 0, 1 << 16);
  const bool bias = vision.flag("use_bias");
  TowerBuilder tower("visual.");
  tower.quantizable = false;
  tower.convolution("patch_embed.proj.", {{width}, {vision.positive("num_channels", 3, max_factor)}, {patch}, {patch}});
  tower.norm("patch_embed.norm.", width, false);
  tower.buffer("rotary_pos_emb.inv_freq", {{head / 4}});
  tower.buffer("rotary_pos_emb.freqs_cache", {{100000}, {head / 4}});
  tower.in_blocks("blocks.*.", depth);
  tower.linear(How::whole, "attn.qkv", width, 3 * width, bias);
  tower.linear(How::whole, "attn.proj", width, width, bias);
  for (const std::string_view name : {"attn.q_norm.", "attn.k_norm."})
    if (vision.flag("use_qk_norm", true)) tower.norm(name, head, false);
  for (const std::string_view name : {"norm_1.", "norm_2."}) tower.norm(name, width, false);
  const auto feed_forward = [&](std::int64_t count, std::int64_t inner) {
    tower.in_blocks("blocks.*.mlp.", count);
    tower.linear(How::whole, "fc1", width, inner, bias);
    tower.linear(How::whole, "fc2", inner, width, bias);
    tower.linear(How::whole, "fc3", width, inner, bias);
  };
  std::int64_t dense = 0;
  for (std::int64_t i = 0; i < depth; ++i) {
    const std::int64_t experts = entry<std::int64_t>(routed, i, 0);
    if (experts == 0) ++dense;
    if (experts == 0) continue;
    feed_forward(experts, vision.positive("moe_intermediate_size", 2112));
    tower.in_blocks("blocks.*.mlp.", 1);
    tower.tensor("gate_weight", {{experts}, {width}});
    tower.buffer("router_bias", {{experts}});
  }
  if (dense > 0) feed_forward(dense, vision.positive("intermediate_size", 4224));
  tower.in_blocks({}, 1);
  if (vision.flag("post_norm", true)) tower.norm("post_trunk_norm.", width, false);
  const bool merges = vision.text("adapter_type", "pixel_shuffle_mlp") == "patch_merger";
  const std::int64_t merged = from * merge * merge;
  tower.norm("adapter.proj.0.", merges ? from : merged);
  tower.linear(How::whole, "adapter.proj.1", merged, merges ? merged : out);
  tower.linear(How::whole, "adapter.proj.3", merges ? merged : out, out);
  tower.add_to(b.model);
  if (dense < depth && vision.flag("enable_fp8_moe", true) && !b.context.shuts_out(images | videos | audio_clips))
    b.inexact("Dots3-Note turns its vision encoder's experts into fp8 once they are loaded; here they keep 16 bit.");
}

void add_audio_dots3_note(Builder& b, const ConfigReader& audio) {
  const ConfigReader whisper = audio.object("whisper_config").with_defaults_of("whisper");
  const std::int64_t width = whisper.integer("d_model", 384), heads = whisper.positive("encoder_attention_heads", 6),
                     inner = whisper.integer("encoder_ffn_dim", 1536),
                     stem = audio.positive("downsample_hidden_size", 480),
                     from = audio.positive("whisper_adapter_in_dim|adapter_in_dim", 1280),
                     out = audio.positive("whisper_adapter_out_dim|adapter_out_dim", 2048);
  const bool norm_bias = !audio.flag("use_rms_norm", true);
  TowerBuilder tower("audio_tower.", Role::audio);
  tower.quantizable = false;
  tower.norm("audio_adapter.proj.0.", from);
  tower.linear(How::whole, "audio_adapter.proj.1", from, out);
  tower.linear(How::whole, "audio_adapter.proj.3", out, out);
  tower.in_blocks("dots_encoder.speech_encoder.", 1);
  if (audio.flag("use_conv2d_stem", true)) {
    tower.convolution("conv2d1.", {{stem}, {1}, {3}, {3}});
    tower.convolution("conv2d2.", {{stem}, {stem}, {3}, {3}});
    tower.convolution("conv2d3.", {{stem}, {stem}, {3}, {3}});
    tower.linear(How::whole, "conv_out", stem * 16, width, false);
  } else {
    tower.convolution("conv1.", {{width}, {128}, {3}});
    tower.convolution("conv2.", {{width}, {width}, {3}});
  }
  const auto turned = static_cast<std::int64_t>(
      static_cast<double>(per_head(width, heads)) *
      audio.object("rope_parameters").ratio("partial_rotary_factor", audio.has("rope_parameters") ? 1 : 0.5));
  if (audio.flag("use_rope", true)) tower.buffer("rotary_embedding.inv_freq", {{turned / 2}});
  else tower.tensor("embed_positions.weight", {{whisper.integer("max_source_positions", 1500)}, {width}});
  tower.norm("layer_norm.", width, norm_bias);
  tower.in_blocks("dots_encoder.speech_encoder.layers.*.", whisper.integer("encoder_layers", 4, max_layers));
  for (const std::string_view name : {"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.out_proj"})
    tower.linear(How::whole, name, width, width, name != "self_attn.k_proj");
  tower.linear(How::whole, "fc1", width, inner * (whisper.text("activation_function") == "swiglu" ? 2 : 1));
  tower.linear(How::whole, "fc2", inner, width);
  for (const std::string_view name : {"self_attn_layer_norm.", "final_layer_norm."}) tower.norm(name, width, norm_bias);
  tower.add_to(b.model);
}

// Layers that slide have a latent attention of their own sizes; the others keep as much of a token as they do.
void add_attention_dots3_note(Builder& b, Layer& layer, bool slides) {
  const ConfigReader& c = b.text;
  const double base = c.object("rope_parameters").number("rope_theta", c.number("rope_theta", 10000));
  MlaSpec spec = b.mla();
  const std::int64_t kept = c.size("swa_kv_lora_rank") + c.size("swa_qk_rope_head_dim");
  if (slides)
    spec = {.heads = c.size("swa_num_attention_heads"),
            .q_lora = c.size("swa_q_lora_rank"),
            .kv_lora = c.size("swa_kv_lora_rank"),
            .nope = c.size("swa_qk_nope_head_dim"),
            .rope_dim = c.size("swa_qk_rope_head_dim"),
            .v = c.size("swa_v_head_dim")};
  // Whatever scaling the file asks for.
  spec.rope = b.rope({.head_dim = spec.rope_dim,
                      .own_parameters = true,
                      .kind = slides && c.number("swa_rope_theta", base) != base ? 2 : 0});
  if (!slides)
    spec.index_rope = c.flag("indexer_rope_interleave", true)
                          ? spec.rope
                          : b.rope({.head_dim = spec.rope_dim, .own_parameters = true, .kind = 1});
  b.add(layer, spec, !slides);
  Cache& cache = layer.caches.back();
  cache.head_size = kept, cache.packed = true;
  if (!slides) cache.stride_tokens = 1;  // its own kernels
  if (slides) cache.kind = Cache::Kind::sliding_mla, cache.window = c.index("sliding_window_size", 0, max_tokens);
  const std::size_t first = layer.modules.size();
  if (c.text(slides ? "swa_attention_gate_type" : "attention_gate_type") == "headwise")
    layer.modules.push_back(
        replicated(Role::attention, "g_proj", b.sizes.hidden, {{spec.heads, 1, Split::none, "g_proj"}}));
  else
    layer.modules.push_back(
        column(Role::attention, "g_proj", b.sizes.hidden, {{spec.heads, spec.v, Split::even, "g_proj"}}));
  b.norm(layer, "k_rope_only_layernorm.weight", spec.rope_dim);
  place_under(layer, first, "self_attn.");
}

void describe_dots3_note(Builder& b) {
  b.model.tied = false;
  if (!b.quant_method().empty()) b.inexact("Quantized checkpoints of Dots3-Note were not compared.");
  MoeSpec moe = b.moe();
  moe.balancing = Balancing::done;
  moe.shared_inner = moe.inner * b.text.integer("n_shared_experts", 0);
  if (b.text.text("topk_method", "noaux_tc") == "noaux_tc") moe.correction = "gate.e_score_correction_bias";
  const std::vector<bool> sparse = b.sparse_by_frequency();
  b.embeddings("fll");
  const auto describe = [&](Layer& layer, int kind) {
    add_attention_dots3_note(b, layer, kind & 1);
    if (kind & 2) b.add(layer, moe);
    else b.add(layer, b.mlp());
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  };
  b.layers(
      b.sizes.layers, [&](std::int64_t i) { return (b.slides(i) ? 1 : 0) | (entry(sparse, i, true) ? 2 : 0); },
      describe);
  const std::int64_t predictors = b.text.integer("num_nextn_predict_layers", 1, 1 << 10);
  if (predictors == 0) return;
  const std::vector<std::string_view> types = b.text.texts("mtp_layer_types");
  describe(b.model.mtp, entry(types, 0, std::string_view("sliding_attention")) == "sliding_attention" ? 1 : 0);
  b.norms(b.model.mtp, {"enorm.weight", "hnorm.weight", "shared_head.norm.weight"});
  b.model.mtp.modules.push_back(replicated(Role::other, "eh_proj", 2 * b.sizes.hidden, {{b.sizes.hidden}}));
  b.model.mtp.modules.push_back(buffer(Role::other, "max_token_id", {}, Dtype::int64));
  b.predicts(predictors);
}

void wrap_dots3_note(Builder& b) {
  b.model.encoded = images | videos | audio_clips;
  nest_language_model(b);
  if (const ConfigReader vision = b.root.object("vision_config")) add_vision_dots3_note(b, vision);
  if (const ConfigReader audio = b.root.object("audio_config")) add_audio_dots3_note(b, audio);
}

}  // namespace

extern const Family dots3_note{
    .id = "dots3_note",
    .architectures = "Dots3NoteForCausalLM",
    .model_types = "dots3_note",
    .source = "vllm/models/dots3_note/nvidia/",
    .describe = describe_dots3_note,
    .wrap = wrap_dots3_note,
};

}  // namespace vram_gauge::families
