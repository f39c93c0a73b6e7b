#include "libs/postgres/cursor.h"

#include <openssl/sha.h>

#include "libs/ids/uuid.h"
#include "libs/json/base64.h"

namespace continuo::postgres {
namespace {

constexpr size_t kDigestBytes = 12;
constexpr size_t kUuidCharacters = 36;

// The digest covers the value too: a cursor that was edited is no cursor.
std::string Digest(std::string_view value, std::string_view binding) {
  std::string text(value);
  text.append(1, '\n').append(binding);
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  return std::string(reinterpret_cast<const char*>(digest), kDigestBytes);
}

}  // namespace

std::string EncodeCursor(const Cursor& cursor, std::string_view binding) {
  std::string value = cursor.id;
  if (cursor.sort_value) value += '=' + *cursor.sort_value;
  std::string text = json::EncodeBase64(Digest(value, binding) + value);
  for (char& c : text) {
    if (c == '+') c = '-';
    if (c == '/') c = '_';
  }
  while (text.ends_with('=')) text.pop_back();
  return text;
}

std::optional<Cursor> DecodeCursor(std::string_view text, std::string_view binding) {
  const std::optional<std::string> bytes = json::DecodeBase64(text);
  if (!bytes || bytes->size() < kDigestBytes + kUuidCharacters) return std::nullopt;
  const std::string value = bytes->substr(kDigestBytes);
  if (bytes->substr(0, kDigestBytes) != Digest(value, binding)) return std::nullopt;
  Cursor cursor{.id = value.substr(0, kUuidCharacters)};
  if (!ids::Uuid::Parse(cursor.id)) return std::nullopt;
  if (value.size() > kUuidCharacters) cursor.sort_value = value.substr(kUuidCharacters + 1);
  return cursor;
}

}  // namespace continuo::postgres
