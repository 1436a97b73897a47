// Multi-head latent attention: keys and values of all heads as one latent vector a token, which every rank holds whole
// (vllm/model_executor/models/deepseek_v2.py:DeepseekV2MLAAttention, layers/mla.py); with index_topk its sparse form,
// where an indexer picks the tokens to attend to (layers/sparse_attn_indexer.py).
#pragma once

#include <cstdint>
#include <string_view>

namespace vram_gauge {

struct MlaSpec {
  std::int64_t heads = 0;
  std::int64_t q_lora = 0;  // 0 = the query is one projection
  std::int64_t kv_lora = 0, nope = 0, rope_dim = 0, v = 0;
  std::int64_t index_heads = 0, index_dim = 0;  // 0 = no indexer
  std::int64_t index_pool = 0;                  // the indexer keeps one key for so many tokens (GLM-5.3)
  bool output_gate = false;                     // a gate of the heads' outputs, fused with the low-rank projections
  bool absorbed = true;  // false: the class unpacks all heads and keeps them in an ordinary cache
  bool fused = true;     // the absorbed form's low-rank projections are one linear
  int rope = -1, index_rope = -1;
  std::string_view name = "self_attn.";
};

}  // namespace vram_gauge
