// Names of modules, and the lists of names that quantization configs are made of.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vram_gauge {

// One module of vLLM's tree that a quantization method decides on.
struct QuantSubject {
  enum class Kind : std::uint8_t { linear, experts, head };
  Kind kind = Kind::linear;
  std::int64_t layer = -1;  // number of its layer (or of its tower's block); -1 = outside of them
  std::string name;         // in full: "model.layers.3.self_attn.qkv_proj"
  std::vector<std::string>
      shards;                  // the same with each projection that is fused in it ("…q_proj", …); empty: not fused
  std::string_view gate_name;  // experts: what the checkpoint calls their gate projection
  bool gated = true;           // experts
};

// Names from a config, each with a value, such that those of one layer are found without looking at all others: a list
// may name three modules of each of 90 layers.
class NameList {
 public:
  void add(std::string text, int value = 0);
  bool empty() const { return entries_.empty(); }
  std::size_t size() const { return entries_.size(); }

  // Index of the first entry, in the order they were added, that `accepts(text, index)` among those which could speak
  // of a module of that layer; -1 if none.
  template <class Accepts>
  int first(std::int64_t layer, Accepts accepts) const {
    const std::size_t at = static_cast<std::size_t>(layer);
    const bool known = layer >= 0 && at < by_layer_.size();
    const int* own = known ? by_layer_[at].data() : nullptr;
    const std::size_t owned = known ? by_layer_[at].size() : 0;
    for (std::size_t i = 0, j = 0; i < owned || j < anywhere_.size();) {
      const bool take_own = j == anywhere_.size() || (i < owned && own[i] < anywhere_[j]);
      const int index = take_own ? own[i++] : anywhere_[j++];
      if (accepts(std::string_view(entries_[static_cast<std::size_t>(index)].text), index)) return index;
    }
    return -1;
  }
  bool has(std::int64_t layer, std::string_view name) const {
    return first(layer, [&](std::string_view text, int) { return text == name; }) >= 0;
  }
  std::string_view text(int index) const { return entries_[static_cast<std::size_t>(index)].text; }
  int value(int index) const { return entries_[static_cast<std::size_t>(index)].value; }

  // Equal for two layers of which the list says the same. Where an entry could tell layers apart by other means than
  // naming one, all differ.
  std::uint64_t fingerprint(std::int64_t layer) const;

 private:
  struct Entry {
    std::string text;
    int value;
    std::uint32_t number_at, number_size;  // of the layer's number in the text
  };
  std::vector<Entry> entries_;
  std::vector<std::vector<int>> by_layer_;
  std::vector<int> anywhere_;
  bool mentions_digits_ = false;  // in an entry that is not bound to one layer
};

// Python's str.replace: every occurrence.
std::string replace_all(std::string_view text, std::string_view from, std::string_view to);
// What stands behind the last dot.
std::string_view last_component(std::string_view name);

// Does the whole of a fused module what it does for each projection? `test(name)` for the fused name first, then for
// all projections; they have to agree (vLLM refuses otherwise).
enum class Agreement : std::uint8_t { no, yes, mixed };
template <class Test>
Agreement agree(const QuantSubject& subject, Test test) {
  if (test(std::string_view(subject.name))) return Agreement::yes;
  std::size_t hits = 0;
  for (const std::string& shard : subject.shards) hits += test(std::string_view(shard)) ? 1 : 0;
  return hits == 0 ? Agreement::no : hits == subject.shards.size() ? Agreement::yes : Agreement::mixed;
}

}  // namespace vram_gauge
