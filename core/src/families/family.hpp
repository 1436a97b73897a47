// A family: one declaration for all architectures that share a shape. To add one, write families/<id>.cpp with a
// `const Family <id>` and add its line to families.def. Families are compiled several at a time, so a function of one
// that another may have too ends in its id: describe_<id>.
#pragma once

#include "builder.hpp"

namespace vram_gauge {

struct Family {
  std::string_view id;
  std::string_view architectures;  // names in vLLM's registry, separated by spaces
  std::string_view model_types;    // text configs that name no architecture, separated by spaces
  std::string_view source;         // where the blocks were read
  void (*describe)(Builder&);      // puts the language model's blocks into the builder's model
  // A wrapper around a language model: what it adds (towers, projector). The text model is described by `describe`
  // where that is not null, else by the family of the architecture `text`, else by the family that its own config
  // names.
  void (*wrap)(Builder&) = nullptr;
  std::string_view text = {};
};

// By an architecture's name; null if no family declares it.
const Family* find_family(std::string_view architecture);
const Family* find_family_of_type(std::string_view model_type);

int family_count();
const Family& family_at(int index);

}  // namespace vram_gauge
