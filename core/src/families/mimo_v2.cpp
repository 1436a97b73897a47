#include "families/wrappers.hpp"
#include "towers/mimo.hpp"

namespace vram_gauge::families {

// Checkpoints that keep q, k and v fused in chunks, one for each KV head of the full layers, with block scales: a rank
// that holds several chunks keeps k and v of each together, padded to whole blocks
// (mimo_v2.py:_fused_qkv_kv_chunk_rows of 0.33; before, the layer was like any other).
static void pad_chunks(Builder& b, AttentionSpec& spec) {
  const bool blocks = b.root.object("quantization_config").has("weight_block_size");
  const std::int64_t chunks = b.sizes.kv_heads;
  if (!blocks || b.text.text("attention_projection_layout") != "fused_qkv" || !b.since(33) || chunks <= 0) return;
  if (spec.heads % chunks != 0 || spec.kv_heads % chunks != 0) return;
  const std::int64_t heads = spec.kv_heads / chunks, keys = heads * spec.head_dim, values = heads * spec.v_head_dim;
  if (spec.heads / chunks * spec.head_dim % 128 != 0 || (keys % 128 == 0 && values % 128 == 0)) return;
  spec.kv_chunks = chunks;
  spec.chunk_pad = round_up(keys + values, 128) - keys - values;
}

static AttentionSpec attention(Builder& b, std::int64_t heads, std::int64_t kv_heads, std::int64_t head_dim,
                               std::int64_t v_head_dim, int rope) {
  AttentionSpec spec;
  spec.heads = heads;
  spec.kv_heads = kv_heads;
  spec.head_dim = head_dim;
  spec.v_head_dim = v_head_dim;
  spec.qkv_bias = b.text.flag("attention_bias");
  spec.model_dtype_cache = !b.since(32);
  spec.padded_values = !b.since(20, 2);
  pad_chunks(b, spec);
  spec.rope = b.rope({.head_dim = head_dim, .own_parameters = true, .kind = rope});
  return spec;
}

// vllm/model_executor/models/mimo_v2_mtp.py: the first of the checkpoint's, which slides and has no experts. No key
// counts them.
static void predictor_mimo_v2(Builder& b, AttentionSpec attention) {
  Layer& layer = b.model.mtp;
  attention.window = b.window();
  b.add(layer, attention);
  for (Module& module : layer.modules)
    if (module.name == attention.out) module.quantizable = false;
  b.add(layer, b.mlp());
  b.norms(layer, {"input_layernorm.weight", "pre_mlp_layernorm.weight", "enorm.weight", "hnorm.weight",
                  "final_layernorm.weight"});
  layer.modules.push_back(replicated(Role::other, "eh_proj", 2 * b.sizes.hidden, {{b.sizes.hidden}}));
  layer.modules.back().quantizable = false;
  b.model.mtp_prefix = "model.mtp.layers.";
  b.predicts(1);
}

static void describe_mimo_v2(Builder& b) {
  b.model.tied = false;  // whatever the file says
  const ConfigReader& c = b.text;
  const std::vector<std::int64_t> slides = c.integers("hybrid_layer_pattern");
  if (!slides.empty())
    b.slide_where(b.layers_where([&](std::int64_t i) { return entry<std::int64_t>(slides, i, 0) == 1; }),
                  c.index("sliding_window_size|sliding_window", 0, max_tokens));
  const double theta = c.number("rope_theta", 1e6);
  DecoderSpec spec;
  spec.attention =
      attention(b, b.sizes.heads, b.sizes.kv_heads, b.sizes.head_dim, c.integer("v_head_dim", b.sizes.head_dim), 0);
  const std::int64_t head_dim = c.positive("swa_head_dim", b.sizes.head_dim);
  spec.sliding = attention(b, c.positive("swa_num_attention_heads", b.sizes.heads),
                           c.positive("swa_num_key_value_heads", b.sizes.kv_heads), head_dim,
                           c.positive("swa_v_head_dim", head_dim), c.number("swa_rope_theta", theta) == theta ? 0 : 1);
  spec.sliding.sinks = c.flag("add_swa_attention_sink_bias");
  spec.mlp = b.mlp();
  spec.moe = b.moe();
  spec.moe.balancing = Balancing::done;
  spec.moe.rank_needs_expert = true;
  spec.moe.router =
      c.has("moe_router_dtype") ? float_dtype(c.text("moe_router_dtype")).value_or(Dtype::float32) : Dtype::float32;
  spec.moe.correction = "gate.e_score_correction_bias";
  spec.sparse = c.is_array("moe_layer_freq") ? b.sparse_by_frequency()
                                             : std::vector<bool>(static_cast<std::size_t>(b.sizes.layers));
  b.add(spec);
  predictor_mimo_v2(b, spec.sliding);
}

// A file with a vision_config is served as MiMoV2OmniForCausalLM
// (vllm/transformers_utils/model_arch_config_convertor.py).
static void wrap_mimo_v2(Builder& b) {
  const ConfigReader vision = b.root.object("vision_config"), audio = b.root.object("audio_config");
  if (!vision || !b.since(22)) return;
  b.model.architecture = "MiMoV2OmniForCausalLM";
  nest_language_model(b);
  add_mimo_vision_tower(b, vision);
  if (audio) add_mimo_audio_tower(b, audio);
}

extern const Family mimo_v2{
    .id = "mimo_v2",
    .architectures = "MiMoV2FlashForCausalLM MiMoV2ForCausalLM MiMoV2OmniForCausalLM",
    .model_types = "mimo_v2_flash mimo_v2",
    .source = "vllm/model_executor/models/mimo_v2.py, mimo_v2_omni.py",
    .describe = describe_mimo_v2,
    .wrap = wrap_mimo_v2,
};

}  // namespace vram_gauge::families
