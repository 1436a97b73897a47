#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_llama(Builder& b) { b.add(b.llama_spec()); }

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
