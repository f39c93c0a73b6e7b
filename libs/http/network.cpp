#include "libs/http/network.h"

#include <arpa/inet.h>

#include <charconv>
#include <cstring>

namespace continuo::http {
namespace {

using Bytes = std::array<unsigned char, 16>;

constexpr unsigned char kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool IsMapped(const Bytes& bytes) { return std::memcmp(bytes.data(), kMapped, 12) == 0; }

std::optional<Bytes> ParseAddress(const std::string& text) {
  Bytes bytes{};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return bytes;
  std::memcpy(bytes.data(), kMapped, 12);
  if (inet_pton(AF_INET, text.c_str(), bytes.data() + 12) == 1) return bytes;
  return std::nullopt;
}

void ClearBehind(int bits, Bytes* bytes) {
  for (int i = 0; i < 16; ++i) {
    const int kept = std::clamp(bits - i * 8, 0, 8);
    (*bytes)[i] &= static_cast<unsigned char>(0xff << (8 - kept));
  }
}

}  // namespace

bool Network::Holds(const std::string& address) const {
  auto parsed = ParseAddress(address);
  if (!parsed) return false;
  ClearBehind(bits, &*parsed);
  return *parsed == bytes;
}

std::optional<Network> ParseNetwork(const std::string& text) {
  const auto slash = text.find('/');
  const auto address = ParseAddress(text.substr(0, slash));
  if (!address) return std::nullopt;
  const bool ipv4 = text.find(':') == std::string::npos;
  Network network{*address, 128};
  if (slash != std::string::npos) {
    const char* const begin = text.data() + slash + 1;
    const char* const end = text.data() + text.size();
    int bits = -1;
    const auto read = std::from_chars(begin, end, bits);
    if (read.ec != std::errc() || read.ptr != end || bits < 0 || bits > (ipv4 ? 32 : 128)) {
      return std::nullopt;
    }
    network.bits = ipv4 ? bits + 96 : bits;
  }
  ClearBehind(network.bits, &network.bytes);
  return network;
}

std::string NetworkOf(const std::string& address, int ipv6_bits) {
  auto bytes = ParseAddress(address);
  if (!bytes || IsMapped(*bytes)) return address;
  ClearBehind(ipv6_bits, &*bytes);
  char text[INET6_ADDRSTRLEN] = "";
  inet_ntop(AF_INET6, bytes->data(), text, sizeof text);
  return std::string(text) + "/" + std::to_string(ipv6_bits);
}

}  // namespace continuo::http
