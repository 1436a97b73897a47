#include <string>
#include <vector>

#include "catch.hpp"
#include "quantization/quantized.hpp"

using namespace vram_gauge;

namespace {

struct Listed final : TensorSink {
  std::vector<std::string> rows;
  std::int64_t bytes = 0;

  void tensor(const TensorInfo& info) override {
    std::string row(info.suffix);
    for (int i = 0; i < info.rank; ++i) row += ' ' + std::to_string(info.shape[static_cast<std::size_t>(i)]);
    rows.push_back(row + ' ' + std::string(name_of(info.dtype)));
    bytes += info.bytes() * info.count;
  }
};

Placement placement(Release release = {33, 0}, int capability = 90, std::int64_t tp = 1) {
  Placement p;
  p.release = release;
  p.capability = capability;
  p.parallel.tp = tp;
  return p;
}

QuantScheme scheme(QuantFormat format, int bits = 8, int group = 0, QuantDialect dialect = QuantDialect::plain) {
  QuantScheme s;
  s.format = format;
  s.bits = static_cast<std::uint8_t>(bits);
  s.group = group;
  s.dialect = dialect;
  return s;
}

LinearShape shape(std::vector<std::int64_t> outs, std::int64_t in) {
  LinearShape s;
  for (const std::int64_t out : outs) s.out += out;
  s.outs = std::move(outs);
  s.whole_out = s.out;
  s.in = s.whole_in = in;
  return s;
}

std::vector<std::string> linear(const QuantScheme& s, const LinearShape& l, const Placement& p = placement()) {
  Listed sink;
  quantized_linear(s, l, p, {}, sink);
  return sink.rows;
}

std::vector<std::string> experts(const QuantScheme& s, const ExpertShape& e, const Placement& p = placement()) {
  Listed sink;
  quantized_experts(s, e, p, {}, sink);
  return sink.rows;
}

using Rows = std::vector<std::string>;

}  // namespace

TEST_CASE("fp8 linears by tensor, channel and block", "[quant][storage]") {
  QuantScheme fp8 = scheme(QuantFormat::fp8_tensor);
  fp8.static_input = true;
  CHECK(linear(fp8, shape({1536, 576}, 7168)) ==
        Rows{".weight 2112 7168 float8_e4m3fn", ".weight_scale 2 float32", ".input_scale 2 float32"});
  CHECK(linear(scheme(QuantFormat::fp8_channel), shape({2048}, 512)) ==
        Rows{".weight 2048 512 float8_e4m3fn", ".weight_scale 2048 1 float32"});
  QuantScheme block = scheme(QuantFormat::fp8_block);
  block.block_n = block.block_k = 128;
  // 2112 rows are 16.5 blocks.
  CHECK(linear(block, shape({1536, 576}, 7168)) ==
        Rows{".weight 2112 7168 float8_e4m3fn", ".weight_scale_inv 17 56 float32"});
  block.e8m0_scales = true;
  CHECK(linear(block, shape({1024}, 4096))[1] == ".weight_scale_inv 8 32 float8_e8m0fnu");
}

TEST_CASE("packed integers keep their method's layout", "[quant][storage]") {
  CHECK(linear(scheme(QuantFormat::awq, 4, 128), shape({10240}, 5120)) ==
        Rows{".qweight 5120 1280 int32", ".qzeros 40 1280 int32", ".scales 40 10240 bfloat16"});
  CHECK(linear(scheme(QuantFormat::gptq, 4, 128), shape({2560}, 320)) ==
        Rows{".qweight 40 2560 int32", ".scales 2 2560 bfloat16", ".qzeros 2 320 int32"});
  // Up to 0.29 with an index of groups, ordered or not.
  CHECK(linear(scheme(QuantFormat::gptq, 4, 128), shape({2560}, 2560), placement({25, 1}))[1] == ".g_idx 2560 int32");
  QuantScheme ct = scheme(QuantFormat::packed_int, 4, 128, QuantDialect::compressed_tensors);
  ct.symmetric = false;
  CHECK(linear(ct, shape({16384}, 5120)) == Rows{".weight_packed 16384 640 int32", ".weight_scale 16384 40 bfloat16",
                                                 ".weight_zero_point 2048 40 int32", ".weight_shape 2 int64"});
}

TEST_CASE("an ordered weight's scales stay whole where its input is divided", "[quant][storage]") {
  QuantScheme gptq = scheme(QuantFormat::gptq, 4, 128);
  gptq.act_order = true;
  LinearShape row = shape({4096}, 2048);
  row.whole_in = 4096;
  row.row_parallel = true;
  CHECK(linear(gptq, row, placement({25, 1}, 90, 2))[2] == ".scales 32 4096 bfloat16");
  gptq.act_order = false;
  CHECK(linear(gptq, row, placement({25, 1}, 90, 2))[2] == ".scales 16 4096 bfloat16");
}

TEST_CASE("four-bit floats with their scales", "[quant][storage]") {
  CHECK(linear(scheme(QuantFormat::nvfp4, 4, 16, QuantDialect::modelopt), shape({18432, 18432}, 7168)) ==
        Rows{".weight 36864 3584 uint8", ".weight_scale 36864 448 float8_e4m3fn", ".weight_scale_2 2 float32",
             ".input_scale 2 float32"});
  QuantScheme weight_only = scheme(QuantFormat::nvfp4, 4, 16, QuantDialect::modelopt);
  weight_only.weight_only = true;
  CHECK(linear(weight_only, shape({2048}, 512)).back() == ".input_scale 1 bfloat16");
  CHECK(linear(scheme(QuantFormat::mxfp8, 8, 32, QuantDialect::modelopt), shape({6144}, 8192)) ==
        Rows{".weight 6144 8192 float8_e4m3fn", ".weight_scale 6144 256 uint8"});
}

