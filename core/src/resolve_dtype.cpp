// The dtype of activations and unquantized weights (vllm/config/model.py:_get_and_verify_dtype; memory model §6.4).
#include <string>

#include "max_model_len.hpp"
#include "runner_type.hpp"
#include "words.hpp"

namespace vram_gauge {
namespace {

// vllm/config/model.py:_FLOAT16_NOT_SUPPORTED_MODELS
bool overflows_in_float16(std::string_view model_type, Release release) {
  if (!applies(Rule::float16_overflow_refused, release)) return false;
  if (model_type == "gemma3_text") return release >= Release{10, 2};
  return is_one_of(model_type, {"gemma2", "gemma3", "glm4", "plamo2"});
}

// vllm/platforms/cuda.py:supported_dtypes; other vendors' devices do all three. Unknown capability: a current GPU.
bool has_bfloat16(const Hardware& hardware) { return hardware.capability == 0 || hardware.capability >= 80; }

// What the config says the checkpoint is stored in.
Dtype dtype_of_config(const ConfigReader& root, const ConfigReader& text) {
  constexpr std::string_view keys = "dtype|torch_dtype";
  for (const ConfigReader& config : {root, text, root.object("vision_config"), root.object("encoder_config")})
    if (config && config.is_text("dtype|torch_dtype"))
      if (const auto dtype = float_dtype(config.text(keys))) return *dtype;
  root.log().note("no-dtype",
                  "The config names no dtype: float32 is assumed, which vLLM runs in 16 bits. The checkpoint's "
                  "own tensors would decide.",
                  "torch_dtype");
  return Dtype::float32;
}

Dtype automatic(Dtype stored, bool pooling, bool float16_works, const Hardware& hardware) {
  const bool bfloat16_works = has_bfloat16(hardware);
  Dtype preferred = bfloat16_works ? Dtype::bfloat16 : float16_works ? Dtype::float16 : Dtype::float32;
  if (pooling && float16_works) preferred = Dtype::float16;
  const bool kept = (stored == Dtype::bfloat16 && bfloat16_works) || (stored == Dtype::float16 && float16_works);
  return kept ? stored : preferred;
}

// Up to 0.9.0 float32 becomes float16, except for families that were known not to stand it (vllm/config.py:
// _get_and_verify_dtype); up to 0.8 nothing looks at the GPU.
Dtype automatic_before_0_9_1(Dtype stored, std::string_view type, const Request& request) {
  Dtype dtype = stored;
  if (stored == Dtype::float32) {
    const bool gemma = type == "gemma2" || type == "gemma3" || type == "gemma3_text";
    dtype = gemma && request.release < Release{8, 1} ? Dtype::bfloat16 : Dtype::float16;
  }
  if (type == "plamo2") dtype = Dtype::bfloat16;
  const bool falls_back = applies(Rule::dtype_fits_device, request.release) && !has_bfloat16(request.hardware);
  return falls_back && dtype == Dtype::bfloat16 ? Dtype::float16 : dtype;
}

Diagnostic unsupported(std::string message) { return refusal("dtype-unsupported", std::move(message), "engine.dtype"); }

// vllm/config/vllm.py:_get_quantization_config asks each method's get_supported_act_dtypes; "awq" and "gptq" are the
// older kernels, which later releases have no name for.
bool runs_in(std::string_view method, Dtype dtype) {
  if (dtype == Dtype::float32) return is_one_of(method, {"", "compressed-tensors", "torchao", "bitsandbytes", "gguf"});
  if (dtype == Dtype::float16) return !is_one_of(method, {"mxfp4", "gpt_oss_mxfp4", "modelopt_mxfp8", "fp_quant"});
  return !is_one_of(method, {"awq", "gptq"});
}

}  // namespace

DtypeAnswer resolve_dtype(const ConfigReader& root, const ConfigReader& text, const Model& model,
                          const Request& request) {
  const std::string_view type = root.model_type();
  const bool float16_works = !overflows_in_float16(type, request.release);
  const std::string wanted = request.engine.dtype.value_or("auto");
  const auto asked = float_dtype(wanted);
  DtypeAnswer answer;
  if (asked) answer.dtype = *asked;
  else if (!applies(Rule::float32_to_bfloat16, request.release))
    answer.dtype = automatic_before_0_9_1(dtype_of_config(root, text), type, request);
  else
    answer.dtype = automatic(dtype_of_config(root, text), model.pooling || runs_pooling(model.architecture),
                             float16_works, request.hardware);
  if (answer.dtype == Dtype::float16 && !float16_works)
    answer.refused =
        unsupported("Models of type " + std::string(type) + " overflow in float16; vLLM wants bfloat16 or float32.");
  else if (answer.dtype == Dtype::bfloat16 && !has_bfloat16(request.hardware))
    answer.refused = unsupported("bfloat16 needs compute capability 8.0; this GPU has " +
                                 std::to_string(request.hardware.capability / 10) + '.' +
                                 std::to_string(request.hardware.capability % 10) + '.');
  else if (!runs_in(model.quantization, answer.dtype))
    answer.refused = unsupported("The quantization method \"" + model.quantization + "\" does not run in " +
                                 std::string(name_of(answer.dtype)) + '.');
  return answer;
}

}  // namespace vram_gauge
