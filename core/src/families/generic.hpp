// The careful count for an architecture that no family declares: the decoder and the encoders that its keys describe,
// as an estimate.
#pragma once

#include "builder.hpp"

namespace vram_gauge {

void describe_generic(Builder& b);

// The encoders of images and sound whose configs stand in the file, each with its projector.
void add_generic_towers(Builder& b);

// Whether a class of this name has no head of a language model: classifiers, rewards, embeddings.
bool names_pooling(std::string_view architecture);

// Adds to the reasons for an estimate which keys of the file nothing has read, though a size may hang on them. To be
// called when all that reads the file has done so.
void name_unread(const ConfigReader& text, Model& model);

}  // namespace vram_gauge
