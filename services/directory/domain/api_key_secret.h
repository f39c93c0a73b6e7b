// The text of an API key's secret: ck_live_, 32 random characters, and six that check them.
//
//   MakeSecret(KeyMode::kLive, random)    "ck_live_2mQ...x9" + "0kB3xA"
//   HasSecretForm("ck_live_...")          false for a typing error, without asking the database
//
// The checksum (CRC-32 of all before it, in base62) lets scanners find keys that have leaked, with
// hardly any false alarm. It protects nothing: 32 characters of base62 are 190 random bits. Where
// randomness comes from, and how the secret is stored (only its SHA-256), is not decided here.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace continuo::directory::domain {

enum class KeyMode { kLive, kTest };

// `random_byte` gives uniform bytes.
std::string MakeSecret(KeyMode mode, const std::function<std::uint8_t()>& random_byte);
bool HasSecretForm(std::string_view secret, KeyMode mode);

// What may be shown of a secret, to recognise it by: "ck_live_2mQx".
std::string_view ShownPrefix(std::string_view secret);

// Six characters of base62.
std::string ChecksumOf(std::string_view text);

}  // namespace continuo::directory::domain
