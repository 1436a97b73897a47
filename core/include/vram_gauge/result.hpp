// Expected failure is a value: a Result holds what was asked for or the Diagnostic that says why not.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace vram_gauge {

// Where in the user's input something is wrong. `field` is the request's path ("engine.tensor_parallel_size",
// "config"); `key` a key inside a config ("text_config.hidden_size"); line and column count from 1, 0 = unknown.
struct Where {
  std::string field;
  std::string key;
  int line = 0;
  int column = 0;
};

// `code` is stable and machine-readable ("invalid-json", "vllm-refuses/heads-not-divisible"); `message` is one
// English sentence for a person: what was found and what to do.
struct Diagnostic {
  std::string code;
  std::string message;
  Where where;
};

// What vLLM itself refuses to start with.
inline Diagnostic refusal(std::string_view reason, std::string message, std::string_view field,
                          std::string_view key = {}) {
  return {"vllm-refuses/" + std::string(reason), std::move(message), {std::string(field), std::string(key)}};
}

template <class T>
class Result {
 public:
  Result(T value) : value_(std::move(value)) {}
  Result(Diagnostic error) : error_(std::move(error)) {}

  explicit operator bool() const { return value_.has_value(); }
  // Only where the Result is true.
  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }
  // Only where the Result is false.
  const Diagnostic& error() const { return error_; }

 private:
  std::optional<T> value_;
  Diagnostic error_;
};

}  // namespace vram_gauge
