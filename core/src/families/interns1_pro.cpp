#include <algorithm>

#include "families/wrappers.hpp"
#include "towers/qwen_vl.hpp"

namespace vram_gauge::families {
namespace {

// The degree-th root of a number above 1; libm's tables for it are a fiftieth of the compressed module.
double root_interns1_pro(double number, std::int64_t degree) {
  double low = 1, high = number;
  for (int bit = 0; bit < 64; ++bit) {
    const double middle = (low + high) / 2;
    double power = 1;
    for (std::int64_t i = 0; i < degree && power <= number; ++i) power *= middle;
    (power <= number ? low : high) = middle;
  }
  return low;
}

// Fourier position encoding (vllm/model_executor/layers/rotary_embedding/fope.py:FourierRotaryEmbedding): each KV head
// has a table of its own, made by weights from the frequencies that turn at least once within the positions.
void add_fourier_rope_interns1_pro(Builder& b) {
  const ConfigReader parameters = b.text.object("rope_scaling|rope_parameters");
  if (!parameters.flag("fope_sep_head", true)) b.inexact("Fourier positions that all heads share are not modelled.");
  const std::int64_t half = b.sizes.head_dim / 2, positions = b.sizes.max_positions > 0 ? b.sizes.max_positions : 32768;
  const double base = parameters.find_number("rope_theta").value_or(b.text.number("rope_theta", 10000));
  if (base <= 1) b.inexact("Fourier positions are modelled for a rope_theta above 1 only.");
  const double step = root_interns1_pro(base, half),
               least = 2 * 3.14159265358979323846 / static_cast<double>(positions);
  std::int64_t count = 0;
  for (double frequency = 1; count < half && frequency > least; frequency /= step) ++count;
  count = std::min(half, parameters.integer("num_inv_freq", count));
  const Dim heads{b.sizes.kv_heads, 1, Split::heads};
  b.outside(Stage::every, buffer(Role::other, "rotary_emb.inv_freq", {{count}}, Dtype::float32));
  for (const std::string_view name : {"rotary_emb.cos_coef", "rotary_emb.sin_coef"})
    b.outside(Stage::every, tensor(Role::other, name, {heads, {count}, {count}}));
  b.outside(Stage::every, buffer(Role::other, "rotary_emb.cos_sin_cache", {{positions}, heads, {4 * half}}));
}

void describe_interns1_pro(Builder& b) {
  find_family("Qwen3MoeForCausalLM")->describe(b);
  b.model.ropes.clear();
  for (Layer& layer : b.model.layers) {
    layer.ropes = 0;
    for (Module& module : layer.modules)
      if (module.name == "gate") module.quantizable = false;
  }
  add_fourier_rope_interns1_pro(b);
}

void wrap_interns1_pro(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_qwen3_vl_tower(b, vision, {.quantizable = false});
    b.model.least_first_stage = deepstack_levels(vision);
  });
}

}  // namespace

extern const Family interns1_pro{
    .id = "interns1_pro",
    .architectures = "InternS1ProForConditionalGeneration",
    .model_types = "interns1_pro",
    .source = "vllm/model_executor/models/interns1_pro.py",
    .describe = describe_interns1_pro,
    .wrap = wrap_interns1_pro,
};

}  // namespace vram_gauge::families
