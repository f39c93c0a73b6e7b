#include "services/webhooks/domain/url.h"

#include "libs/testing/catch/catch.h"

namespace continuo::webhooks::domain {
namespace {

TEST_CASE("which URLs an endpoint may have") {
  struct Row {
    const char* url;
    bool live;
    bool sandbox;
  };
  for (const auto& row : {Row{"https://example.com/hook", true, true},
                          Row{"https://8.8.8.8:8443/hook", true, true},
                          Row{"https://[2001:4860:4860::8888]/hook", true, true},
                          Row{"http://example.com/hook", false, true},
                          Row{"https://127.0.0.1/hook", false, true},
                          Row{"http://127.0.0.1:9000/hook", false, true},
                          Row{"https://[::1]:8443/hook", false, true},
                          Row{"https://localhost/hook", false, true},
                          Row{"https://a.LOCALHOST/hook", false, true},
                          Row{"https://10.0.0.1/hook", false, false},
                          Row{"https://169.254.169.254/latest/meta-data", false, false},
                          Row{"https://[::ffff:10.0.0.1]/hook", false, false},
                          Row{"https://[fe80::1]/hook", false, false},
                          // Forms of 127.0.0.1 that resolvers take for addresses.
                          Row{"https://2130706433/hook", false, false},
                          Row{"https://0177.0.0.1/hook", false, false},
                          Row{"https://0x7f.1/hook", false, false},
                          Row{"https://127.1/hook", false, false},
                          Row{"https://017700000001/hook", false, false},
                          Row{"https://0x7f000001/hook", false, false},
                          Row{"https://0300.0250.0.1/hook", false, false},
                          Row{"https://10.0.0.1./hook", false, false},
                          // An address of a link needs its zone, which no URL of ours may name.
                          Row{"https://[fe80::1%25eth0]/hook", false, false},
                          Row{"https://[64:ff9b::a00:1]/hook", false, false},
                          Row{"https://[2002:a00:1::]/hook", false, false},
                          Row{"https://[fd00::1]/hook", false, false}}) {
    INFO(row.url);
    CHECK(CheckUrl(row.url, false).has_value() == row.live);
    CHECK(CheckUrl(row.url, true).has_value() == row.sandbox);
  }
}

TEST_CASE("a sandbox connects to its own loopback, never to a private network") {
  CHECK(MayConnect("127.0.0.1", true));
  CHECK_FALSE(MayConnect("127.0.0.1", false));
  CHECK_FALSE(MayConnect("192.168.1.1", true));
  CHECK(MayConnect("8.8.8.8", false));
}

}  // namespace
}  // namespace continuo::webhooks::domain
