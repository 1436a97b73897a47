#include "catch.hpp"
#include "vram_gauge/vram_gauge.hpp"

using namespace vram_gauge;

TEST_CASE("a config is reduced to the keys that its answer read, in their order", "[used_config]") {
  const char* config =
      R"({"architectures": ["LlamaForCausalLM"], "bos_token_id": 1, "hidden_size": 64, "intermediate_size": 128,
    "max_position_embeddings": 256, "model_type": "llama", "num_attention_heads": 4, "num_hidden_layers": 2, "use_cache": true,
    "num_key_value_heads": null, "rope_scaling": {"rope_type": "linear", "factor": 2.5, "note": "unread"}, "vocab_size": 512})";
  const auto model = open_model(config, "", "");
  const std::string request = R"({"engine": {"kv_cache_memory_bytes": 1073741824}})";
  const std::string small = used_config(model.get(), request);
  CHECK(
      small ==
      R"({"architectures":["LlamaForCausalLM"],"hidden_size":64,"intermediate_size":128,"max_position_embeddings":256,)"
      R"("model_type":"llama","num_attention_heads":4,"num_hidden_layers":2,"num_key_value_heads":null,)"
      R"("rope_scaling":{"rope_type":"linear","factor":2.5},"vocab_size":512})");
  CHECK(report(open_model(small, "", "").get(), request) == report(model.get(), request));
}

TEST_CASE("without a model there is nothing to reduce", "[used_config]") {
  CHECK(used_config(open_model("[]", "", "").get(), "{}").find("\"error\"") != std::string::npos);
  CHECK(used_config(nullptr, "[]").find("\"error\"") != std::string::npos);
}
