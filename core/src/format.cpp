#include "format.hpp"

namespace vram_gauge {
namespace {

std::string padded(std::int64_t number, std::size_t width) {
  std::string digits = std::to_string(number);
  return std::string(digits.size() < width ? width - digits.size() : 0, '0') + digits;
}

}  // namespace

std::string gib(std::int64_t bytes) {
  const std::string sign = bytes < 0 ? "-" : "";
  const std::int64_t size = bytes < 0 ? -bytes : bytes;
  const std::int64_t whole = size >> 30, rest = size & ((std::int64_t{1} << 30) - 1);
  const std::int64_t hundredths = whole * 100 + ((rest * 100 + (std::int64_t{1} << 29)) >> 30);
  return (hundredths ? sign : "") + std::to_string(hundredths / 100) + "." + padded(hundredths % 100, 2) + " GiB";
}

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t start = number < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > start + 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string thousandths(std::int64_t value) {
  std::string text = (value < 0 ? "-" : "") + std::to_string((value < 0 ? -value : value) / 1000);
  std::string rest = padded((value < 0 ? -value : value) % 1000, 3);
  while (!rest.empty() && rest.back() == '0') rest.pop_back();
  return rest.empty() ? text : text + "." + rest;
}

}  // namespace vram_gauge
