#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) {
  b.model.tied = false;  // whatever the file says
  b.sizes.layers = b.text.integer("num_layers", b.sizes.layers);
  MlaSpec first = b.mla(), second = first;
  first.name = "self_attn.0.";
  second.name = "self_attn.1.";
  MoeSpec moe = b.moe();
  const std::int64_t routes = moe.experts + b.text.integer("zero_expert_num", 0);  // some lead to no expert
  b.embeddings("fll");
  b.layers(
      b.sizes.layers, [](std::int64_t) { return 0; },
      [&](Layer& layer, int) {
        for (const MlaSpec& mla : {first, second}) b.add(layer, mla);
        for (const std::string_view name : {"mlps.0.", "mlps.1."})
          b.add(layer, MlpSpec{.inner = b.sizes.inner, .name = name});
        b.add(layer, moe);
        for (Module& module : layer.modules)
          if (module.name == "gate")
            module = tensor(Role::experts, "router.classifier.weight", {{routes}, {b.sizes.hidden}}, Dtype::float32);
        layer.modules.push_back(tensor(Role::experts, "router.e_score_correction_bias", {{routes}}, Dtype::float32));
        b.norms(layer, {"input_layernorm.0.weight", "input_layernorm.1.weight", "post_attention_layernorm.0.weight",
                        "post_attention_layernorm.1.weight"});
      });
}

extern const Family longcat_flash{
    .id = "longcat_flash",
    .architectures = "LongcatFlashForCausalLM",
    .model_types = "longcat_flash",
    .source = "vllm/model_executor/models/longcat_flash.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
