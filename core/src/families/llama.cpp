#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_llama(Builder& b) {
  DecoderSpec spec = b.decoder_spec();
  const bool bias = b.text.flag("bias", b.context.architecture == "InternLMForCausalLM");
  spec.attention.qkv_bias |= bias;
  spec.attention.out_bias |= bias;
  b.add(spec);
}

extern const Family llama{
    .id = "llama",
    .architectures =
        "LlamaForCausalLM LLaMAForCausalLM InternLMForCausalLM InternLM3ForCausalLM AquilaForCausalLM AquilaModel "
        "XverseForCausalLM TeleChat3ForCausalLM TeleFLMForCausalLM IQuestCoderForCausalLM",
    .model_types = "llama internlm internlm3 aquila xverse telechat3",
    .source = "vllm/model_executor/models/llama.py, teleflm.py",
    .describe = describe_llama,
};

}  // namespace vram_gauge::families
