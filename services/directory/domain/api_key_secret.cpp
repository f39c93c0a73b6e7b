#include "services/directory/domain/api_key_secret.h"

#include <algorithm>

namespace continuo::directory::domain {
namespace {

constexpr std::string_view kBase62 =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr size_t kRandomLength = 32;
constexpr size_t kChecksumLength = 6;  // 62^6 exceeds 2^32
constexpr size_t kShownLength = 4;

std::string_view PrefixOf(KeyMode mode) { return mode == KeyMode::kLive ? "ck_live_" : "ck_test_"; }

// CRC-32 of IEEE 802.3, as zlib computes it.
std::uint32_t Crc32(std::string_view text) {
  std::uint32_t crc = 0xFFFFFFFFu;
  for (const char character : text) {
    crc ^= static_cast<unsigned char>(character);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1u)));
  }
  return ~crc;
}

char RandomCharacter(const std::function<std::uint8_t()>& random_byte) {
  // 248 is the largest multiple of 62 in a byte: above it some characters would be likelier.
  std::uint8_t byte = random_byte();
  while (byte >= 248) byte = random_byte();
  return kBase62[byte % 62];
}

}  // namespace

std::string ChecksumOf(std::string_view text) {
  std::string checksum(kChecksumLength, '0');
  std::uint32_t rest = Crc32(text);
  for (size_t i = kChecksumLength; i-- > 0; rest /= 62) checksum[i] = kBase62[rest % 62];
  return checksum;
}

std::string MakeSecret(KeyMode mode, const std::function<std::uint8_t()>& random_byte) {
  std::string secret(PrefixOf(mode));
  for (size_t i = 0; i < kRandomLength; ++i) secret += RandomCharacter(random_byte);
  return secret + ChecksumOf(secret);
}

bool HasSecretForm(std::string_view secret, KeyMode mode) {
  const std::string_view prefix = PrefixOf(mode);
  if (secret.size() != prefix.size() + kRandomLength + kChecksumLength) return false;
  if (!secret.starts_with(prefix)) return false;
  const std::string_view body = secret.substr(prefix.size());
  if (body.find_first_not_of(kBase62) != std::string_view::npos) return false;
  const std::string_view checked = secret.substr(0, secret.size() - kChecksumLength);
  return secret.substr(checked.size()) == ChecksumOf(checked);
}

std::string_view ShownPrefix(std::string_view secret) {
  return secret.substr(0, PrefixOf(KeyMode::kLive).size() + kShownLength);
}

}  // namespace continuo::directory::domain
