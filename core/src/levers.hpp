// The levers that find_fixes() pulls, and how a change is made to a request.
#pragma once

#include <optional>

#include "fixes.hpp"

namespace vram_gauge {

struct Lever {
  std::string_view id;
  std::string message;
  std::vector<Change> changes;
  int cost = 0;
  bool hardware = false;  // needs other or more GPUs
};

// Those that apply to this request, in no order.
std::vector<Lever> levers_for(const Request& request, const Trial& now);

// The smallest GPU of the same vendor in the catalogue on which it fits as it is, if a larger one than the request's
// does.
std::optional<Lever> sufficient_gpu(const Request& request, const Evaluator& evaluator);

// The nearest release that doesn't refuse the request, newer ones first.
std::optional<Lever> serving_release(const Request& request, const Evaluator& evaluator);

Request with(const Request& request, const std::vector<Change>& changes);

}  // namespace vram_gauge
