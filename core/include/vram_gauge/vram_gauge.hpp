// The library's whole surface: JSON text in, JSON text out, and one sweep that returns numbers. Shapes, units and
// error codes are those of README.md ("One request, one report"). Nothing here throws, reads a clock or does I/O;
// the same input gives the same bytes on every platform.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vram_gauge {

// A config.json that was read, or the error that reading it gave: parsed once, then asked any number of times.
class ParsedModel;

// `config` is the text of a config.json as pasted; `hf_quant_config` that of an hf_quant_config.json or empty;
// `known_model` an id of the catalogue, used when `config` is empty. Never null: an error is kept inside and
// answered by report().
std::shared_ptr<const ParsedModel> open_model(std::string_view config, std::string_view hf_quant_config,
                                              std::string_view known_model);

// One report, or {"error": …}. `model` may be null: then the request itself names config, known_model or
// policy.params_b.
std::string report(const ParsedModel* model, std::string_view request);

// Every tensor of the first rank of each pipeline stage, one JSON array a line:
// [pp, name pattern, shape, dtype, "param" | "buffer", count, role].
std::string tensors(const ParsedModel* model, std::string_view request);

// The config again, on one line, with only the keys that answering this request looked at: the same answer from less
// text.
std::string used_config(const ParsedModel* model, std::string_view request);

// Fields of one cell of a sweep, in this order: headroom in bytes, sequences at once at the context, longest
// context at the concurrency, KV bytes the workload uses, starts (0 no, 1 unlikely, 2 likely, 3 yes), workload fits
// (0/1), refused (0/1). By rule of thumb it starts where nothing is missing.
inline constexpr int sweep_fields = 7;

// Cells in order hardware, context, concurrency (the last runs fastest) of the axes in request["sweep"]:
// {"hardware": [{gpu, gpus, tensor_parallel_size, …}], "contexts": […], "concurrencies": […]}; an absent axis stands
// for the request's own value. Empty where the request itself is wrong.
std::vector<double> sweep(const ParsedModel* model, std::string_view request);

// Reads what vLLM printed when it started, or the traceback it died with: figures, settings as a request fragment, how
// it ended, where the memory went (core/src/startup_log.hpp has the fields). Any text is answered.
std::string read_log(std::string_view text);

// What can be chosen: releases, GPUs, known models, dtypes, quantizations, KV dtypes.
std::string catalog();

// Which behaviour began and ended with which vLLM release: [{"rule", "first", "last" or null, "unread_from",
// "explanation"}]. Releases from unread_from up to first were not read. Not for the module: its text would weigh more
// than it is asked for.
std::string release_changes();

std::string_view version();

}  // namespace vram_gauge
