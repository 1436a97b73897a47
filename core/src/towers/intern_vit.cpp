#include "towers/intern_vit.hpp"

namespace vram_gauge {

void add_intern_vit_blocks(Builder& b, TowerBuilder tower, const InternVitBlocks& spec) {
  TowerBuilder attention(spec.prefix);
  attention.quantizable = tower.quantizable;
  tower.in_blocks(spec.path, spec.depth);
  tower.linear(How::column, "mlp.fc1", spec.width, spec.inner);
  tower.linear(How::row, "mlp.fc2", spec.inner, spec.width);
  tower.norm("norm1.", spec.width, spec.norm_bias);
  tower.norm("norm2.", spec.width, spec.norm_bias);
  tower.tensor("ls1", {{spec.width}});
  tower.tensor("ls2", {{spec.width}});
  tower.add_to(b.model);

  const Dim heads{spec.heads + spec.added_heads, per_head(spec.width, spec.heads), Split::even};
  attention.may_replicate(heads.units);
  attention.in_blocks(spec.path, spec.depth);
  Module qkv = column(Role::vision, "qkv", spec.width, {heads, heads, heads}, spec.qkv_bias);
  Module out = row(Role::vision, "proj", 1, spec.width, true);
  out.dims.back() = heads;
  qkv.parent = out.parent = "attn.";
  attention.module(std::move(qkv));
  attention.module(std::move(out));
  if (spec.qk_norm)
    for (const std::string_view name : {"attn.q_norm.", "attn.k_norm."}) attention.norm(name, heads.whole(), false);
  attention.add_to(b.model);
}

}  // namespace vram_gauge
