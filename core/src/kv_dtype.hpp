// The KV cache dtypes (--kv-cache-dtype): how many bytes a key and value take, in which releases a name exists, and
// which GPUs can't (vllm/config/cache.py:CacheDType, vllm/v1/kv_cache_interface.py, backends' customize_spec).
#pragma once

#include <optional>
#include <string_view>

#include "model.hpp"

namespace vram_gauge {

struct KvDtype {
  enum class Packing : std::uint8_t {
    model,        // as the model computes
    two_bytes,    // float16, bfloat16
    one_byte,     // fp8 with one scale a tensor or head
    token_head,   // one byte an element and a float32 scale each for K and V
    token_head4,  // the same with four bits an element
    nvfp4,        // four bits an element, one fp8 scale per 16
    turboquant,   // K and V in one slot of bits_k, bits_v bits an element, with norms and scales
    ultraquant,   // four bits an element, one e8m0 scale per 32
    octave,       // bits of K and V in one slot, the rotary part of K in four bits unless compact
    ds_mla,       // sparse MLA: NoPE fp8 (or nvfp4), scales and the rotary part in one opaque row
  };
  std::string_view name;
  Packing packing;
  std::int8_t bits_k, bits_v;
  Release first;  // of vLLM releases that know the name

  bool quantized() const { return packing > Packing::two_bytes; }
};

// Nothing for a name that no release knows.
const KvDtype* find_kv_dtype(std::string_view name);
// All names, for the catalogue.
std::vector<std::string_view> kv_dtype_names();

// Bytes of one token of one head; MLA (k = the latent vector, v = 0) stores one vector. `whole_bytes`: four-bit
// elements of token_head4 take a byte (window layers before 0.29).
struct KvHead {
  std::int64_t k = 0, v = 0, rope = 0;
  bool whole_bytes = false;
};
std::int64_t kv_bytes_per_token(const KvDtype& dtype, const KvHead& head, Dtype model_dtype);

// What decides whether a GPU's kernels take a dtype.
struct KvDtypeUse {
  Release release;
  int capability = 0;
  std::string_view vendor;
  Dtype model_dtype = Dtype::bfloat16;
  bool mla = false, sparse = false, sinks = false;  // sinks: or image prefixes
  std::int64_t head_size = 0;                       // the largest
  bool own_scales = false;                          // the checkpoint's quantization brings scales for the cache
  bool triton_only = false;  // attention that only Triton kernels do below SM89: sinks, image prefixes, odd head sizes
};

// "vllm-refuses/kv-dtype-unsupported", if vLLM would not start with it.
std::optional<Diagnostic> refuse_kv_dtype(const KvDtype& dtype, const KvDtypeUse& use);

}  // namespace vram_gauge
