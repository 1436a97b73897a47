#include <string>

#include "catch.hpp"
#include "hand_made.hpp"
#include "quant_config.hpp"
#include "quantization/name_map.hpp"

using namespace vram_gauge;

namespace {

// A checkpoint of eight layers, with the quantization config of a test.
struct Checkpoint {
  Document document;
  ReadLog log;
  Model model;
  QuantInput input;
  std::optional<Diagnostic> refused;

  explicit Checkpoint(std::string_view quantization, Release release = {33, 0}, std::string_view requested = {},
                      Model made = decoder()) {
    Result<Document> parsed = parse_json(
        "{\"model_type\": \"llama\"" +
            (quantization.empty() ? std::string() : ", \"quantization_config\": " + std::string(quantization)) + "}",
        "config");
    REQUIRE(parsed);
    document = std::move(*parsed);
    log.used.assign(document.nodes.size(), false);
    model = std::move(made);
    input.root = ConfigReader(document, log);
    input.config = input.root.object("quantization_config");
    input.release = release;
    input.requested = requested;
    input.capability = 90;
    refused = apply_quantization(model, input);
  }

  static Model decoder() {
    Sizes sizes;
    sizes.hidden = 256;
    sizes.layers = 8;
    sizes.heads = 4;
    sizes.kv_heads = 2;
    sizes.head_dim = 64;
    sizes.inner = 512;
    Model made = hand_decoder("LlamaForCausalLM", sizes);
    for (Module& module : made.layers[0].modules) {
      const std::size_t dot = module.name.find('.');
      module.parent = module.name.substr(0, dot + 1);
      module.name.remove_prefix(dot + 1);
    }
    made.layers[0].modules[0].dims[1].shard = "k_proj";
    made.layers[0].modules[0].dims[2].shard = "v_proj";
    made.layers[0].modules[2].dims[1].shard = "up_proj";
    return made;
  }

  std::string reason() const { return refused ? refused->code.substr(13) : ""; }
  QuantScheme scheme(std::int32_t layer, std::string_view name) const {
    for (const Layer& kind : model.layers)
      if (std::find(kind.numbers.begin(), kind.numbers.end(), layer) != kind.numbers.end())
        for (const Module& module : kind.modules)
          if (module.name == name)
            return model.schemes.empty() ? QuantScheme{} : model.schemes[static_cast<std::size_t>(module.scheme)];
    return {};
  }
  QuantFormat format(std::int32_t layer, std::string_view name) const { return scheme(layer, name).format; }
};

const std::string fp8 = R"("quant_method": "fp8", "activation_scheme": "dynamic", "weight_block_size": [128, 128])";

std::string compressed(std::string_view rest) {
  return R"({"quant_method": "compressed-tensors", "format": "float-quantized", )" + std::string(rest) + "}";
}

const std::string by_channel =
    R"({"targets": ["Linear"], "weights": {"num_bits": 8, "type": "float", "strategy": "channel", "symmetric": true, "dynamic": false},
                                   "input_activations": {"num_bits": 8, "type": "float", "strategy": "token", "dynamic": true, "symmetric": true}})";

}  // namespace

TEST_CASE("without a quantization config everything stays as it is", "[quant]") {
  const Checkpoint plain("");
  CHECK(plain.reason().empty());
  CHECK(plain.model.quantization.empty());
  CHECK(plain.model.layers.size() == 1);
}

