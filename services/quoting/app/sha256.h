// Digests and unguessable texts, for links and documents.
#pragma once

#include <string>
#include <string_view>

namespace continuo::quoting::app {

std::string Sha256(std::string_view bytes);     // 32 bytes
std::string HexOfSha256(std::string_view bytes);
// 256 random bits, as 43 characters that stand in a URL as they are.
std::string NewLinkToken();

}  // namespace continuo::quoting::app
