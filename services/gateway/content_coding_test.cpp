#include "services/gateway/content_coding.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::gateway {
namespace {

TEST_CASE("gzip is used where the client asks for it") {
  struct Row {
    const char* accept_encoding;
    bool accepts;
  };
  const auto row = GENERATE(values<Row>({
      {"gzip", true},
      {"GZIP", true},
      {"x-gzip", true},
      {"gzip, deflate, br", true},
      {"br;q=1.0, gzip;q=0.8, *;q=0.1", true},
      {"*", true},
      {"", false},
      {"identity", false},
      {"gzip;q=0", false},
      {"gzip;q=0.000, *", false},
      {"*, gzip; q=0", false},
      {"*;q=0", false},
      {"notgzip, gzippy", false},
      {",,gzip,,", true},
  }));
  INFO(row.accept_encoding);
  const std::string header = row.accept_encoding;
  CHECK(AcceptsGzip(&header) == row.accepts);
}

TEST_CASE("no header asks for nothing") { CHECK_FALSE(AcceptsGzip(nullptr)); }

TEST_CASE("what was deflated inflates to itself") {
  CHECK(rc::check([](const std::string& text) {
    const auto back = Gunzip(Gzip(text), text.size());
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == text);
  }));
}

TEST_CASE("pieces are one gzip stream, and each is there at once") {
  CHECK(rc::check([](const std::vector<std::string>& pieces, const std::string& last) {
    GzipStream stream;
    std::string whole, deflated;
    for (const auto& piece : pieces) {
      whole += piece;
      deflated += stream.Add(piece, false);
    }
    deflated += stream.Add(last, true);
    const auto back = Gunzip(deflated, whole.size() + last.size());
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == whole + last);
  }));
  GzipStream large;
  const std::string noise = [] {
    std::string bytes;
    for (uint32_t x = 1; bytes.size() < 100'000; x = x * 1664525 + 1013904223) bytes += static_cast<char>(x >> 24);
    return bytes;
  }();
  std::string deflated = large.Add(noise, false);
  deflated += large.Add(noise, true);
  CHECK(*Gunzip(deflated, 200'000) == noise + noise);
}

TEST_CASE("a body that grows past the limit is refused without being held") {
  const std::string bomb = Gzip(std::string(50'000'000, '0'));
  REQUIRE(bomb.size() < 300'000);
  const auto inflated = Gunzip(bomb, 1 << 20);
  REQUIRE_FALSE(inflated);
  CHECK(inflated.error().reason == "BODY_TOO_LARGE");
  CHECK(Gunzip(Gzip(std::string(100, 'x')), 99).error().reason == "BODY_TOO_LARGE");
  CHECK(Gunzip(Gzip(std::string(100, 'x')), 100).has_value());
}

TEST_CASE("what is not one whole gzip stream is refused") {
  const std::string whole = Gzip("the quick brown fox");
  std::string damaged = whole;
  damaged[damaged.size() - 6] ^= 1;  // the checksum
  for (const auto& body : {std::string("plain"), std::string(), whole.substr(0, whole.size() - 1),
                           damaged, whole + "more", whole.substr(0, 10)}) {
    CHECK(Gunzip(body, 1000).error().reason == "MALFORMED_CODING");
  }
}

}  // namespace
}  // namespace continuo::gateway
