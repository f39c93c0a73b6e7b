// Base64 (RFC 4648, section 4), as bytes fields and Basic authentication are written.
//
//   EncodeBase64("Ma") == "TWE="
//
// Decoding takes the URL-safe alphabet and missing padding too, as proto3's JSON mapping does, but
// no white space and no bits that are thrown away.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace continuo::json {

std::string EncodeBase64(std::string_view bytes);
std::optional<std::string> DecodeBase64(std::string_view text);

}  // namespace continuo::json
