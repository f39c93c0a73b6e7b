#include "services/gateway/trace.h"

#include <openssl/rand.h>

#include <string_view>

namespace continuo::gateway {
namespace {

constexpr size_t kTraceDigits = 32;
constexpr size_t kSpanDigits = 16;

std::string RandomHex(size_t digits) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string bytes(digits / 2, '\0');
  RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  std::string text;
  for (const unsigned char byte : bytes) {
    text += kHex[byte >> 4];
    text += kHex[byte & 15];
  }
  return text;
}

// "00-<32 hex>-<16 hex>-<2 hex>", version 00, neither id all zeros.
bool IsValid(std::string_view value) {
  if (value.size() != 55 || !value.starts_with("00-")) return false;
  if (value[35] != '-' || value[52] != '-') return false;
  const auto hex = [](std::string_view part) {
    return part.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  };
  const auto trace = value.substr(3, kTraceDigits);
  const auto span = value.substr(36, kSpanDigits);
  return hex(trace) && hex(span) && hex(value.substr(53)) &&
         trace.find_first_not_of('0') != std::string_view::npos &&
         span.find_first_not_of('0') != std::string_view::npos;
}

}  // namespace

std::string ContinueTrace(const std::string* traceparent) {
  if (traceparent != nullptr && IsValid(*traceparent)) {
    return traceparent->substr(0, 36) + RandomHex(kSpanDigits) + traceparent->substr(52);
  }
  std::string begun = "00-" + RandomHex(kTraceDigits + kSpanDigits) + "-01";
  return begun.insert(3 + kTraceDigits, 1, '-');
}

}  // namespace continuo::gateway
