#include "libs/ids/type_id.h"

namespace continuo::ids {
namespace {

constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kSuffixLength = 26;

Failure NotAnId(std::string_view prefix, std::string_view text) {
  const std::string shown(text.substr(0, 64));
  return Invalid("", "INVALID_ID",
                 "'" + shown + "' is not an id of this kind. Use one that begins with '" +
                     std::string(prefix) + "_', exactly as it was given out.");
}

}  // namespace

std::string FormatTypeId(std::string_view prefix, const Uuid& id) {
  // 128 bits in 26 digits of five bits: two zero bits lead.
  std::string text;
  text.reserve(prefix.size() + 1 + kSuffixLength);
  text.append(prefix);
  text += '_';
  unsigned __int128 bits = 0;
  for (const std::uint8_t byte : id.bytes()) bits = bits << 8 | byte;
  for (int digit = kSuffixLength - 1; digit >= 0; --digit) {
    text += kAlphabet[static_cast<std::size_t>(bits >> (5 * digit) & 31)];
  }
  return text;
}

Result<Uuid> ParseTypeId(std::string_view prefix, std::string_view text) {
  if (text.size() != prefix.size() + 1 + kSuffixLength) return NotAnId(prefix, text);
  if (!text.starts_with(prefix) || text[prefix.size()] != '_') return NotAnId(prefix, text);
  const std::string_view suffix = text.substr(prefix.size() + 1);
  if (suffix[0] > '7') return NotAnId(prefix, text);  // more than 128 bits
  unsigned __int128 bits = 0;
  for (const char character : suffix) {
    const std::size_t value = kAlphabet.find(character);
    if (value == std::string_view::npos) return NotAnId(prefix, text);
    bits = bits << 5 | value;
  }
  Uuid::Bytes bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::uint8_t>(bits >> (120 - 8 * i));
  }
  return Uuid(bytes);
}

}  // namespace continuo::ids