TEST_CASE("the method's name by release and request", "[quant]") {
  const std::string awq = R"({"quant_method": "awq", "bits": 4, "group_size": 128, "zero_point": true})";
  CHECK(Checkpoint(awq).model.quantization == "auto_awq");
  CHECK(Checkpoint(awq, {19, 1}).model.quantization == "awq_marlin");
  CHECK(Checkpoint(awq, {33, 0}, "fp8").reason() == "quantization-mismatch");
  CHECK(Checkpoint(awq, {33, 0}, "awq").model.quantization == "auto_awq");
  CHECK(Checkpoint("{" + fp8 + "}", {33, 0}, "fp8").model.quantization == "fp8");
  CHECK(Checkpoint(R"({"group_size": 64, "bits": 8})").model.quantization.empty());
  CHECK(Checkpoint(R"({"group_size": 64, "bits": 8})", {33, 0}, "fp8").reason() == "quantization-mismatch");
  CHECK(Checkpoint(R"({"quant_method": "somebodys_own"})").reason() == "quantization-unsupported");
  CHECK(Checkpoint(R"({"quant_method": "bitsandbytes", "load_in_4bit": true})").reason() == "quantization-unsupported");
  CHECK(Checkpoint(R"({"quant_method": "bitsandbytes", "load_in_4bit": true})", {25, 1}).reason().empty());
  CHECK(Checkpoint(R"({"quant_method": "fbgemm_fp8", "modules_to_not_convert": [], "activation_scale_ub": 1200})")
            .reason() == "quantization-deprecated");
  CHECK(Checkpoint(R"({"quant_method": "gptq", "bits": 3, "group_size": 128, "desc_act": false, "sym": true})")
            .reason() == "quantization-unsupported");
  CHECK(
      Checkpoint(R"({"quant_method": "gptq", "bits": 4, "group_size": 128, "desc_act": true, "sym": true})").reason() ==
      "quantization-unsupported");
  CHECK(Checkpoint(R"({"quant_method": "gptq", "bits": 4, "group_size": 128, "desc_act": true, "sym": true})", {25, 1})
            .reason()
            .empty());
}

TEST_CASE("fp8 ignores exact names, a fused module by all its projections", "[quant]") {
  const Checkpoint c(
      "{" + fp8 +
      R"(, "ignored_layers": ["model.layers.2.self_attn.q_proj", "model.layers.2.self_attn.k_proj", "model.layers.2.self_attn.v_proj",
                                    "model.layers.5.self_attn.o_proj", "model.layers.6.mlp", "lm_head"]})");
  CHECK(c.reason().empty());
  CHECK(c.format(2, "qkv_proj") == QuantFormat::none);
  CHECK(c.format(2, "o_proj") == QuantFormat::fp8_block);
  CHECK(c.format(5, "o_proj") == QuantFormat::none);
  CHECK(c.format(6, "down_proj") == QuantFormat::fp8_block);  // a parent's name excludes nothing
  CHECK(c.model.layers.size() == 3);                          // layers 2, 5 and the rest
  CHECK(c.model.scale_parameters == ScaleParameters::scalars);
  CHECK(Checkpoint("{" + fp8 + R"(, "ignored_layers": ["model.layers.2.self_attn.q_proj"]})").reason() ==
        "quantization-unsupported");
}

TEST_CASE("compressed-tensors ignores exact names and expressions, and targets classes and names", "[quant]") {
  const Checkpoint c(compressed(
      R"("ignore": ["lm_head", "re:.*layers\\.[01]\\.mlp.*", "model.layers.4.self_attn.o_proj"], "config_groups": {"group_0": )" +
      by_channel + "}"));
  CHECK(c.reason().empty());
  CHECK(c.format(0, "gate_up_proj") == QuantFormat::none);
  CHECK(c.format(2, "gate_up_proj") == QuantFormat::fp8_channel);
  CHECK(c.format(4, "o_proj") == QuantFormat::none);
  CHECK(c.format(3, "o_proj") == QuantFormat::fp8_channel);
  CHECK(c.model.scale_parameters == ScaleParameters::tensors);
  const Checkpoint mixed(
      compressed(R"("config_groups": {"a": {"targets": ["re:.*down_proj"], "format": "pack-quantized",
      "weights": {"num_bits": 4, "type": "int", "strategy": "group", "group_size": 64, "symmetric": true}}, "b": )" +
                 by_channel + "}"));
  CHECK(mixed.format(0, "down_proj") == QuantFormat::packed_int);
  CHECK(mixed.scheme(0, "down_proj").group == 64);
  CHECK(mixed.format(0, "qkv_proj") == QuantFormat::fp8_channel);
}

