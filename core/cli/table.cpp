#include "table.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>

#include "json_text.hpp"

namespace vram_gauge::cli {
namespace {

// A string without its quotes, any other value as it stands.
std::string plain(std::string_view value) { return unquoted(value).value_or(std::string(value)); }

bool is_absent(std::string_view value) { return value.empty() || value == "null"; }

std::string gib(std::string_view bytes) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%.2f GiB", std::strtod(std::string(bytes).c_str(), nullptr) / (1 << 30));
  return text.data();
}

void add_row(std::string& out, std::string_view label, std::string_view text) {
  constexpr std::size_t width = 30;
  out.append("  ").append(label).append(label.size() < width ? width - label.size() : 1, ' ').append(text) += '\n';
}

void add_value(std::string& out, std::string_view label, std::string_view value) {
  if (!is_absent(value)) add_row(out, label, plain(value));
}

void add_bytes(std::string& out, std::string_view label, std::string_view value) {
  if (!is_absent(value)) add_row(out, label, gib(value));
}

std::string error_text(std::string_view error) {
  std::string out = plain(value_at(error, "message"));
  const std::string_view field = value_at(error, "where.field"), line = value_at(error, "where.line");
  if (!is_absent(field) && field != "\"\"") {
    out += " (" + plain(field);
    if (!is_absent(line)) out += ", line " + plain(line) + ", column " + plain(value_at(error, "where.column"));
    out += ')';
  }
  return "error: " + out + " [" + plain(value_at(error, "code")) + "]\n";
}

std::string heading(std::string_view report) {
  std::string out =
      is_absent(value_at(report, "model.architecture")) ? "Model" : plain(value_at(report, "model.architecture"));
  out += ", " + plain(value_at(report, "method"));
  const std::string_view version = value_at(report, "vllm_version"), confidence = value_at(report, "model.confidence");
  if (!is_absent(version)) out += " " + plain(version);
  if (!is_absent(confidence)) out += ", " + plain(confidence);
  return out + '\n';
}

void add_model(std::string& out, std::string_view report) {
  add_value(out, "parameters", value_at(report, "model.params_total"));
  add_value(out, "dtype", value_at(report, "model.dtype"));
  add_value(out, "quantization", value_at(report, "model.quantization"));
  add_value(out, "max_model_len", value_at(report, "resolved.max_model_len"));
}

void add_ranks(std::string& out, std::string_view ranks) {
  for (const std::string_view rank : elements_of(ranks)) {
    std::string label = "weights";
    if (elements_of(ranks).size() > 1)
      label += " of stage " + plain(value_at(rank, "pp")) + ", rank " + plain(value_at(rank, "tp"));
    const std::string_view first = value_at(rank, "tp"), last = value_at(rank, "tp_last");
    if (elements_of(ranks).size() > 1 && first != last) label += "-" + plain(last);
    add_bytes(out, label, value_at(rank, "weights_bytes"));
  }
}

void add_kv(std::string& out, std::string_view kv) {
  add_bytes(out, "KV cache available", value_at(kv, "available_bytes"));
  add_value(out, "KV blocks", value_at(kv, "blocks"));
  add_value(out, "KV tokens", value_at(kv, "tokens"));
  add_value(out, "maximum concurrency", value_at(kv, "max_concurrency"));
  add_value(out, "longest length that fits", value_at(kv, "max_model_len_that_fits"));
}

void add_rule_of_thumb(std::string& out, std::string_view rule) {
  add_bytes(out, "KV cache", value_at(rule, "kv_cache_bytes"));
  add_bytes(out, "overhead", value_at(rule, "overhead_bytes"));
  add_bytes(out, "allocatable", value_at(rule, "allocatable_bytes"));
}

void add_budget(std::string& out, std::string_view budget) {
  add_bytes(out, "memory", value_at(budget, "total_bytes"));
  add_bytes(out, "requested", value_at(budget, "requested_bytes"));
  for (const std::string_view term : elements_of(value_at(budget, "terms")))
    if (value_at(term, "id") != "\"weights\"") add_bytes(out, plain(value_at(term, "id")), value_at(term, "bytes"));
}

void add_verdict(std::string& out, std::string_view verdict) {
  add_value(out, "starts", value_at(verdict, "starts"));
  const std::string_view fits = value_at(verdict, "fits");
  if (!is_absent(fits)) add_row(out, "workload fits", fits == "true" ? "yes" : "no");
  add_value(out, "risk of running out", value_at(verdict, "oom_risk"));
  add_bytes(out, "headroom", value_at(verdict, "headroom_bytes"));
  add_value(out, "sequences at this context", value_at(verdict, "max_concurrency_at_context"));
  add_value(out, "context at this concurrency", value_at(verdict, "max_context_at_concurrency"));
}

void add_messages(std::string& out, std::string_view kind, std::string_view messages) {
  for (const std::string_view message : elements_of(messages))
    out.append(kind).append(": ").append(plain(value_at(message, "message"))) += '\n';
}

}  // namespace

std::string as_table(std::string_view report) {
  std::string out;
  const std::string_view error = value_at(report, "error");
  if (!error.empty()) out += error_text(error);
  if (value_at(report, "method").empty()) return out;
  out += heading(report);
  add_model(out, report);
  add_ranks(out, value_at(report, "ranks"));
  add_budget(out, value_at(report, "budget"));
  add_kv(out, value_at(report, "kv"));
  add_rule_of_thumb(out, value_at(report, "rule_of_thumb"));
  add_verdict(out, value_at(report, "verdict"));
  add_messages(out, "warning", value_at(report, "warnings"));
  add_messages(out, "note", value_at(report, "notes"));
  return out;
}

}  // namespace vram_gauge::cli
