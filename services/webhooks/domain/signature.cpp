#include "services/webhooks/domain/signature.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <stdexcept>

#include "libs/json/base64.h"

namespace continuo::webhooks::domain {
namespace {

constexpr std::string_view kPrefix = "whsec_";
constexpr std::size_t kNewKeySize = 32;
constexpr std::size_t kShortestKey = 24;
constexpr std::size_t kLongestKey = 64;

std::string HmacSha256(std::string_view key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
            reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(),
            &size)) {
    throw std::runtime_error("OpenSSL refuses HMAC-SHA256");
  }
  return {reinterpret_cast<const char*>(digest.data()), size};
}

}  // namespace

std::string NewSecret() {
  std::array<unsigned char, kNewKeySize> key{};
  if (RAND_bytes(key.data(), static_cast<int>(key.size())) != 1) {
    throw std::runtime_error("OpenSSL has no randomness");
  }
  return std::string(kPrefix) +
         json::EncodeBase64({reinterpret_cast<const char*>(key.data()), key.size()});
}

Result<std::string> ReadSecret(std::string_view secret) {
  const auto refusal = [] {
    return Invalid("/secret", "INVALID_FORMAT",
                   "Give whsec_ followed by the base64 of 24 to 64 random bytes.");
  };
  if (!secret.starts_with(kPrefix)) return refusal();
  auto key = json::DecodeBase64(secret.substr(kPrefix.size()));
  if (!key || key->size() < kShortestKey || key->size() > kLongestKey) return refusal();
  return *std::move(key);
}

std::string Sign(std::span<const std::string> keys, std::string_view id, std::int64_t timestamp,
                 std::string_view body) {
  std::string signed_text(id);
  signed_text.append(".").append(std::to_string(timestamp)).append(".").append(body);
  std::string header;
  for (const auto& key : keys) {
    if (!header.empty()) header += ' ';
    header += "v1," + json::EncodeBase64(HmacSha256(key, signed_text));
  }
  return header;
}

}  // namespace continuo::webhooks::domain
