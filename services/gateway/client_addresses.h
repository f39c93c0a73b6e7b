// Where a request came from: the other end of the connection, or, where that is one of our own
// proxies, the client that it names in X-Forwarded-For. Nobody else's word is taken.
#pragma once

#include <string>
#include <vector>

#include "libs/http/message.h"
#include "libs/http/network.h"

namespace continuo::gateway {

class ClientAddresses {
 public:
  // Of `http.trusted_proxies`; those that are none have been refused with the configuration.
  explicit ClientAddresses(const std::vector<std::string>& trusted_proxies);

  std::string Of(const http::Request& request) const;
  // Those who share it count as one.
  static std::string NetworkOf(const std::string& address) { return http::NetworkOf(address, 64); }

 private:
  bool IsTrusted(const std::string& address) const;

  std::vector<http::Network> trusted_;
};

}  // namespace continuo::gateway
