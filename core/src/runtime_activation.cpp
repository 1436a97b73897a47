#include <algorithm>

#include "runtime_parts.hpp"

namespace vram_gauge {
namespace {

constexpr std::int64_t margin_low = std::int64_t{10} << 20, margin_high = std::int64_t{55} << 20;

struct Peak {
  std::int64_t bytes = 0, low = 0, high = 0;
  std::string formula;
  std::vector<Term::Input> inputs;
  std::string_view source;
};

// Latent attention expands the keys and values of its whole prefill workspace once while profiling
// (vllm/model_executor/layers/attention/mla_attention.py:determine_chunked_prefill_workspace_size).
std::int64_t expanded_latents(const BudgetInput& in) {
  if (in.shape.latent_expanded == 0 || in.shape.sparse_attention) return 0;
  const std::int64_t rows = std::min<std::int64_t>(std::max(8 * in.resolved.max_model_len, 4 * in.seqs() * 64), 65536);
  return rows * in.shape.latent_expanded * 2;
}

// The text model over max_num_batched_tokens dummy tokens: the widest compiled piece and the residual stream before
// and after it (a third copy in the first engine, which did not compile).
Peak forward_peak(const BudgetInput& in, const Workspace& workspace) {
  const ForwardShape& shape = in.shape;
  const std::int64_t size = size_of(in.resolved.dtype);
  const bool stages = in.request.engine.pipeline_parallel_size > 1;
  const std::int64_t residuals = (in.resolved.v1_engine ? 2 : 3) + (stages ? 2 : 0);
  Peak peak;
  peak.bytes = in.tokens() * (shape.widest + residuals * shape.hidden) * size;
  peak.formula = "tokens × (widest + residuals × hidden) × dtype_size";
  peak.inputs = {{"tokens", in.tokens()},
                 {"widest", shape.widest},
                 {"residuals", residuals},
                 {"hidden", shape.hidden},
                 {"dtype_size", size}};
  if (const std::int64_t latents = expanded_latents(in); latents > in.tokens() * shape.widest * size) {
    peak.bytes = in.tokens() * residuals * shape.hidden * size + latents;
    peak.formula = "tokens × residuals × hidden × dtype_size + expanded_latents";
    peak.inputs[1] = {"expanded_latents", latents};
  }
  if (workspace.bytes > 0 && !applies(Rule::moe_workspace_stays, in.release())) {
    peak.bytes += workspace.bytes;
    peak.formula += " + workspace";
    peak.inputs.push_back({"workspace", workspace.bytes});
  }
  peak.low = peak.bytes - margin_low;
  peak.high = peak.bytes + margin_high + (stages ? 2 * margin_high : 0);
  // Chunked scans of linear attention keep more; by how much, one log with 65,536 tokens shows.
  if (shape.linear_attention) peak.high += peak.bytes / 2;
  peak.source = "vllm/v1/worker/gpu_model_runner.py:profile_run";
  return peak;
}

Peak sampling_peak(const BudgetInput& in) {
  const SamplerPeak sampler = sampler_peak(in);
  Peak peak;
  if (sampler.per_logit == 0) return peak;
  const std::int64_t rows = in.sampled_rows(), hidden = in.shape.hidden, vocab = in.model.sizes.vocab;
  const std::int64_t logits = rows * vocab,
                     states = 2 * in.tokens() * hidden + (in.resolved.v2_runner ? 2 : 4) * rows * hidden;
  peak.bytes = sampler.per_logit * logits + sampler.buffer + states;
  peak.low = sampler.per_logit_low * logits + sampler.buffer + states - margin_low;
  peak.high = sampler.per_logit_high * logits + sampler.buffer + states + margin_high;
  peak.formula = sampler.buffer ? "sampled_rows × vocab × bytes_per_logit + top_k_buffer + hidden_states"
                                : "sampled_rows × vocab × bytes_per_logit + hidden_states";
  peak.inputs = {
      {"sampled_rows", rows}, {"vocab", vocab}, {"bytes_per_logit", sampler.per_logit}, {"hidden_states", states}};
  if (sampler.buffer) peak.inputs.push_back({"top_k_buffer", sampler.buffer});
  peak.source = in.resolved.v2_runner ? "vllm/v1/worker/gpu/model_runner.py:_dummy_sampler_run"
                                      : "vllm/v1/worker/gpu_model_runner.py:_dummy_sampler_run";
  return peak;
}

void add(Budget& budget, std::string_view id, Peak peak) {
  budget.terms.push_back({id, peak.bytes, std::min(peak.low, peak.bytes), std::max(peak.high, peak.bytes),
                          std::move(peak.formula), std::move(peak.inputs), peak.source, true});
}

void add_workspace(const BudgetInput& in, Workspace workspace, Budget& budget) {
  if (!applies(Rule::moe_workspace_stays, in.release()) || workspace.high == 0) return;
  add(budget, "workspace",
      {workspace.bytes, workspace.low, workspace.high, std::move(workspace.formula), std::move(workspace.inputs),
       workspace.source});
}

void add_encoder(const BudgetInput& in, const EncoderPeak& encoder, Budget& budget) {
  const std::int64_t kept = encoder.cache + encoder.inputs;
  if (kept == 0 && encoder.unknown == 0) return;
  if (!encoder.known)
    budget.notes.push_back(
        {"encoder-unknown",
         "How much this architecture's encoder takes while profiling is not modelled; the band covers it.", ""});
  // Whether the pixels are still held is not the same in every release and family.
  add(budget, "encoder",
      {kept,
       encoder.cache * 3 / 4,
       kept + encoder.unknown,
       "encoder outputs kept during the text pass + its inputs",
       {{"outputs", encoder.cache}, {"inputs", encoder.inputs}, {"tokens", in.tokens()}},
       "vllm/multimodal/encoder_budget.py, preprocessor defaults of the family"});
}

// torch creates cuBLAS's workspace during profiling, until 0.33 makes it before the first snapshot.
void add_cublas(const BudgetInput& in, Budget& budget) {
  if (applies(Rule::cublas_before_snapshot, in.release()) || in.hardware().vendor != "NVIDIA") return;
  const std::int64_t bytes = in.hardware().capability == 90 ? std::int64_t{32} << 20 : std::int64_t{8519680};
  add(budget, "cublas", {bytes, bytes, bytes, "one cuBLAS workspace", {}, "torch: 32 MiB on SM90, 8.1 MiB elsewhere"});
}

}  // namespace

void add_activation(const BudgetInput& in, Budget& budget) {
  Workspace workspace = shared_workspace(in);
  const EncoderPeak encoder = encoder_peak(in);
  Peak forward = forward_peak(in, workspace), sampling = sampling_peak(in);
  const std::int64_t low = std::max(forward.low, sampling.low), high = std::max(forward.high, sampling.high);
  Peak& text = sampling.bytes > forward.bytes ? sampling : forward;
  text.low = low;
  text.high = std::max(high, text.bytes);
  const std::int64_t beside =
      encoder.cache + encoder.inputs + (applies(Rule::moe_workspace_stays, in.release()) ? workspace.bytes : 0);
  if (encoder.peak > text.bytes + beside) {
    text.bytes = encoder.peak - beside;
    text.low = text.bytes * 4 / 5;
    text.high = text.bytes * 5 / 4;
    text.formula = "items × patches × encoder elements a patch × dtype_size, less what is kept beside it";
    text.inputs = {{"encoder_width", in.shape.encoder_width}, {"encoder_pass", encoder.peak}, {"kept_beside", beside}};
    text.source = "vllm/multimodal/encoder_budget.py; factors from logs of Qwen-VL and Gemma 3";
  }
  add(budget, "activation", std::move(text));
  add_workspace(in, std::move(workspace), budget);
  add_encoder(in, encoder, budget);
  add_cublas(in, budget);
}

// vllm/v1/worker/gpu/sample/penalties.py, logit_bias.py, bad_words.py and states.py: per sequence a count and a bit a
// vocabulary entry, and 18 KB of lists. Allocated before profiling, so they count only where free memory is measured.
void add_persistent(const BudgetInput& in, Budget& budget) {
  const Release release = in.release();
  if (!in.resolved.v2_runner || in.model.pooling) return;
  const std::int64_t seqs = in.seqs(), vocab = in.model.sizes.vocab;
  const std::int64_t drafts = in.request.engine.num_speculative_tokens;
  const std::int64_t row = vocab * 4 + ceil_div(vocab, 32) * 4 * (2 + drafts) + 18 * 1024;
  Term term{"persistent_buffers",
            seqs * row,
            0,
            0,
            "max_num_seqs × (vocab × 4 B + bit masks + 18 KiB)",
            {{"max_num_seqs", seqs}, {"vocab", vocab}},
            "vllm/v1/worker/gpu/sample/penalties.py, states.py",
            applies(Rule::non_kv_from_free_memory, release)};
  term.low = term.bytes * 9 / 10;
  term.high = term.bytes * 11 / 10 + (std::int64_t{32} << 20);
  budget.terms.push_back(std::move(term));
}

}  // namespace vram_gauge
