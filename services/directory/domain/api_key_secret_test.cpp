#include "services/directory/domain/api_key_secret.h"

#include <rapidcheck.h>

#include <set>

#include "libs/testing/catch/catch.h"

namespace continuo::directory::domain {
namespace {

// 0, 1, 2 ... 255, 0, ...
std::function<std::uint8_t()> Counting() {
  return [next = std::uint8_t{0}]() mutable { return next++; };
}

TEST_CASE("a checksum is the CRC-32 of zlib, in six characters of base62") {
  struct Row {
    std::string text;
    std::string checksum;
  };
  // python3: zlib.crc32(text) in base 62, digits 0-9A-Za-z.
  const Row row = GENERATE(values<Row>({
      {"", "000000"},
      {"123456789", "3jZRME"},
      {"ck_live_", "4E8tuW"},
  }));
  CHECK(ChecksumOf(row.text) == row.checksum);
}

TEST_CASE("a secret is its mode's prefix, 32 random characters and the checksum") {
  const std::string secret = MakeSecret(KeyMode::kLive, Counting());
  CHECK(secret.substr(0, 40) == "ck_live_0123456789ABCDEFGHIJKLMNOPQRSTUV");
  CHECK(secret.substr(40) == ChecksumOf(secret.substr(0, 40)));
  CHECK(ShownPrefix(secret) == "ck_live_0123");
  CHECK(MakeSecret(KeyMode::kTest, Counting()).starts_with("ck_test_0123"));
}

TEST_CASE("bytes that would make some characters likelier are thrown away") {
  int calls = 0;
  MakeSecret(KeyMode::kLive, [&]() -> std::uint8_t { return ++calls % 2 == 0 ? 7 : 250; });
  CHECK(calls == 64);
}

TEST_CASE("the form of a secret is checked without looking it up") {
  const std::string good = MakeSecret(KeyMode::kLive, Counting());
  std::string foreign = good;
  foreign[12] = '-';
  struct Row {
    std::string name;
    std::string secret;
    bool has_form;
  };
  const Row row = GENERATE_COPY(values<Row>({
      {"as it was made", good, true},
      {"cut", good.substr(0, good.size() - 1), false},
      {"one too many", good + "0", false},
      {"a character that is none of base62", foreign, false},
      {"of the other mode", MakeSecret(KeyMode::kTest, Counting()), false},
      {"empty", "", false},
      {"another product's", "sk_live_" + good.substr(8), false},
  }));
  INFO(row.name);
  CHECK(HasSecretForm(row.secret, KeyMode::kLive) == row.has_form);
}

TEST_CASE("law: no single wrong character goes unnoticed") {
  CHECK(rc::check([] {
    const auto bytes = *rc::gen::container<std::vector<std::uint8_t>>(
        32, rc::gen::inRange<std::uint8_t>(0, 248));
    size_t next = 0;
    std::string secret =
        MakeSecret(KeyMode::kLive, [&]() -> std::uint8_t { return bytes[next++]; });
    RC_ASSERT(HasSecretForm(secret, KeyMode::kLive));
    const auto place = *rc::gen::inRange<size_t>(8, secret.size());
    const char wrong = *rc::gen::elementOf(std::string("0123456789ABCxyz"));
    RC_PRE(secret[place] != wrong);
    secret[place] = wrong;
    RC_ASSERT(!HasSecretForm(secret, KeyMode::kLive));
  }));
}

}  // namespace
}  // namespace continuo::directory::domain
