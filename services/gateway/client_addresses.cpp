#include "services/gateway/client_addresses.h"

#include <algorithm>

namespace continuo::gateway {
namespace {

// All of them, in the order in which proxies have added them.
std::vector<std::string> ForwardedFor(const http::Headers& headers) {
  std::vector<std::string> addresses;
  for (const http::Header& header : headers) {
    if (header.name != "x-forwarded-for") continue;
    for (size_t begin = 0; begin <= header.value.size();) {
      const size_t end = std::min(header.value.find(',', begin), header.value.size());
      std::string address = header.value.substr(begin, end - begin);
      address.erase(0, std::min(address.find_first_not_of(" \t"), address.size()));
      address.erase(address.find_last_not_of(" \t") + 1);
      addresses.push_back(std::move(address));
      begin = end + 1;
    }
  }
  return addresses;
}

}  // namespace

ClientAddresses::ClientAddresses(const std::vector<std::string>& trusted_proxies) {
  for (const std::string& text : trusted_proxies) {
    if (const auto network = http::ParseNetwork(text)) trusted_.push_back(*network);
  }
}

bool ClientAddresses::IsTrusted(const std::string& address) const {
  return std::any_of(trusted_.begin(), trusted_.end(),
                     [&](const http::Network& network) { return network.Holds(address); });
}

std::string ClientAddresses::Of(const http::Request& request) const {
  std::string client = request.peer;
  const auto forwarded = ForwardedFor(request.headers);
  for (auto next = forwarded.rbegin(); next != forwarded.rend() && IsTrusted(client); ++next) {
    if (!http::ParseNetwork(*next)) break;
    client = *next;
  }
  return client;
}

}  // namespace continuo::gateway
