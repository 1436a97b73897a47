// Which quantization method vLLM picks for a checkpoint and --quantization, and which releases have it
// (vllm/config/model.py:_verify_quantization).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "quantization/quantizer.hpp"

namespace vram_gauge {

struct MethodAnswer {
  std::string name;     // vLLM's, "" = none
  ConfigReader config;  // where its settings stand; absent for one that works on 16-bit checkpoints
  bool online = false;  // quantizes while loading
};

struct MethodQuestion {
  ConfigReader root;      // the model's config
  ConfigReader config;    // its quantization_config or compression_config; may be absent
  ConfigReader hf_quant;  // hf_quant_config.json; may be absent
  std::string_view requested;
  Release release;
  int capability = 0;
};

// Refusals and reasons for doubt go into `context`-like arguments so that the caller can build its context after.
MethodAnswer pick_method(const MethodQuestion& question, std::optional<Diagnostic>& refused,
                         std::vector<std::string>& inexact);

// What --quantization alone does to a 16-bit checkpoint, by name, from the first to the last release; {} = in the
// oldest or newest known one.
struct OnlineMethod {
  std::string_view name;
  Release first, last;
};
std::vector<OnlineMethod> online_methods();

// The method at work, or null where it stores everything as it is or isn't modelled.
std::unique_ptr<Quantizer> make_quantizer(QuantContext& context, bool online);

}  // namespace vram_gauge
