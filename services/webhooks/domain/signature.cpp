#include "services/webhooks/domain/signature.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <memory>
#include <stdexcept>

#include "libs/json/base64.h"

namespace continuo::webhooks::domain {
namespace {

constexpr std::string_view kPrefix = "whsec_";
constexpr std::string_view kSigningPrefix = "whsk_";
constexpr std::string_view kPublicPrefix = "whpk_";
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

constexpr std::size_t kSeedSize = 32;
constexpr std::size_t kEd25519Size = 64;
using KeyHandle = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

KeyHandle KeyFromSeed(std::string_view seed) {
  KeyHandle key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr,
                                             reinterpret_cast<const unsigned char*>(seed.data()),
                                             kSeedSize),
                EVP_PKEY_free);
  if (!key) throw std::runtime_error("OpenSSL refuses an ed25519 key");
  return key;
}

std::string Ed25519(std::string_view seed, std::string_view text) {
  const KeyHandle key = KeyFromSeed(seed);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  std::array<unsigned char, kEd25519Size> signature{};
  std::size_t size = signature.size();
  if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), signature.data(), &size,
                     reinterpret_cast<const unsigned char*>(text.data()), text.size()) != 1) {
    throw std::runtime_error("OpenSSL refuses ed25519");
  }
  return {reinterpret_cast<const char*>(signature.data()), size};
}

std::string RandomBytes() {
  std::array<unsigned char, kNewKeySize> key{};
  if (RAND_bytes(key.data(), static_cast<int>(key.size())) != 1) {
    throw std::runtime_error("OpenSSL has no randomness");
  }
  return {reinterpret_cast<const char*>(key.data()), key.size()};
}

std::string SignOne(const std::string& secret, std::string_view text) {
  if (secret.starts_with(kSigningPrefix)) {
    const auto key = json::DecodeBase64(std::string_view(secret).substr(kSigningPrefix.size()));
    if (key && key->size() == kEd25519Size) return "v1a," + json::EncodeBase64(Ed25519(*key, text));
  }
  const auto key = ReadSecret(secret);
  if (!key) throw std::logic_error("a webhook's secret that is none");
  return "v1," + json::EncodeBase64(HmacSha256(*key, text));
}

}  // namespace

std::string NewSecret() {
  return std::string(kPrefix) + json::EncodeBase64(RandomBytes());
}

SigningKey NewSigningKey() {
  const std::string seed = RandomBytes();
  std::array<unsigned char, kSeedSize> bytes{};
  std::size_t size = bytes.size();
  if (EVP_PKEY_get_raw_public_key(KeyFromSeed(seed).get(), bytes.data(), &size) != 1) {
    throw std::runtime_error("OpenSSL has no public key");
  }
  const std::string public_key(reinterpret_cast<const char*>(bytes.data()), size);
  return {.secret = std::string(kSigningPrefix) + json::EncodeBase64(seed + public_key),
          .public_key = std::string(kPublicPrefix) + json::EncodeBase64(public_key)};
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

std::string Sign(std::span<const std::string> secrets, std::string_view id, std::int64_t timestamp,
                 std::string_view body) {
  std::string signed_text(id);
  signed_text.append(".").append(std::to_string(timestamp)).append(".").append(body);
  std::string header;
  for (const auto& secret : secrets) {
    if (!header.empty()) header += ' ';
    header += SignOne(secret, signed_text);
  }
  return header;
}

}  // namespace continuo::webhooks::domain
