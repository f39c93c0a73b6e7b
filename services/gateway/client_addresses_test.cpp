#include "services/gateway/client_addresses.h"

#include "libs/testing/catch/catch.h"

namespace continuo::gateway {
namespace {

TEST_CASE("a client is where the connection comes from, unless one of our proxies says otherwise") {
  struct Row {
    const char *peer, *forwarded, *client;
  };
  const auto row = GENERATE(
      Row{"192.0.2.7", "", "192.0.2.7"},
      // A stranger's word about himself is not taken.
      Row{"192.0.2.7", "198.51.100.1", "192.0.2.7"},
      Row{"10.0.0.5", "198.51.100.1", "198.51.100.1"},
      Row{"10.0.0.5", "203.0.113.9, 198.51.100.1", "198.51.100.1"},
      Row{"10.0.0.5", "198.51.100.1, 10.0.0.9", "198.51.100.1"},
      Row{"10.0.0.5", "198.51.100.1, nonsense", "10.0.0.5"}, Row{"10.0.0.5", "", "10.0.0.5"});
  INFO(row.peer << " " << row.forwarded);
  const ClientAddresses addresses({"10.0.0.0/8"});
  http::Request request;
  request.peer = row.peer;
  if (*row.forwarded != '\0') request.headers.push_back({"x-forwarded-for", row.forwarded});
  CHECK(addresses.Of(request) == row.client);
}

}  // namespace
}  // namespace continuo::gateway