TEST_CASE("experts are stacks of two linears", "[quant][storage]") {
  ExpertShape e;
  e.experts = 384;
  e.hidden = 7168;
  e.inner = e.whole_inner = 2048;
  CHECK(experts(scheme(QuantFormat::packed_int, 4, 32, QuantDialect::compressed_tensors), e) ==
        Rows{".routed_experts.w13_weight_packed 384 4096 896 int32",
             ".routed_experts.w2_weight_packed 384 7168 256 int32",
             ".routed_experts.w13_weight_scale 384 4096 224 bfloat16",
             ".routed_experts.w2_weight_scale 384 7168 64 bfloat16", ".routed_experts.w13_weight_shape 384 2 bfloat16",
             ".routed_experts.w2_weight_shape 384 2 bfloat16"});
  QuantScheme fp8 = scheme(QuantFormat::fp8_tensor);
  fp8.static_input = true;
  const Rows rows = experts(fp8, e);
  CHECK(rows[2] == ".routed_experts.w13_weight_scale 384 2 float32");
  CHECK(rows[3] == ".routed_experts.w2_weight_scale 384 float32");
  CHECK(rows[4] == ".routed_experts.w13_input_scale 384 float32");
}

TEST_CASE("block scales of experts get finer where a rank's share cuts blocks", "[quant][storage]") {
  ExpertShape e;
  e.experts = 128;
  e.hidden = 2048;
  e.whole_inner = 768;
  e.inner = 96;
  e.tp = 8;
  QuantScheme block = scheme(QuantFormat::fp8_block);
  block.block_n = block.block_k = 128;
  block.padding = ExpertPadding::fp8_refined;
  CHECK(experts(block, e)[2] == ".routed_experts.w13_weight_scale_inv 128 6 64 float32");
  CHECK(experts(block, e)[3] == ".routed_experts.w2_weight_scale_inv 128 64 3 float32");
  CHECK(misaligned_experts(block, e, placement()).empty());
  CHECK_FALSE(misaligned_experts(block, e, placement({28, 0})).empty());
}

TEST_CASE("MXFP4 experts are padded for the GPU's kernels", "[quant][storage]") {
  ExpertShape e;
  e.experts = 32;
  e.hidden = e.inner = e.whole_inner = 2880;
  e.bias = true;
  QuantScheme mxfp4 = scheme(QuantFormat::mxfp4, 4, 32);
  mxfp4.padding = ExpertPadding::gpt_oss_mxfp4;
  const Rows hopper = experts(mxfp4, e, placement({33, 0}, 90));
  CHECK(hopper[0] == ".routed_experts.w13_weight 32 5760 1440 uint8");
  CHECK(hopper[4] == ".routed_experts.w13_bias 32 5760 bfloat16");
  const Rows ampere = experts(mxfp4, e, placement({33, 0}, 80));
  CHECK(ampere[0] == ".routed_experts.w13_weight 32 5888 1536 uint8");
  CHECK(ampere[2] == ".routed_experts.w13_weight_scale 32 5888 96 uint8");
}

TEST_CASE("shapes that groups and blocks don't fit", "[quant][storage]") {
  LinearShape row = shape({4096}, 2752);
  row.whole_in = 11008;
  row.row_parallel = true;
  CHECK_FALSE(misaligned_linear(scheme(QuantFormat::awq, 4, 128), row, placement({33, 0}, 90, 4)).empty());
  CHECK(misaligned_linear(scheme(QuantFormat::awq, 4, 64), row, placement({33, 0}, 90, 4)).empty());
  CHECK_FALSE(misaligned_linear(scheme(QuantFormat::packed_int, 4, 128), row, placement({33, 0}, 90, 4)).empty());
  CHECK(misaligned_linear(scheme(QuantFormat::packed_int, 4, -1), row, placement({33, 0}, 90, 4)).empty());
  QuantScheme block = scheme(QuantFormat::fp8_block);
  block.block_n = block.block_k = 128;
  CHECK_FALSE(misaligned_linear(block, row, placement({33, 0}, 90, 4)).empty());
  // Fused projections of any width are let through.
  LinearShape fused = shape({1024, 64, 64}, 4096);
  fused.whole_out = 4 * fused.out;
  CHECK(misaligned_linear(block, fused, placement({33, 0}, 90, 4)).empty());
  LinearShape column = shape({192}, 4096);
  column.whole_out = 768;
  CHECK_FALSE(misaligned_linear(block, column, placement({33, 0}, 90, 4)).empty());
  CHECK(misaligned_linear(block, shape({192}, 4096), placement()).empty());
}

TEST_CASE("scale parameters of attention", "[quant][storage]") {
  Listed scalars, tensors, heads, none;
  attention_scales(ScaleParameters::scalars, 8, placement(), {}, scalars);
  attention_scales(ScaleParameters::tensors, 8, placement(), {}, tensors);
  attention_scales(ScaleParameters::per_head, 8, placement(), {}, heads);
  attention_scales(ScaleParameters::none, 8, placement(), {}, none);
  CHECK(scalars.bytes == 8);
  CHECK(tensors.bytes == 3 * 4 + 3 * 2);
  CHECK(heads.bytes == 8 * (3 * 4 + 3 * 2));
  CHECK(none.rows.empty());
}
