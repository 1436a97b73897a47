#include "families/wrappers.hpp"
#include "towers/audio.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {
namespace {

// minicpmv.py:get_version_by_config
double version(const Builder& b) {
  if (b.context.architecture == "MiniCPMO") {  // minicpmo.py:MiniCPMO
    if (b.root.is_text("version")) return b.root.text("version") == "4.5" ? 4.5 : 2.6;
    return b.root.number("version", 2.6);
  }
  const bool second = b.sizes.hidden == 2304 && b.root.positive("query_num", 64) == 64;
  if (!b.root.is_text("version")) return b.root.number("version", second ? 2.0 : 2.5);
  return b.root.text("version") == "2.0" ? 2.0 : b.root.text("version") == "4.5" ? 4.5 : 4.0;
}

void describe_minicpmv(Builder& b) {
  const double v = version(b);
  find_family(v == 2.0   ? "MiniCPMForCausalLM"
              : v == 2.6 ? "Qwen2ForCausalLM"
              : v == 4.5 ? "Qwen3ForCausalLM"
                         : "LlamaForCausalLM")
      ->describe(b);
}

// One layer of cross attention by learned queries, whole on every rank
// (vllm/model_executor/layers/resampler.py:BaseResampler, minicpmv.py:Resampler2_5, Resampler4_5).
void add_resampler_minicpmv(Builder& b, std::int64_t in) {
  const std::int64_t width = b.sizes.hidden;
  // Once built it is cast to the model's dtype, which float8 weights don't survive; packed integers do.
  const std::string_view method = b.quant_method();
  if (in != width && !method.empty() && method != "awq" && method != "gptq" && method != "bitsandbytes")
    b.inexact("The resampler of a MiniCPM quantized like this is cast to another dtype, which is not modelled.");
  TowerBuilder resampler("resampler.", Role::projector);
  resampler.tensor("query", {{b.root.positive("query_num", 64)}, {width}});
  if (in != width) resampler.linear(How::whole, "kv_proj", in, width, false);
  resampler.quantizable = false;
  resampler.linear(How::whole, "attn.in_proj", width, 3 * width);
  resampler.linear(How::whole, "attn.out_proj", width, width);
  for (const std::string_view norm : {"ln_q.", "ln_kv.", "ln_post."}) resampler.norm(norm, width);
  resampler.tensor("proj", {{width}, {width}});
  resampler.buffer("pos_embed", {{70}, {70}, {width}});
  if (version(b) == 4.5) resampler.buffer("temporal_pos_embed", {{36000}, {width}});
  resampler.add_to(b.model);
}

void wrap_minicpmv(Builder& b) {
  nest_language_model(b);
  b.model.prefix = "llm.model.";
  b.model.layer_prefix = "llm.model.layers.";
  b.model.head_prefix = "llm.";
  if (version(b) == 2.0) return b.inexact("The vision encoder of version 2.0 is not modelled.");
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    const ClipShape shape = clip_shape(vision);
    const std::int64_t depth = shape.layers - (b.root.flag("drop_vision_last_layer") ? 1 : 0);
    add_siglip_tower(b, shape,
                     {.prefix = "vpm.", .depth = depth, .post_norm = 1, .any_width = true, .position_ids = false});
    add_resampler_minicpmv(b, shape.width);
  });
  if (b.context.architecture != "MiniCPMO") return;
  with_tower(b, "audio_config", [&](const ConfigReader& audio) {
    add_whisper_tower(b, audio, {.prefix = "apm.", .native = false});
    TowerBuilder projector("audio_projection_layer.", Role::projector);
    projector.quantizable = false;
    projector.linear(How::whole, "linear1", audio.size("encoder_ffn_dim") / 4, b.sizes.hidden);
    projector.linear(How::whole, "linear2", b.sizes.hidden, b.sizes.hidden);
    projector.add_to(b.model);
  });
}

}  // namespace

extern const Family minicpmv{
    .id = "minicpmv",
    .architectures = "MiniCPMV MiniCPMO",
    .model_types = "minicpmv minicpmo",
    .source = "vllm/model_executor/models/minicpmv.py, minicpmo.py",
    .describe = describe_minicpmv,
    .wrap = wrap_minicpmv,
};

}  // namespace vram_gauge::families
