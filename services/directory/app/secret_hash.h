// Hashing and randomness, from OpenSSL.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace continuo::directory::app {

// 32 raw bytes.
std::string Sha256(std::string_view text);
// From the operating system's generator. Throws when it has none to give.
std::uint8_t RandomByte();

}  // namespace continuo::directory::app
