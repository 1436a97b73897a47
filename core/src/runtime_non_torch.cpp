#include <algorithm>

#include "resolve_rules.hpp"
#include "runtime_parts.hpp"
#include "words.hpp"

namespace vram_gauge {
namespace {

// A term that is a sum of calibrated constants: each is an input by name, so that calibration finds it again.
class Sum {
 public:
  explicit Sum(std::string_view id) {
    term_.id = id;
    term_.formula = "sum of what logs show, by release and GPU";
    term_.source = "data/calibration.inc";
  }

  void add(Constant constant) {
    const Calibrated row = calibrated(constant);
    term_.bytes += row.middle;
    below_ += row.middle - row.low;
    above_ += row.high - row.middle;
    term_.inputs.push_back({row.name, row.middle});
  }
  void widen(std::int64_t below, std::int64_t above) { below_ += below, above_ += above; }

  Term term(bool in_budget) {
    term_.low = term_.bytes - below_;
    term_.high = term_.bytes + above_;
    term_.in_budget = in_budget;
    return std::move(term_);
  }

 private:
  Term term_;
  std::int64_t below_ = 0, above_ = 0;
};

// NVLink through switches, as in SXM and NVL machines of Hopper and later: multicast works there.
bool has_nvswitch(const Hardware& hardware) {
  const bool datacenter = hardware.capability == 90 || is_sm100(hardware.capability);
  if (!datacenter) return false;
  const std::string& link = hardware.interconnect;
  return link.empty() ? !contains(hardware.name, "PCIe") : link.starts_with("nv") && !contains(link, "bridge");
}

Constant one_gpu(const BudgetInput& in) {
  const Release release = in.release();
  if (in.hardware().vendor != "NVIDIA") return Constant::other_vendor;
  if (!in.resolved.v1_engine) return release < Release{6, 6} ? Constant::first_engine_0_6 : Constant::first_engine;
  if (release >= Release{27, 0}) return Constant::one_gpu_0_27;
  const bool large = in.hardware().capability >= 90 && in.hardware().memory_bytes >= (std::int64_t{70} << 30);
  if (release >= Release{17, 0})
    return large && in.sampled_rows() >= 8 ? Constant::one_gpu_0_17_large : Constant::one_gpu_0_17_other;
  return release >= Release{11, 0} ? Constant::one_gpu_0_11 : Constant::one_gpu_0_10;
}

// vllm/config/vllm.py:enable_allreduce_rms_fusion
bool fuses_allreduce(const BudgetInput& in) {
  const Engine& engine = in.request.engine;
  const Release release = in.release();
  if (!applies(Rule::allreduce_rms_fusion_default, release) || engine.enforce_eager || !has_nvswitch(in.hardware()))
    return false;
  if (in.tp() != 2 && in.tp() != 4 && in.tp() != 8) return false;
  if (in.hardware().capability == 103 && release < Release{20, 0}) return false;
  if (release < Release{23, 0}) return engine.data_parallel_size == 1 && engine.pipeline_parallel_size == 1;
  return release >= Release{25, 0} || engine.pipeline_parallel_size == 1;
}

void add_parallel(const BudgetInput& in, Sum& sum) {
  if (in.tp() == 1) return;
  const bool nvswitch = has_nvswitch(in.hardware());
  if (!applies(Rule::nccl_before_snapshot, in.release()))
    return sum.add(!nvswitch     ? Constant::tp_other
                   : in.tp() > 4 ? Constant::tp_nccl_inside_8
                                 : Constant::tp_nccl_inside);
  const bool newer = in.release() >= Release{27, 0};
  sum.add(nvswitch       ? Constant::tp_nvswitch
          : !newer       ? Constant::tp_other
          : in.tp() == 2 ? Constant::tp2_other_0_27
                         : Constant::tp_other_0_27);
  if (!fuses_allreduce(in)) return;
  sum.add(Constant::allreduce_fusion);
  // FlashInfer changed its allocator in 2026: the size is proven for 0.19 only.
  if (in.release() >= Release{20, 0}) sum.widen(std::int64_t{1} << 30, std::int64_t{256} << 20);
}

bool has_gated_delta_net(const Model& model) {
  for (const Layer& layer : model.layers)
    for (const Cache& cache : layer.caches)
      if (cache.mixer == Cache::Mixer::gated_delta_net) return true;
  return false;
}

// Their Triton kernels need much local memory on consumer Ada and Blackwell: 1.8 GiB in 0.17, 3.8 in 0.18, less later.
void add_gated_delta_net(const BudgetInput& in, Sum& sum) {
  const int capability = in.hardware().capability;
  if ((capability != 89 && capability != 120) || in.release() < Release{17, 0} || !has_gated_delta_net(in.model))
    return;
  sum.add(in.release() < Release{19, 0} ? Constant::gdn_local_memory : Constant::gdn_local_memory_0_19);
}

void say_why_wide(const BudgetInput& in, Budget& budget) {
  const auto note = [&](std::string_view code, std::string_view text) {
    budget.notes.push_back({std::string(code), std::string(text), ""});
  };
  if (in.hardware().unified_memory)
    note("unified-memory",
         "GPU and host share their memory: what else runs on the machine moves the KV cache by gibibytes from boot to "
         "boot.");
  else if (in.hardware().vendor != "NVIDIA")
    note("few-logs-of-vendor",
         "Few start-up logs of " + in.hardware().vendor + " GPUs are published: run-time memory has a wide band.");
  if (in.release() >= Release{29, 0})
    note("no-logs-of-release",
         "No start-up log of 0.29 or later is published: run-time memory follows the sources alone.");
}

}  // namespace

void add_non_torch(const BudgetInput& in, Budget& budget) {
  Sum sum("non_torch");
  sum.add(one_gpu(in));
  if (in.resolved.v1_engine && in.hardware().vendor == "NVIDIA") {
    add_parallel(in, sum);
    add_gated_delta_net(in, sum);
  }
  if (in.release() >= Release{29, 0}) sum.widen(std::int64_t{128} << 20, std::int64_t{256} << 20);
  budget.terms.push_back(sum.term(true));
  if (in.hardware().unified_memory) {
    Sum shared("unified_memory");
    shared.add(Constant::unified_memory);
    budget.terms.push_back(shared.term(true));
  }
  Sum rest("fragmentation");
  rest.add(applies(Rule::non_kv_from_free_memory, in.release()) ? Constant::fragmentation_0_27
                                                                : Constant::fragmentation);
  budget.terms.push_back(rest.term(true));
  say_why_wide(in, budget);
}

// Graphs of a batch size take the same memory a layer, whatever the model's width (vllm/v1/worker/gpu_model_runner.py:
// profile_cudagraph_memory measures it; this rule fits its estimates and what capture then takes).
void add_graphs(const BudgetInput& in, Budget& budget) {
  const std::int64_t graphs = in.resolved.graph_sizes_piecewise + in.resolved.graph_sizes_full;
  if (graphs == 0) return;
  const Release release = in.release();
  const bool counted = in.resolved.v2_runner
                           ? applies(Rule::v2_runner_reserves_graphs, release)
                           : in.resolved.v1_engine && applies(Rule::graph_estimate_subtracted, release);
  const bool wide = in.shape.top_k > 0 || in.shape.latent_size > 0;
  const Calibrated row = calibrated(wide ? Constant::graph_moe : Constant::graph_dense);
  const std::int64_t units = in.shape.layers * graphs;
  budget.terms.push_back({"cuda_graph",
                          units * row.middle,
                          units * row.low,
                          units * row.high,
                          "layers × graphs × bytes_per_graph_and_layer",
                          {{"layers", in.shape.layers}, {"graphs", graphs}, {row.name, row.middle}},
                          row.source,
                          counted});
}

// vllm/v1/worker/gpu/block_table.py: rows of whole 128s of blocks, two copies on the V2 runner.
void add_outside(const BudgetInput& in, Budget& budget) {
  if (in.hardware().vendor != "NVIDIA") return;
  Sum context("cuda_context");
  context.add(Constant::cuda_context);
  budget.terms.push_back(context.term(false));
  if (in.tp() > 1 && applies(Rule::nccl_before_snapshot, in.release())) {
    Sum communication("communication");
    communication.add(Constant::nccl);
    budget.terms.push_back(communication.term(false));
  }
  const std::int64_t length = in.resolved.max_model_len, copies = in.resolved.v2_runner ? 2 : 1;
  const std::int64_t bytes = saturating(in.seqs(), ceil_div(length, 128 * 16) * 128 * 4 * copies);
  budget.terms.push_back({"block_tables",
                          bytes,
                          bytes,
                          bytes * 2,
                          "max_num_seqs × ⌈max_model_len / 2048⌉ × 128 × 4 B × copies",
                          {{"max_num_seqs", in.seqs()}, {"max_model_len", length}, {"copies", copies}},
                          "vllm/v1/worker/gpu/block_table.py",
                          false});
}

}  // namespace vram_gauge
