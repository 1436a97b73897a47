// The members that vLLM's dictionaries of settings have.
#pragma once

#include <string_view>

#include "releases/releases.hpp"

namespace vram_gauge {

struct Dictionary {
  std::string_view name, members;
  std::string_view within = {};     // the dictionary that it is a member of
  std::string_view null_only = {};  // members that are there to be refused, but for null
};

// vllm/config/speculative.py:SpeculativeConfig, vllm/config/compilation.py:CompilationConfig, PassConfig,
// DynamicShapesConfig
inline constexpr Dictionary dictionaries[] = {
    {"speculative_config",
     "attention_backend code_revision disable_eagle_block_drop disable_lookahead_block_hashes "
     "disable_padded_drafter_batch draft_lm_head_quantization draft_load_config draft_model_config "
     "draft_parallel_config draft_sample_method draft_tensor_parallel_size dspark_draft_topk "
     "enable_adaptive_verification enforce_eager fly_entropy_threshold fly_entropy_top_k fly_window_size "
     "index_share_for_mtp_iteration kv_cache_dtype max_model_len method model moe_backend num_speculative_tokens "
     "num_speculative_tokens_per_batch_size parallel_drafting prompt_lookup_max prompt_lookup_min quantization "
     "rejection_sample_method revision suffix_decoding_max_cached_requests suffix_decoding_max_spec_factor "
     "suffix_decoding_max_tree_depth suffix_decoding_min_token_prob synthetic_acceptance_length "
     "synthetic_acceptance_rates target_model_config target_parallel_config use_heterogeneous_vocab "
     "use_local_argmax_reduction xpress_topc",
     {},
     "tensor_parallel_size"},
    {"compilation_config",
     "backend cache_dir compile_cache_save_format compile_mm_encoder compile_ranges_endpoints compile_sizes "
     "cudagraph_capture_sizes cudagraph_copy_inputs cudagraph_decoder_replay cudagraph_mm_encoder cudagraph_mode "
     "cudagraph_num_of_warmups cudagraph_specialize_lora custom_ops debug_dump_path "
     "decoder_replay_cudagraph_capture_sizes decoder_replay_trim_threshold dynamic_shapes_config "
     "encoder_cudagraph_max_frames_per_batch encoder_cudagraph_max_vision_items_per_batch "
     "encoder_cudagraph_token_budgets fast_moe_cold_start inductor_compile_config inductor_passes "
     "ir_enable_torch_wrap max_cudagraph_capture_size mode pass_config splitting_ops use_inductor_graph_partition"},
    {"pass_config",
     "eliminate_noops enable_qk_norm_rope_fusion fi_allreduce_fusion_max_size_mb fuse_act_padding fuse_act_quant "
     "fuse_allreduce_rms fuse_attn_quant fuse_mla_dual_rms_norm fuse_norm_quant fuse_qk_norm_rope_kvcache "
     "fuse_rope_kvcache fuse_rope_kvcache_cat_mla rope_kvcache_fusion_max_token_num",
     "compilation_config"},
    {"dynamic_shapes_config", "assume_32_bit_indexing evaluate_guards type", "compilation_config"},
};

// Members that were, and the first of the releases read without them.
struct Former {
  std::string_view name;
  Release gone;
};
inline constexpr Former former[] = {
    {"compile_ranges_split_points", {19, 1}},
    {"disable_by_batch_size", {17, 0}},
    {"enable_sp", {33, 0}},
    {"encoder_cudagraph_max_images_per_batch", {22, 0}},
    {"fuse_gemm_comms", {33, 0}},
    {"fuse_minimax_qk_norm", {25, 1}},
    {"level", {19, 1}},
    {"sp_min_token_num", {33, 0}},
    {"speculative_token_tree", {22, 0}},
    {"synthetic_acceptance_rate", {22, 0}},
};

// Arguments that are read, by the names of their options: one that a command line gives beside the fields has a value
// that nobody could read.
inline constexpr std::string_view read_fields =
    "O async_scheduling block_size cc compilation_config cpu_offload_gb cudagraph_capture_sizes "
    "data_parallel_size dcp decode_context_parallel_size disable_hybrid_kv_cache_manager disable_sliding_window "
    "dp dtype enable_chunked_prefill enable_eplb enable_expert_parallel enable_lora enable_prefix_caching "
    "enforce_eager ep eplb_config gpu_memory_utilization hf_overrides kv_cache_dtype kv_cache_memory_bytes "
    "language_model_only limit_mm_per_prompt mamba_cache_dtype mamba_cache_mode mamba_ssm_cache_dtype "
    "max_cudagraph_capture_size max_lora_rank max_loras max_model_len max_num_batched_tokens max_num_seqs "
    "mm_encoder_tp_mode num_gpu_blocks_override optimization_level pcp performance_mode pipeline_parallel_size pp "
    "prefill_context_parallel_size q quantization runner sc skip_mm_profiling spec_method spec_model spec_tokens "
    "speculative_config swap_space tensor_parallel_size tp";

}  // namespace vram_gauge
