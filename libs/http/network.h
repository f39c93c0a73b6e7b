// Addresses and the networks that hold them: whose word about the client is taken, and which
// clients count as one.
//
//   ParseNetwork("10.0.0.0/8")->Holds("10.1.2.3")   // true
//   NetworkOf("2001:db8::1:2", 64)                  // "2001:db8::/64"
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace continuo::http {

struct Network {
  std::array<unsigned char, 16> bytes{};  // IPv4 as ::ffff:a.b.c.d
  int bits = 128;                         // of them

  bool Holds(const std::string& address) const;
};

// "192.0.2.1", "10.0.0.0/8", "2001:db8::/32"; nothing for what is none.
std::optional<Network> ParseNetwork(const std::string& text);
// An IPv4 address itself; of IPv6 the network of this many bits, which one subscriber has as a whole.
// What is no address is its own network.
std::string NetworkOf(const std::string& address, int ipv6_bits);

}  // namespace continuo::http
