#include "services/webhooks/app/event_changes.h"

#include "libs/testing/catch/catch.h"

namespace continuo::webhooks::app {
namespace {

TEST_CASE("a change is told in `changes`, or as from_ and to_") {
  const auto changes = ChangesIn(R"({"id":"x","changes":{
      "name":{"from":"\"a\"","to":"\"b\""}, "note":{"from":null,"to":"\"n\""},
      "rate":{"from":"\"1.50\"","to":"2"}, "terms":{"from":"[long]","to":"[long]"},
      "price":{"from":null,"to":"{\"amount\":\"2.00\",\"currency\":\"EUR\"}"}}})");
  CHECK(changes.size() == 5);
  CHECK(changes.at("name").from.json == R"("a")");
  CHECK_FALSE(changes.at("name").to.number);
  CHECK(changes.at("note").from.json == "null");
  CHECK(changes.at("rate").from.number == money::Decimal::Parse("1.5").value());
  CHECK(changes.at("rate").to.number == money::Decimal::Parse("2").value());
  CHECK(changes.at("price").to.currency == "EUR");
  CHECK(changes.at("terms").to.json == "[long]");
  const auto pair = ChangesIn(R"({"from_value":{"amount":"1.50","currency":"EUR"},"to_value":null,
                                  "from_stage":"a"})");
  CHECK(pair.size() == 1);
  CHECK(pair.at("value").from.number == money::Decimal::Parse("1.50").value());
  CHECK(pair.at("value").to.json == "null");
}

TEST_CASE("what tells of no change has none") {
  for (const char* data : {"", "[]", "{}", "7", R"({"changes":null})", R"({"changes":7})",
                           R"({"changes":{"name":null}})", R"({"from_value":1})"}) {
    INFO(data);
    CHECK(ChangesIn(data).empty());
  }
}

}  // namespace
}  // namespace continuo::webhooks::app
