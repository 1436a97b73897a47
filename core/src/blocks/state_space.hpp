// Mixers that carry a state through a sequence instead of keys and values (vllm/model_executor/layers/mamba/). Each
// adds its tensors under `name` and the cache that holds its state.
#pragma once

#include "builder.hpp"

namespace vram_gauge {

// Mamba (layers/mamba/mamba_mixer.py). Its linears are built without the checkpoint's quantization.
struct Mamba1Spec {
  std::int64_t inner = 0, state = 0, kernel = 0, dt_rank = 0;
  bool conv_bias = true, bias = false;
  bool norms = false;  // of dt, B and C, with weights
  std::string_view name = "mixer.";
};

// Mamba-2 (layers/mamba/mamba_mixer2.py).
struct Mamba2Spec {
  std::int64_t heads = 0, head_dim = 0, groups = 1, state = 0, kernel = 0;
  std::int64_t inner = 0;  // 0 = heads · head_dim
  bool conv_bias = true, bias = false, gated_norm = true;
  Dtype recurrent = Dtype::model;
  std::string_view name = "mixer.";
};

// By the keys that start with mamba_ (Bamba's, which Granite and Falcon took over); `inner` is read before them.
Mamba2Spec mamba2_spec(const Builder& b, std::int64_t inner);

// Gated delta net (layers/mamba/gdn/). How a checkpoint stores the fused projections decides their logical shards.
struct DeltaNetSpec {
  enum class Layout : std::uint8_t { interleaved, separate, olmo };
  std::int64_t key_heads = 0, value_heads = 0, key_dim = 0, value_dim = 0, kernel = 0;
  Layout layout = Layout::interleaved;
  bool whole_gates = false;  // separate: the projection of b and a is not divided
  Dtype recurrent = Dtype::model;
  std::string_view name = "linear_attn.";
};

// Kimi delta attention (layers/mamba/gdn/kimi_gdn_linear_attn.py, vllm/models/kimi_k3/nvidia/kda.py): a gated delta net
// with a decay per channel.
struct KdaSpec {
  std::int64_t heads = 0, head_dim = 0, kernel = 0;
  bool full_rank_gate = false;  // the output gate is one projection, fused with the others
  bool fused_low_rank = false;  // the low-rank one's first half is (GLM-5.3)
  std::string_view name = "self_attn.";
};

// A gated short convolution (layers/mamba/short_conv.py).
struct ShortConvSpec {
  std::int64_t width = 0, kernel = 0;
  bool bias = false;
  std::string_view name = "short_conv.";
};

void add(Builder& b, Layer& layer, const Mamba1Spec& spec);
void add(Builder& b, Layer& layer, const Mamba2Spec& spec);
void add(Builder& b, Layer& layer, const DeltaNetSpec& spec);
void add(Builder& b, Layer& layer, const KdaSpec& spec);
void add(Builder& b, Layer& layer, const ShortConvSpec& spec);

// The columns of a Mamba-2 group's B or C: a single group is whole on every rank, several must divide.
Dim group_columns(const Mamba2Spec& spec);

// A causal convolution over channels: weight [Σ channels, 1, kernel].
Module convolution(std::string_view name, std::vector<Dim> channels, std::int64_t kernel, bool bias);

// A cache of these states; the model is a hybrid or attention-free one.
void add_state_cache(Builder& b, Layer& layer, Cache::Mixer mixer, std::vector<State> states);

// Puts the layer's modules from `first` on below `parent`.
void place_under(Layer& layer, std::size_t first, std::string_view parent);

}  // namespace vram_gauge
