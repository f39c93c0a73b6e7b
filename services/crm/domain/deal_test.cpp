#include "services/crm/domain/deal.h"

#include "libs/testing/catch/catch.h"

namespace continuo::crm::domain {
namespace {

using money::Money;

const ids::QuoteId kA = ids::QuoteId::New();
const ids::QuoteId kB = ids::QuoteId::New();
std::optional<Money> Eur(std::string_view amount) { return Money::Parse(amount, "EUR").value(); }
std::string Reason(const Result<void>& result) { return result ? "" : result.error().reason; }

TEST_CASE("A deal is changed while open and reopened when lost") {
  using Row = std::tuple<DealStatus, const char*, const char*>;
  const auto [status, change, reopen] = GENERATE(values<Row>({
      {DealStatus::kOpen, "", "OPPORTUNITY_NOT_LOST"},
      {DealStatus::kWon, "OPPORTUNITY_NOT_OPEN", "OPPORTUNITY_NOT_LOST"},
      {DealStatus::kLost, "OPPORTUNITY_NOT_OPEN", ""},
  }));
  CHECK(Reason(CheckOpen({.status = status})) == change);
  CHECK(Reason(CheckLost({.status = status})) == reopen);
}

TEST_CASE("The value is set by hand only until a quote is selected") {
  CHECK(Reason(CheckValueIsOurs({})) == "");
  CHECK(Reason(CheckValueIsOurs({.quote = kA})) == "OPPORTUNITY_VALUE_FOLLOWS_QUOTE");
}

struct Rule {
  const char* name;
  Deal deal;
  QuoteFact selected;
  bool changes;
  std::optional<Money> value;
};

TEST_CASE("The value follows the selected quote") {
  const Rule rules[] = {
      {"the first quote", {}, {kA, Eur("10")}, true, Eur("10")},
      {"priced again", {.quote = kA, .value = Eur("10")}, {kA, Eur("12")}, true, Eur("12")},
      {"in another currency", {.quote = kA, .value = Eur("10")},
       {kA, Money::Parse("10.00", "USD").value()}, true, Money::Parse("10.00", "USD").value()},
      {"nothing new", {.quote = kA, .value = Eur("10")}, {kA, Eur("10")}, false, {}},
      {"another quote of the same value", {.quote = kA, .value = Eur("10")}, {kB, Eur("10")}, true,
       Eur("10")},
      {"not priced yet: the estimate stays", {.value = Eur("10")}, {kA, {}}, true, Eur("10")},
      {"a lost deal follows too", {.status = DealStatus::kLost, .quote = kA, .value = Eur("10")},
       {kA, Eur("12")}, true, Eur("12")},
      {"a won deal does not", {.status = DealStatus::kWon, .quote = kA, .value = Eur("10")},
       {kA, Eur("12")}, false, {}},
  };
  for (const Rule& rule : rules) {
    INFO(rule.name);
    const std::optional<Following> following = FollowQuote(rule.deal, rule.selected);
    REQUIRE(following.has_value() == rule.changes);
    if (!following) continue;
    CHECK(following->quote == rule.selected.quote);
    CHECK(following->value == rule.value);
  }
}

TEST_CASE("One order wins a deal") {
  CHECK(WonByOrder({}));
  CHECK(WonByOrder({.status = DealStatus::kLost}));
  CHECK_FALSE(WonByOrder({.status = DealStatus::kWon, .order = ids::OrderId::New()}));
}

}  // namespace
}  // namespace continuo::crm::domain
