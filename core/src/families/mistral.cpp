#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_mistral(Builder& b) {
  DecoderSpec spec = b.llama_spec();
  if (b.text.flag("ada_rms_norm_t_cond")) {  // Voxtral's realtime model: a low-rank scale by the delay
    const std::int64_t hidden = b.sizes.hidden, rank = b.text.size("ada_rms_norm_t_cond_dim");
    spec.extra = {column(Role::norm, "ada_rms_norm_t_cond.0", hidden, {{rank, 1, Split::even}}),
                  row(Role::norm, "ada_rms_norm_t_cond.2", rank, hidden)};
    for (Module& module : spec.extra) module.quantizable = false;
  }
  b.add(spec);
}

extern const Family mistral{
    .id = "mistral",
    .architectures = "MistralForCausalLM Ministral3ForCausalLM",
    .model_types = "mistral ministral ministral3",
    .source = "vllm/model_executor/models/mistral.py",
    .describe = describe_mistral,
};

}  // namespace vram_gauge::families
