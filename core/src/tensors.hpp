// Model × parallel layout × rank -> every tensor vLLM's module tree holds there, with its shape. The one place where
// sharding, padding and stored formats meet; weights, loaded bytes and the tensor listing are folds over it.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "parallel.hpp"

namespace vram_gauge {

struct TensorInfo {
  std::string_view prefix;               // "model.layers.*." and the like
  std::string_view grandparent, parent;  // "self_attn."
  std::string_view module;               // "qkv_proj"
  std::string_view suffix;               // ".weight"
  std::array<std::int64_t, 5> shape{};
  int rank = 0;  // dimensions of the shape; 0 = a scalar
  Dtype dtype = Dtype::model;
  Role role = Role::other;
  bool buffer = false;
  bool divided = false;      // other tensor-parallel ranks hold other parts of its module
  bool scale_of_kv = false;  // freed once weights are loaded
  std::int64_t count = 1;

  // Saturates at 2^62.
  std::int64_t elements() const;
  std::int64_t bytes() const;  // of one
};

// Receives each tensor; `self` is the sink's own state (a plain function pointer keeps the module small).
class TensorSink {
 public:
  virtual void tensor(const TensorInfo& info) = 0;

 protected:
  ~TensorSink() = default;
};

// What besides the model decides the tensors of a rank.
struct Placement {
  Parallel parallel;
  Release release;
  int capability = 0;
  std::int64_t batched_tokens = 0;  // max_num_batched_tokens, where the model depends on it
  Dtype dtype = Dtype::bfloat16;    // what Dtype::model means
  bool whole_encoders = false;      // those of images are kept whole on every rank
  bool early_encoders = false;      // all are on the first stage only
  bool loaded = false;              // as it is once loading has ended, not as it is built

  bool operator==(const Placement&) const = default;
};

// Whether every rank holds all of an encoder's module.
bool stays_whole(const Tower& tower, const Module& module, const Placement& placement);

void list_tensors(const Model& model, const Placement& placement, Rank rank, TensorSink& sink);

// Why vLLM refuses this layout ("vllm-refuses/heads-not-divisible" …), if it does.
std::optional<Diagnostic> refuse_layout(const Model& model, const Placement& placement);

// Why vLLM's registry has no such architecture in this release, or none to serve by itself; `drafts`: for another one.
std::optional<Diagnostic> refuse_architecture(const Model& model, Release release, bool drafts = true);

}  // namespace vram_gauge
