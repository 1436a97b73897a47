// What vLLM refuses of a drafter before it is built or beside the model that it drafts for.
#pragma once

#include <optional>

#include "model.hpp"
#include "request.hpp"

namespace vram_gauge {

std::optional<Diagnostic> refuse_stages(const Request& request, const Model& target, const Model& draft);
std::optional<Diagnostic> refuse_vocabulary(const Request& request, const Model& target, const Model& draft);
std::optional<Diagnostic> refuse_method(const Request& request);
std::optional<Diagnostic> refuse_head(std::string_view method, const Model& draft);
std::optional<Diagnostic> refuse_length(const Engine& engine, std::int64_t target_length);
std::optional<Diagnostic> refuse_parallel(const Engine& engine);

}  // namespace vram_gauge
