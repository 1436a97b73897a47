// One quantization method at work on one checkpoint: says of each module how it is stored.
#pragma once

#include <memory>

#include "config_reader.hpp"
#include "model.hpp"
#include "quantization/name_map.hpp"
#include "quantization/names.hpp"

namespace vram_gauge {

// What all patterns of one config may cost, in steps of an automaton: a tenth of a second.
inline constexpr std::int64_t max_pattern_work = 20'000'000;

// What methods read from and report to.
struct QuantContext {
  ConfigReader config;      // the checkpoint's quantization config
  ConfigReader root;        // the model's config around it
  std::string_view method;  // vLLM's name of the method
  NameMap renames;
  Release release;
  int capability = 0;
  Model& model;
  std::int64_t work = max_pattern_work;  // what patterns may still cost
  std::optional<Diagnostic> refused;

  // The reader of the report should know why this is an estimate; each reason once.
  void inexact(std::string_view reason);
  // vLLM does not start with this checkpoint; the first reason stays.
  void refuse(std::string_view reason, std::string message);
};

class Quantizer {
 public:
  virtual ~Quantizer() = default;
  // Format none: stored as it is.
  virtual QuantScheme scheme_of(const QuantSubject& subject) = 0;
  // Equal for layers between which scheme_of makes no difference.
  virtual std::uint64_t fingerprint(std::int64_t layer) const = 0;
};

// Each reads the config at once and says in `context` what can't be. Null: this method quantizes nothing.
std::unique_ptr<Quantizer> make_fp8(QuantContext& context);
std::unique_ptr<Quantizer> make_deepseek_v4(QuantContext& context);
std::unique_ptr<Quantizer> make_fbgemm(QuantContext& context);
std::unique_ptr<Quantizer> make_compressed_tensors(QuantContext& context);
std::unique_ptr<Quantizer> make_modelopt(QuantContext& context);
std::unique_ptr<Quantizer> make_mxfp4(QuantContext& context);
std::unique_ptr<Quantizer> make_awq(QuantContext& context);
std::unique_ptr<Quantizer> make_gptq(QuantContext& context);
std::unique_ptr<Quantizer> make_inc(QuantContext& context);
std::unique_ptr<Quantizer> make_bitsandbytes(QuantContext& context);
std::unique_ptr<Quantizer> make_quark(QuantContext& context);
std::unique_ptr<Quantizer> make_online(QuantContext& context);

// The module lists of a config, in vLLM's names.
NameList read_names(const ConfigReader& config, std::string_view keys, const NameMap& renames);

// quant_utils.py:is_layer_skipped with match_mode "exact" and "substring".
bool skipped_exactly(const NameList& ignored, const QuantSubject& subject, QuantContext& context);
bool skipped_by_part(const NameList& ignored, const QuantSubject& subject, QuantContext& context);

}  // namespace vram_gauge
