#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_llama(Builder& b) {
  DecoderSpec spec = b.llama_spec();
  // An embedding model where it is not told to generate, with its head all the same.
  if (b.context.architecture == "GritLM" && !b.context.generates) {
    b.model.pooling = true;
    b.see_everything(spec.attention);
  }
  b.add(spec);
}

extern const Family llama{
    .id = "llama",
    .architectures =
        "LlamaForCausalLM LLaMAForCausalLM InternLMForCausalLM InternLM3ForCausalLM AquilaForCausalLM AquilaModel "
        "XverseForCausalLM TeleChat3ForCausalLM TeleFLMForCausalLM IQuestCoderForCausalLM Fairseq2LlamaForCausalLM "
        "GritLM",
    .model_types = "llama internlm internlm3 aquila xverse telechat3",
    .source = "vllm/model_executor/models/llama.py, teleflm.py, fairseq2_llama.py, gritlm.py",
    .describe = describe_llama,
};

}  // namespace vram_gauge::families
