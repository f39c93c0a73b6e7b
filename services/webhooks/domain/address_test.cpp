#include "services/webhooks/domain/address.h"

#include "libs/testing/catch/catch.h"

namespace continuo::webhooks::domain {
namespace {

// Source: svix-webhooks 4fc0cfb8, webhook_http_client.rs, is_allowed_test.
TEST_CASE("no webhook goes to a special address") {
  for (const char* address :
       {"10.254.0.0", "192.168.10.65", "172.16.10.65", "0.1.2.3", "0.0.0.0", "127.0.0.1",
        "127.0.0.254", "127.254.254.254", "169.254.45.1", "255.255.255.255", "224.1.2.3",
        "233.252.0.16", "192.0.0.0", "192.0.0.255", "192.0.2.255", "198.51.100.65", "203.0.113.6",
        "100.100.0.0", "192.88.99.3", "198.18.0.0", "240.240.240.240", "::0", "::1",
        "::ffff:127.0.0.1", "::ffff:0.0.0.1", "2001:db8::1", "3fff::dead:beef", "fe80::dead:beef",
        "febf:ffff::dead:beef", "fdee:3A45:9057::0001", "fd7a:115c:a1e0::1",
        "2002:c000:0204::dead:beef", "2002:c0a8:0001::dead:beef", "64:ff9b::c0a8:0",
        "64:ff9b::808:808", "5f00::dead:beef", "64:ff9b:1::dead:beef", "100::1:2:3:4", "ff02::1", "fec0::1", "2001::1", "2001:1::1",
        "::127.0.0.1", "198.19.255.255", "172.31.255.255", "100.127.255.255"}) {
    INFO(address);
    CHECK_FALSE(IsPublic(address));
  }
}

TEST_CASE("public addresses, and the neighbours of special ranges, are allowed") {
  for (const char* address : {"1.1.1.1", "8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8",
                              "172.32.0.0", "100.128.0.0", "198.20.0.0", "11.0.0.0"}) {
    INFO(address);
    CHECK(IsPublic(address));
  }
}

// The look-up is left to the socket: a text in such a form is no address here, and what a resolver
// makes of it is judged again (sender_test).
TEST_CASE("what is no address is not public") {
  for (const char* text :
       {"", "localhost", "0x7f.1", "2130706433", "127.1", "8.8.8.8 ", "010.8.8.8", "0x08080808", "8.8.8",
        "fe80::1%eth0", "fe80::1%2", "2001:4860:4860::8888%1", "[2001:4860:4860::8888]"}) {
    INFO(text);
    CHECK_FALSE(IsPublic(text));
  }
}

TEST_CASE("a sandbox knows its loopback") {
  CHECK(IsLoopback("127.0.0.1"));
  CHECK(IsLoopback("::1"));
  CHECK_FALSE(IsLoopback("10.0.0.1"));
  CHECK_FALSE(IsLoopback("::2"));
}

}  // namespace
}  // namespace continuo::webhooks::domain
