// What encoders of images and sound are declared with. A tower lists its tensors below its own prefix; those of its
// identical blocks stand below `blocks.*.` and are repeated.
#pragma once

#include "builder.hpp"

namespace vram_gauge {

// Transformer blocks, all alike: attention, feed-forward and norms.
struct Encoder {
  std::int64_t depth = 0, width = 0, heads = 0, inner = 0;
  std::int64_t head_dim = 0;  // 0 = width / heads
  std::int64_t kv_heads = 0;  // 0 = heads
  bool qkv_bias = true, out_bias = true, mlp_bias = true;
  bool norm_bias = true;                          // LayerNorm
  bool gated = false;                             // a gate beside the up projection, fused with it
  bool separate_qkv = false;                      // three projections: q_proj, k_proj, v_proj
  bool key_bias = true;                           // separate ones: a bias of the key, too
  bool one_output = false;                        // q, k and v of one plain linear: one scale
  bool split_attention = true, split_mlp = true;  // false: whole on every rank
  bool quantizable_mlp = true;
  bool qk_norm = false;  // of head_dim each
  std::string_view blocks = "blocks.*.";
  std::string_view attention = "attn.", qkv = "qkv", out = "proj";
  std::string_view mlp = "mlp.", up = "fc1", down = "fc2";
  std::vector<std::string_view> norms{"norm1.", "norm2."};
};

// How a linear of a tower is divided.
enum class How : std::uint8_t { column, row, whole };

// The width of a feed-forward that the file gives as a multiple (4 if it doesn't) of the width.
std::int64_t inner_by_ratio(const ConfigReader& config, std::int64_t width, std::string_view key = "mlp_ratio");

// The size under `key`: a number, or height and width that are alike.
std::int64_t side_of(const ConfigReader& vision, std::string_view key);

class TowerBuilder {
 public:
  TowerBuilder(std::string_view prefix, Role role = Role::vision) : role_(role) { tower_.prefix = prefix; }

  bool quantizable = true;  // its linears are built with the checkpoint's quantization config
  bool built = true;        // false: what follows is in the checkpoint, but not in vLLM's tree

  void encoder(const Encoder& spec);
  // What follows is in each of `count` blocks below `path` ("blocks.*."); ("", 1) ends that.
  void in_blocks(std::string_view path, std::int64_t count);
  void linear(How how, std::string_view name, std::int64_t in, std::int64_t out, bool bias = true);
  void tensor(std::string_view name, std::vector<Dim> dims, Dtype dtype = Dtype::model);
  // A convolution of plain weights [out, …kernel]; `path` with its dot.
  void convolution(std::string_view path, std::vector<Dim> dims, bool bias = true);
  void norm(std::string_view path, std::int64_t width, bool bias = true);
  void buffer(std::string_view name, std::vector<Dim> dims, Dtype dtype = Dtype::model);
  // What a BatchNorm of that width keeps beside the weights of its norm; `path` with its dot.
  void running_statistics(std::string_view path, std::int64_t width);
  void module(Module module);

  // Falls back to whole copies where tp doesn't divide its heads (the encoder's, if not given here).
  void may_replicate(std::int64_t heads = 0) {
    tower_.may_replicate = true;
    if (heads) tower_.heads = heads;
  }
  // Knows nothing of --mm-encoder-tp-mode.
  void stays_divided() { tower_.divided = true; }
  // Its blocks are made with make_layers (vllm/model_executor/models/utils.py), so that a stage has its share of them.
  void spread_over_stages() { tower_.staged = true; }
  // Also on later stages, from 0.33 on; and not dropped when nothing may come in.
  void on_every_stage() { tower_.every_stage = true; }

  void add_to(Model& model) { model.towers.push_back(std::move(tower_)); }

 private:
  Tower tower_;
  Role role_;
  std::string_view path_;
  std::int64_t count_ = 1;
};

// The file's downsample_ratio, by which pixels are folded into channels: from 1/64 to 1.
double downsample_ratio(const Builder& b);
// Learned vectors as wide as the language model, on every stage.
void add_language_vectors(Builder& b, std::initializer_list<std::string_view> names, Dtype dtype = Dtype::model);
// Pixels folded into channels by downsample_ratio, then a norm and two linears, whole on every rank;
// InternVL's way from a tower of `width` to the language model. Names with `norm` and `prefix` have their dot.
void add_shuffled_projector(Builder& b, std::int64_t width, std::string_view prefix, std::string_view norm,
                            std::string_view first, std::string_view second, std::int64_t middle = 0);

}  // namespace vram_gauge
