#include <algorithm>

#include "runtime_parts.hpp"

namespace vram_gauge {
namespace {

std::int64_t power_of_two_from(std::int64_t value) {
  std::int64_t power = 1;
  while (power < value) power *= 2;
  return power;
}

// vllm/v1/sample/ops/topk_topp_triton.py:apply_top_k_top_p_triton: a float32 row of the vocabulary per program.
std::int64_t triton_buffer(const BudgetInput& in) {
  const std::int64_t sms = in.hardware().sm_count > 0 ? in.hardware().sm_count : 108;
  const std::int64_t programs = std::min(sms, power_of_two_from(std::min(sms, in.sampled_rows())));
  return 4 * programs * in.model.sizes.vocab;
}

// Sorting needs bf16 2 + float32 4 + sorted values 4 + int64 indices 8 + the sort's scratch 20 bytes a logit
// (vllm/v1/sample/ops/topk_topp_sampler.py:apply_top_k_top_p_pytorch); without sorting bf16 2 + float32 4 + softmax 4 +
// noise or masked copy 4.
SamplerPeak first_runner(const BudgetInput& in) {
  const Release release = in.release();
  const int speculation = in.request.engine.num_speculative_tokens > 0 ? 4 : 0;  // the rejection sampler comes after
  if (in.resolved.flashinfer) return {14 + speculation, 14, 14 + speculation, 0};
  if (in.resolved.v1_engine && applies(Rule::triton_top_k_top_p, release) && in.sampled_rows() >= 8)
    return {14 + speculation, 14, 14 + speculation, triton_buffer(in)};
  const bool unknown = in.resolved.v1_engine && applies(Rule::flashinfer_sampling_if_installed, release);
  return {38, unknown ? 13 : 38, 38, 0};
}

// vllm/v1/worker/gpu/sample/sampler.py, model_runner.py:_dummy_sampler_run
SamplerPeak second_runner(const BudgetInput& in) {
  const Release release = in.release();
  if (applies(Rule::v2_runner_profiles_full_sampler, release)) {
    if (in.resolved.flashinfer) return {14, 10, 18, 0};
    return {6, 6, 14, in.sampled_rows() >= 8 ? triton_buffer(in) : 0};
  }
  if (release < Release{26, 0}) return {6, 2, 6, 0};
  return {2, 2, in.tp() > 1 ? 6 : 4, 0};
}

}  // namespace

SamplerPeak sampler_peak(const BudgetInput& in) {
  if (!in.shape.last_stage || in.model.pooling || in.model.encoder_only) return {};
  return in.resolved.v2_runner ? second_runner(in) : first_runner(in);
}

}  // namespace vram_gauge
