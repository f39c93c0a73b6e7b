#include "libs/http/network.h"

#include "libs/testing/catch/catch.h"

namespace continuo::http {
namespace {

TEST_CASE("a network holds its addresses and no others") {
  struct Row {
    const char *network, *address;
    bool holds;
  };
  const auto row = GENERATE(Row{"10.0.0.0/8", "10.1.2.3", true}, Row{"10.0.0.0/8", "11.0.0.1", false},
                            Row{"192.0.2.1", "192.0.2.1", true}, Row{"192.0.2.1", "192.0.2.2", false},
                            Row{"10.0.0.0/8", "::ffff:10.1.2.3", true},
                            Row{"2001:db8::/32", "2001:db8:1::5", true},
                            Row{"2001:db8::/32", "2001:db9::5", false}, Row{"0.0.0.0/0", "8.8.8.8", true},
                            Row{"0.0.0.0/0", "2001:db8::1", false}, Row{"::/0", "8.8.8.8", true},
                            Row{"10.0.0.0/8", "nonsense", false}, Row{"172.16.0.0/12", "172.31.0.9", true},
                            Row{"172.16.0.0/12", "172.32.0.9", false});
  INFO(row.network << " " << row.address);
  CHECK(ParseNetwork(row.network).value().Holds(row.address) == row.holds);
}

TEST_CASE("what is no network is refused") {
  for (const char* text : {"", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "::/129", "10.0.0.0/8x", "proxy"}) {
    INFO(text);
    CHECK(!ParseNetwork(text));
  }
}

TEST_CASE("an IPv6 subscriber counts as one client") {
  CHECK(NetworkOf("192.0.2.1", 64) == "192.0.2.1");
  CHECK(NetworkOf("2001:db8:1:2:3:4:5:6", 64) == "2001:db8:1:2::/64");
  CHECK(NetworkOf("2001:db8:1:2:ffff::9", 64) == NetworkOf("2001:db8:1:2::1", 64));
}

}  // namespace
}  // namespace continuo::http
