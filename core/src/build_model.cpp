#include "build_model.hpp"

#include <algorithm>

#include "data/architectures.hpp"
#include "families/family.hpp"
#include "families/generic.hpp"
#include "runner_type.hpp"
#include "words.hpp"

namespace vram_gauge {
namespace {

struct Stranger {
  std::string_view keys;  // any of them gives the file away
  std::string_view what;
};

constexpr Stranger strangers[] = {
    {"peft_type|lora_alpha",
     "This is an adapter's adapter_config.json; the base model's config.json lies in the repository it names."},
    {"weight_map", "This is the index of a checkpoint's files; the model's config.json lies beside it."},
    {"added_tokens|added_tokens_decoder|tokenizer_class|chat_template",
     "This is a tokenizer's file; the model's config.json lies beside it."},
    {"image_processor_type|feature_extractor_type|processor_class|image_mean",
     "This is a preprocessor's file; the model's config.json lies beside it."},
    {"_from_model_config|temperature|top_p",
     "This is a generation_config.json; the model's config.json lies beside it."},
    {"producer", "This is an hf_quant_config.json; paste the model's config.json here and this file beside it."},
};

// Encoders of which nothing may come in are not built (vllm/model_executor/models/interfaces.py:_mark_tower_model).
void drop_towers(Model& model, const BuildContext& context) {
  if (context.release < Release{15, 0} && !context.shuts_out(all_items)) {
    if (!model.towers.empty())
      model.inexact.emplace_back("Which encoders limit_mm_per_prompt left out before 0.15 was not looked at.");
    return;
  }
  const auto facts = find_architecture(model.architecture);
  const bool still = facts && facts->has(ArchitectureTrait::images_only);
  const auto is = [](const Tower& tower, Role role) { return tower.modules.front().role == role; };
  const bool sees =
      std::any_of(model.towers.begin(), model.towers.end(), [&](const Tower& t) { return is(t, Role::vision); });
  std::erase_if(model.towers, [&](const Tower& tower) {
    std::uint8_t items = model.encoded;
    if (!items) items = still ? images : images | videos;
    if (!model.encoded && (!sees || is(tower, Role::audio) || contains(tower.prefix, "audio"))) items = audio_clips;
    return !tower.every_stage && context.shuts_out(items);
  });
}

// Who describes the language model of this family's model; null if the file doesn't say what it is.
const Family* language_of(const Family& family, const ConfigReader& text) {
  if (family.describe) return &family;
  if (!family.text.empty()) return find_family(family.text);
  const auto names = text.texts("architectures");
  const Family* named = names.empty() ? nullptr : find_family(names[0]);
  const Family* own = named && named->describe ? named : find_family_of_type(text.model_type());
  return own && own->describe ? own : nullptr;  // a wrapper's file without its text model names only the wrapper
}

// A pooling name that vLLM's registry hasn't is served by the class of the same name that generates, without its head;
// a classifier's gets one of its own (vllm/model_executor/models/adapters.py).
struct Adapted {
  const Family* family = nullptr;
  std::string base;
  bool classifies = false;
};

Adapted adapt(std::string_view architecture) {
  const DefaultRunner* runner = default_runner(architecture);
  if (!runner || runner->convert == Convert::none || find_architecture(architecture)) return {};
  for (const std::string_view suffix : {"ForCausalLM", "ForConditionalGeneration"}) {
    std::string base(architecture.substr(0, architecture.size() - runner->suffix.size()));
    base += suffix;
    if (find_architecture(base)) return {find_family(base), std::move(base), runner->convert == Convert::classify};
  }
  return {};
}

// adapters.py:_resolve_num_labels, SequenceClassificationConfig and config.py:Qwen3ForSequenceClassificationConfig.
std::int64_t labels_of_score(const Builder& b) {
  const auto either = [&](std::string_view key) { return b.root.has(key) ? &b.root : &b.text; };
  const std::string_view method = either("method")->text("method");
  if (method == "from_2_way_softmax" || b.root.flag("is_original_qwen3_reranker")) return 1;
  constexpr std::string_view tokens = "classifier_from_token";
  if (!method.empty()) return static_cast<std::int64_t>(either(tokens)->texts(tokens).size());
  const std::int64_t own = b.num_labels();
  const bool plain_config = b.text.path().empty();
  return plain_config || (b.since(28) && own != 2) ? own : Builder::num_labels(b.text);
}

void add_score(Builder& b) {
  // A head that is made of the vocabulary's (classifier_from_token) is never quantized.
  b.pooling_head("score", b.sizes.hidden, labels_of_score(b)).quantizable =
      !b.root.has("classifier_from_token|method") && !b.text.has("classifier_from_token|method");
}

std::string_view first_name(const Family& family) {
  return family.architectures.substr(0, family.architectures.find(' '));
}

// "qwen2_5_vl" and "Qwen2_5_VL" alike.
std::string plain(std::string_view name) {
  std::string out = lower(name);
  std::erase(out, '_');
  return out;
}

// The family's architecture that is called like the model type, else its first.
std::string_view architecture_of_type(const Family& family, std::string_view model_type) {
  const std::string type = plain(model_type) + "for";
  for (std::string_view rest = family.architectures; !rest.empty();) {
    const std::string_view name = rest.substr(0, rest.find(' '));
    if (plain(name).starts_with(type)) return name;
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
  }
  return first_name(family);
}

void describe(Builder& builder, const Family& family) {
  const Family* language = language_of(family, builder.text);
  if (language) language->describe(builder);
  else describe_generic(builder);
  if (family.wrap) family.wrap(builder);
}

// What vLLM looks a drafter up as (vllm/transformers_utils/configs/eagle.py, speculators/algos.py).
std::string drafting_name(const ConfigReader& root, std::string name, std::string_view method) {
  const std::string_view type = root.text("speculators_model_type");
  if (type == "eagle3" || type == "peagle")
    return std::string(type == "eagle3" ? "Eagle3" : "Peagle") +
           (text_config(root).model_type() == "qwen3" ? "Qwen3ForCausalLM" : "LlamaForCausalLM");
  if (type == "dflash" || type == "dflash2") return type == "dflash" ? "DFlashDraftModel" : "DFlash2DraftModel";
  if (method == "eagle" && name == "MistralLarge3ForCausalLM") return "Eagle" + name;
  // What else looks like DeepSeek-V3 is taken for its own predictor (vllm/config/speculative.py:hf_config_override).
  const std::string_view model_type = root.model_type();
  if (!method.empty() && (model_type == "deepseek_v3" || model_type == "deepseek_v32" || model_type == "glm_moe_dsa"))
    name = model_type == "deepseek_v3" ? "DeepSeekMTPModel" : "DeepseekV32MTPModel";
  const auto marked = [&](std::string_view mark) { return name.starts_with(mark) || name.ends_with(mark); };
  if (method == "eagle" && !name.starts_with("Eagle")) return "Eagle" + name;
  if (method == "eagle3" && !marked("Eagle3")) return "Eagle3" + name;
  if (method == "dflash" && !marked("DFlash") && name != "LiLiCorrDraftModel") return "DFlash" + name;
  if (method == "medusa" && name.empty()) return "MedusaModel";
  if (method == "dspark" && name == "DSparkDraftModel" && root.model_type() == "qwen3") return "Qwen3DSparkModel";
  return name;
}

}  // namespace

ConfigReader text_config(const ConfigReader& root) {
  if (const ConfigReader thinker = root.object("thinker_config")) return text_config(thinker);
  if (architecture_of(root) == "ColPaliForRetrieval")
    if (const ConfigReader pair = root.object("vlm_config")) return text_config(pair);
  const ConfigReader inner = root.object("text_config|llm_config|language_config|decoder|transformer_layer_config");
  return inner ? inner : root;
}

ConfigReader quantization_of(const ConfigReader& root, const ConfigReader& text) {
  const ConfigReader own = root.object("quantization_config|compression_config");
  return own ? own : text.object("quantization_config|compression_config");
}

std::string architecture_of(const ConfigReader& root) {
  const auto names = root.texts("architectures");
  if (!names.empty()) return std::string(names[0]);
  const Family* family = find_family_of_type(root.model_type());
  return family ? std::string(architecture_of_type(*family, root.model_type())) : std::string();
}

std::optional<Diagnostic> not_a_model(const ConfigReader& root) {
  if (!root)
    return Diagnostic{
        "not-a-config", "A model's config.json is a JSON object, { … }; this is not one.", {"config", {}, 1, 1}};
  if (root.has("architectures|model_type|hidden_size|n_embd|d_model|text_config|num_hidden_layers|n_layer|num_"
               "attention_heads|medusa_num_heads"))
    return std::nullopt;
  for (const Stranger& stranger : strangers)
    if (root.has(stranger.keys)) return Diagnostic{"not-a-config", std::string(stranger.what), {"config", {}, 1, 1}};
  return Diagnostic{"not-a-config",
                    "This JSON has none of the keys of a model's config.json (architectures, model_type, hidden_size).",
                    {"config", {}, 1, 1}};
}

std::optional<Diagnostic> missing_size(const ConfigReader& text, const Model& model) {
  std::string_view missing;
  for (const Layer& layer : model.layers)
    if (layer.attention_scales > 0 && model.sizes.heads < 1) missing = "num_attention_heads";
  if (model.sizes.vocab < 1) missing = "vocab_size";
  if (model.sizes.layers < 1) missing = "num_hidden_layers";
  if (model.sizes.hidden < 1) missing = "hidden_size";
  if (missing.empty()) return std::nullopt;
  const std::string key = text.path().empty() ? std::string(missing) : text.path() + "." + std::string(missing);
  return Diagnostic{"missing-key",
                    '"' + key + "\" is missing or 0, and its model type has no default for it.",
                    {"config", key, 0, 0}};
}

// Types whose class believes the text config where the root says no (Transformers, models/*/configuration_*.py).
constexpr std::string_view tied_by_text[] = {"glm4v",      "glm4v_moe",        "glm_ocr",
                                             "llava",      "llava_next_video", "llava_onevision",
                                             "qwen2_5_vl", "qwen2_vl",         "video_llama_3"};

// Whether vLLM takes it for a mixture, by its keys alone (vllm/transformers_utils/model_arch_config_convertor.py:
// get_num_experts).
static bool names_experts(const ConfigReader& text) {
  constexpr std::string_view keys = "num_experts|moe_num_experts|n_routed_experts|num_local_experts";
  if (text.first(keys, 0) > 0) return true;
  for (const ConfigReader& block : text.objects("block_configs"))
    if (block.text("block_type") == "moe" && block.integer("n_routed_experts", 0) > 0) return true;
  return false;
}

Model build_model(const ConfigReader& root, BuildContext context) {
  Model model;
  model.architecture = drafting_name(root, architecture_of(root), context.drafting.method);
  context.architecture = model.architecture;
  const Family* family = context.generic ? nullptr : find_family(model.architecture);
  const Adapted adapted = family || context.generic ? Adapted{} : adapt(model.architecture);
  if (adapted.family) family = adapted.family, context.architecture = adapted.base;
  const Family* sibling = family || context.generic ? nullptr : find_family_of_type(root.model_type());
  if (sibling) context.architecture = model.sibling = architecture_of_type(*sibling, root.model_type());
  const ConfigReader text = text_config(root);
  model.tied = root.find_flag("tie_word_embeddings").value_or(text.flag("tie_word_embeddings"));
  if (std::find(std::begin(tied_by_text), std::end(tied_by_text), root.model_type()) != std::end(tied_by_text))
    model.tied |= text.flag("tie_word_embeddings");
  Builder builder(root, text, context, model);
  const auto facts = find_architecture(context.architecture);
  if (facts && served(*facts, context.release)) model.pipeline = facts->pipeline && context.release >= *facts->pipeline;
  if (facts && wrapped(*facts, context.release)) {
    builder.served_by_transformers();
    builder.inexact("vLLM " + to_string(context.release) + " has no class of its own for " + model.architecture +
                    ": it takes the installed Transformers' into its generic wrapper, which was not compared.");
  }
  if (family) {
    model.family = family->id;
    describe(builder, *family);
    if (adapted.family) make_pooling(model);
    if (adapted.classifies) add_score(builder);
    // adapters.py:_create_pooling_model_cls drops the head in all of them, and from 0.10.2 on the score is one whole
    // layer in float32; where the head of a multimodal model is changed.
    if (adapted.family && !builder.since(19) &&
        ((adapted.classifies && !builder.since(10, 2)) || model.multimodal || !builder.since(6, 5)))
      builder.inexact("What an adapter for pooling leaves of this model in releases before 0.19 was not compared.");
    if (adapted.family && model.transformers_backend)
      builder.inexact("Pooling adapters of the generic Transformers wrapper are not modelled.");
  } else if (sibling) {
    builder.inexact("The architecture " + model.architecture + " is not modelled: it is counted like " +
                    std::string(context.architecture) + ", whose model_type it has.");
    describe(builder, *sibling);
    if (root.log().error && root.log().error->code == "missing-key") {  // it has another shape than its type's
      root.log().error.reset();
      context.generic = true;
      return build_model(root, context);
    }
    if (model.pooling || names_pooling(model.architecture)) make_pooling(model);
  } else {
    const bool understood = !root.log().error;
    describe_generic(builder);
    add_generic_towers(builder);
    if (understood && root.log().error) {  // keys of other models, read as if they meant the same
      model.inexact.push_back(std::move(root.log().error->message));
      root.log().error.reset();
    }
  }
  const std::size_t said = text.log().notes.size();
  model.mtp_unmodelled |=
      context.release >= Release{33, 0} &&
      (text.flag("causal_vision_prefix") || (model.transformers_backend && text.has("num_mtp_layers")));
  model.mtp_known = has_predictors(root.model_type(), model.architecture, context.release);
  model.names_experts |= names_experts(text);
  text.log().notes.resize(said);  // which default that took is nothing to a reader
  if (context.shut_out) drop_towers(model, context);
  return model;
}

}  // namespace vram_gauge
