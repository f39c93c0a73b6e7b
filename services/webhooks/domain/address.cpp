#include "services/webhooks/domain/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace continuo::webhooks::domain {
namespace {

// An IPv4 address is held in its mapped form, ::ffff:a.b.c.d.
using Address = std::array<std::uint8_t, 16>;

struct Range {
  const char* first;
  int bits;
};

// IANA's special-purpose registries, multicast and the reserved class E.
constexpr Range kSpecialV4[] = {
    {"0.0.0.0", 8},       {"10.0.0.0", 8},     {"100.64.0.0", 10},  {"127.0.0.0", 8},
    {"169.254.0.0", 16},  {"172.16.0.0", 12},  {"192.0.0.0", 24},   {"192.0.2.0", 24},
    {"192.88.99.0", 24},  {"192.168.0.0", 16}, {"198.18.0.0", 15},  {"198.51.100.0", 24},
    {"203.0.113.0", 24},  {"224.0.0.0", 4},    {"240.0.0.0", 4}};
// Of IPv6 only the global unicast block is public, less these parts of it: protocol assignments
// (Teredo among them), documentation, and 6to4, which carries any IPv4 address.
constexpr Range kGlobalUnicast = {"2000::", 3};
constexpr Range kSpecialV6[] = {{"2001::", 23}, {"2001:db8::", 32}, {"2002::", 16}, {"3fff::", 20}};
constexpr Range kMappedV4 = {"::ffff:0:0", 96};

std::optional<Address> Parse(std::string_view text) {
  const std::string terminated(text);
  Address address{};
  if (inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1) return address;
  address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (inet_pton(AF_INET, terminated.c_str(), address.data() + 12) == 1) return address;
  return std::nullopt;
}

bool IsIn(const Address& address, Range range) {
  const std::string_view first = range.first;
  const Address base = *Parse(first);
  int bits = range.bits + (first.find(':') == std::string_view::npos ? 96 : 0);
  for (std::size_t i = 0; bits > 0; ++i, bits -= 8) {
    const auto mask = static_cast<std::uint8_t>(bits >= 8 ? 0xff : 0xff << (8 - bits));
    if ((address[i] & mask) != (base[i] & mask)) return false;
  }
  return true;
}

}  // namespace

bool IsPublic(std::string_view text) {
  const auto address = Parse(text);
  if (!address) return false;
  const auto within = [&](Range range) { return IsIn(*address, range); };
  if (within(kMappedV4)) return std::ranges::none_of(kSpecialV4, within);
  return within(kGlobalUnicast) && std::ranges::none_of(kSpecialV6, within);
}

bool IsLoopback(std::string_view text) {
  const auto address = Parse(text);
  return address && (IsIn(*address, {"127.0.0.0", 8}) || IsIn(*address, {"::1", 128}));
}

}  // namespace continuo::webhooks::domain
