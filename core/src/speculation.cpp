#include "speculation.hpp"

#include "words.hpp"

namespace vram_gauge {
namespace {

constexpr Release gone{33, 0};

constexpr SpeculativeMethod methods[] = {
    {"draft_model", DraftWeights::checkpoint, {}, V2Drafts::after_29},
    {"eagle", DraftWeights::checkpoint, 1},
    {"eagle3", DraftWeights::checkpoint, 1, V2Drafts::after_29_in_stages},
    {"dflash", DraftWeights::checkpoint, {}},
    {"dspark", DraftWeights::checkpoint, {}},
    {"medusa", DraftWeights::checkpoint, 0, V2Drafts::after_29, true, gone},
    {"mlp_speculator", DraftWeights::checkpoint, 0, V2Drafts::after_29, true, gone},
    {"ngram", DraftWeights::none, 0, V2Drafts::after_29, true},
    {"ngram_gpu", DraftWeights::none, 0},
    {"suffix", DraftWeights::none, 0, V2Drafts::never, true},
    {"custom_class", DraftWeights::own_class, {}, V2Drafts::never},
    {"extract_hidden_states", DraftWeights::own_class, {}},
    {"mtp", DraftWeights::target, 1},
};
constexpr SpeculativeMethod none{};

}  // namespace

const SpeculativeMethod& speculative_method(std::string_view name) {
  if (contains(name, "mtp")) name = "mtp";
  for (const SpeculativeMethod& method : methods)
    if (method.name == name) return method;
  return none;
}

}  // namespace vram_gauge
