#include "build_model.hpp"

#include "families/family.hpp"
#include "families/generic.hpp"

namespace vram_gauge {
namespace {

struct Stranger {
  std::string_view keys;  // any of them gives the file away
  std::string_view what;
};

constexpr Stranger strangers[] = {
    {"peft_type|lora_alpha", "This is an adapter's adapter_config.json; the base model's config.json lies in the repository it names."},
    {"weight_map", "This is the index of a checkpoint's files; the model's config.json lies beside it."},
    {"added_tokens|added_tokens_decoder|tokenizer_class|chat_template", "This is a tokenizer's file; the model's config.json lies beside it."},
    {"image_processor_type|feature_extractor_type|processor_class|image_mean", "This is a preprocessor's file; the model's config.json lies beside it."},
    {"_from_model_config|temperature|top_p", "This is a generation_config.json; the model's config.json lies beside it."},
    {"producer", "This is an hf_quant_config.json; paste the model's config.json here and this file beside it."},
};

// Who describes the language model of this family's model.
const Family* language_of(const Family& family, const ConfigReader& text) {
  if (family.describe) return &family;
  if (!family.text.empty()) return find_family(family.text);
  const auto names = text.texts("architectures");
  const Family* own = names.empty() ? nullptr : find_family(names[0]);
  return own && own->describe ? own : find_family_of_type(text.model_type());
}

}  // namespace

ConfigReader text_config(const ConfigReader& root) {
  if (const ConfigReader thinker = root.object("thinker_config")) return text_config(thinker);
  const ConfigReader inner = root.object("text_config|llm_config|language_config");
  return inner ? inner : root;
}

std::string architecture_of(const ConfigReader& root) {
  const auto names = root.texts("architectures");
  if (!names.empty()) return std::string(names[0]);
  const Family* family = find_family_of_type(root.model_type());
  if (!family) return {};
  return std::string(family->architectures.substr(0, family->architectures.find(' ')));
}

std::optional<Diagnostic> not_a_model(const ConfigReader& root) {
  if (!root) return Diagnostic{"not-a-config", "A model's config.json is a JSON object, { … }; this is not one.", {"config", {}, 1, 1}};
  if (root.has("architectures|model_type|hidden_size|n_embd|d_model|text_config|num_hidden_layers|n_layer|num_attention_heads")) return std::nullopt;
  for (const Stranger& stranger : strangers)
    if (root.has(stranger.keys)) return Diagnostic{"not-a-config", std::string(stranger.what), {"config", {}, 1, 1}};
  return Diagnostic{"not-a-config", "This JSON has none of the keys of a model's config.json (architectures, model_type, hidden_size).", {"config", {}, 1, 1}};
}

// A model without these has no answer: better to say which key is missing than to add up nothing.
static void require_sizes(const Builder& b) {
  const auto require = [&](std::int64_t size, std::string_view key) {
    const std::string name = b.text.path().empty() ? std::string(key) : b.text.path() + "." + std::string(key);
    if (size < 1) b.text.log().fail("missing-key", '"' + name + "\" is missing or 0, and its model type has no default for it.", name);
  };
  require(b.sizes.hidden, "hidden_size");
  require(b.sizes.layers, "num_hidden_layers");
  require(b.sizes.vocab, "vocab_size");
  for (const Layer& layer : b.model.layers)
    if (layer.attention_scales > 0) require(b.sizes.heads, "num_attention_heads");
}

Model build_model(const ConfigReader& root, BuildContext context) {
  Model model;
  model.architecture = architecture_of(root);
  context.architecture = model.architecture;
  const Family* family = find_family(model.architecture);
  const ConfigReader text = text_config(root);
  model.tied = root.find_flag("tie_word_embeddings").value_or(text.flag("tie_word_embeddings"));
  Builder builder(root, text, context, model);
  if (!family) {
    describe_generic(builder);
  } else {
    model.family = family->id;
    const Family* language = language_of(*family, text);
    if (language) language->describe(builder);
    else describe_generic(builder);
    if (family->wrap) family->wrap(builder);
    if (context.language_model_only) std::erase_if(model.towers, [](const Tower& tower) { return !tower.every_stage; });
  }
  require_sizes(builder);
  return model;
}

}  // namespace vram_gauge
