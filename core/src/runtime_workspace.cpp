#include <algorithm>

#include "resolve_rules.hpp"
#include "runtime_parts.hpp"

namespace vram_gauge {
namespace {

// Which kernels run the experts decides what they allocate (vllm/model_executor/layers/fused_moe/oracle/*).
enum class ExpertKernel { triton, none, hidden_only };

ExpertKernel expert_kernel(const BudgetInput& in) {
  const QuantFormat format = in.shape.expert_format;
  const int capability = in.hardware().capability;
  // Triton's own mxfp4 kernels on Hopper declare next to nothing; the SM100 kernels of TensorRT-LLM keep their scratch
  // memory inside FlashInfer.
  if (format == QuantFormat::mxfp4 && capability == 90) return ExpertKernel::none;
  const bool trtllm = format == QuantFormat::mxfp4 || format == QuantFormat::nvfp4 ||
                      format == QuantFormat::fp8_block || format == QuantFormat::fp8_tensor;
  if (is_sm100(capability) && trtllm) return ExpertKernel::none;
  if (format == QuantFormat::nvfp4 && capability >= 100) return ExpertKernel::hidden_only;
  return ExpertKernel::triton;
}

// tokens × top_k × (max(inner, hidden) + max(2 × inner, hidden)) × 2 bytes
// (vllm/model_executor/layers/fused_moe/experts/triton_moe.py:workspace_shapes)
Workspace expert_workspace(const BudgetInput& in) {
  const ForwardShape& shape = in.shape;
  Workspace out;
  if (shape.top_k == 0) return out;
  const std::int64_t inner = shape.expert_inner, hidden = shape.hidden;
  const std::int64_t tokens = in.tokens() * expert_layout(in.request).token_ranks;
  const std::int64_t triton =
      saturating(saturating(tokens, shape.top_k), (std::max(inner, hidden) + std::max(2 * inner, hidden)) * 2);
  const ExpertKernel kernel = expert_kernel(in);
  out.bytes = kernel == ExpertKernel::triton ? triton : kernel == ExpertKernel::hidden_only ? tokens * hidden * 2 : 0;
  out.low = kernel == ExpertKernel::triton ? triton : 0;
  out.high = kernel == ExpertKernel::triton ? triton : std::max(out.bytes, triton / 2);
  out.formula = kernel == ExpertKernel::triton
                    ? "tokens × top_k × (max(expert_inner, hidden) + max(2 × expert_inner, hidden)) × 2 B"
                    : "this GPU's expert kernels keep their scratch memory elsewhere";
  out.inputs = {{"tokens", tokens}, {"top_k", shape.top_k}, {"expert_inner", inner}, {"hidden", hidden}};
  out.source = "vllm/model_executor/layers/fused_moe/experts/triton_moe.py:workspace_shapes";
  return out;
}

// Rows that sparse attention gathers for prefill: a factor of max_model_len.
std::int64_t sparse_factor(const BudgetInput& in) {
  return applies(Rule::sparse_mla_workspace_short, in.release()) && in.resolved.max_model_len > 262144 ? 2 : 5;
}

// vllm/v1/attention/backends/mla/indexer.py, flashmla_sparse.py: keys of the indexer, and the latent vectors.
Workspace sparse_workspace(const BudgetInput& in) {
  Workspace out;
  if (!in.shape.sparse_attention || in.shape.latent_size == 0) return out;
  const std::int64_t rows = sparse_factor(in) * in.resolved.max_model_len;
  const std::int64_t latent = saturating(rows, in.shape.latent_size * 2);
  out.bytes = std::max(rows * 8 * 132, latent);
  out.low = 0;
  out.high = rows * 8 * 132 + latent + (std::int64_t{512} << 20);
  out.formula = "max(8 × 132 B, latent_size × 2 B) × rows";
  out.inputs = {{"rows", rows}, {"latent_size", in.shape.latent_size}};
  out.source = "vllm/v1/attention/backends/mla/indexer.py, flashmla_sparse.py";
  return out;
}

}  // namespace

Workspace shared_workspace(const BudgetInput& in) {
  Workspace experts = expert_workspace(in), sparse = sparse_workspace(in);
  Workspace& larger = experts.bytes >= sparse.bytes ? experts : sparse;
  larger.high = std::max(experts.high, sparse.high);
  return larger;
}

}  // namespace vram_gauge