TEST_CASE("ModelOpt excludes by name, part and wildcard", "[quant]") {
  const Checkpoint c(
      R"({"quant_method": "modelopt", "quant_algo": "NVFP4", "kv_cache_scheme": {"type": "float", "num_bits": 8, "dynamic": false},
                         "ignore": ["lm_head", "model.layers.0*", "model.layers.1.mlp*", "*.layers.3.self_attn.o_p?oj"]})");
  CHECK(c.model.quantization == "modelopt_fp4");
  CHECK(c.format(0, "qkv_proj") == QuantFormat::none);
  CHECK(c.format(1, "qkv_proj") == QuantFormat::nvfp4);
  CHECK(c.format(1, "down_proj") == QuantFormat::none);
  CHECK(c.format(3, "o_proj") == QuantFormat::none);
  CHECK(c.format(4, "o_proj") == QuantFormat::nvfp4);
  CHECK(c.model.scale_parameters_of_mla);
  CHECK(checkpoint_kv_cache_dtype(c.input) == "fp8_e4m3");
}

TEST_CASE("a ModelOpt mixture lists what is quantized", "[quant]") {
  const Checkpoint c(R"({"quant_method": "modelopt", "quant_algo": "MIXED_PRECISION", "quantized_layers": {
      "model.layers.0.self_attn.q_proj": {"quant_algo": "FP8"}, "model.layers.0.self_attn.k_proj": {"quant_algo": "FP8"},
      "model.layers.0.self_attn.v_proj": {"quant_algo": "FP8"}, "model.layers.1.mlp.down_proj": {"quant_algo": "W4A16_NVFP4", "group_size": 16}}})");
  CHECK(c.model.quantization == "modelopt_mixed");
  CHECK(c.format(0, "qkv_proj") == QuantFormat::fp8_tensor);
  CHECK(c.format(0, "o_proj") == QuantFormat::none);
  CHECK(c.scheme(1, "down_proj").weight_only);
  CHECK(c.model.scale_parameters == ScaleParameters::none);
}

TEST_CASE("AWQ skips by part of a name", "[quant]") {
  const Checkpoint c(
      R"({"quant_method": "awq", "bits": 4, "group_size": 128, "zero_point": true, "modules_to_not_convert": ["mlp"]})");
  CHECK(c.format(0, "qkv_proj") == QuantFormat::awq);
  CHECK(c.format(0, "down_proj") == QuantFormat::none);
}

TEST_CASE("quantizing while loading leaves the tree at 16 bit and says so", "[quant]") {
  const Checkpoint c("", {33, 0}, "fp8_per_tensor");
  CHECK(c.model.quantization == "fp8_per_tensor");
  CHECK(c.scheme(0, "qkv_proj").online);
  CHECK_FALSE(c.model.inexact.empty());
  CHECK(Checkpoint("", {33, 0}, "awq").reason() == "quantization-mismatch");
}

TEST_CASE("a checkpoint's names become vLLM's", "[quant]") {
  const NameMap qwen("Qwen3_5MoeForConditionalGeneration");
  CHECK(qwen("model.language_model.layers.0.mlp.experts") == "language_model.model.layers.0.mlp.experts");
  CHECK(qwen("model.visual.blocks.0.attn.qkv") == "visual.blocks.0.attn.qkv");
  CHECK(qwen("lm_head") == "lm_head");
  const NameMap mistral("Mistral3ForConditionalGeneration");
  CHECK(mistral("model.vision_tower") == "language_model.model.vision_tower");
  CHECK(NameMap("LlamaForCausalLM")("model.layers.0") == "model.layers.0");
  CHECK(NameMap("NemotronHForCausalLM")("backbone.layers.4.mixer.in_proj") == "model.layers.4.mixer.in_proj");
}
