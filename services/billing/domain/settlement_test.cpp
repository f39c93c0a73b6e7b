#include "services/billing/domain/settlement.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::billing::domain {
namespace {

using calendar::Date;
using money::Money;

Money Eur(const char* amount) { return Money::Parse(amount, "EUR").value(); }

const std::vector<OpenInvoice> kOpen{
    {"inv_c", Date(2026, 4, 1), "DE-000000", Eur("50.00")},
    {"inv_b", Date(2026, 3, 1), "DE-000002", Eur("30.00")},
    {"inv_a", Date(2026, 3, 1), "DE-000001", Eur("100.00")},
};

TEST_CASE("the earliest due is paid first, of one day by number") {
  struct Row {
    const char* amount;
    std::vector<Share> shares;
  };
  const std::vector<Row> rows{
      {"60.00", {{"inv_a", Eur("60.00")}}},
      {"100.00", {{"inv_a", Eur("100.00")}}},
      {"150.00", {{"inv_a", Eur("100.00")}, {"inv_b", Eur("30.00")}, {"inv_c", Eur("20.00")}}},
      {"999.00", {{"inv_a", Eur("100.00")}, {"inv_b", Eur("30.00")}, {"inv_c", Eur("50.00")}}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.amount);
    CHECK(AllocateOldestFirst(Eur(row.amount), kOpen) == row.shares);
  }
}

TEST_CASE("what was asked for is allocated, and the rest stays unapplied") {
  const std::vector<AllocationRequest> requests{{"inv_c", Eur("10.00")}, {"inv_b", std::nullopt}};
  const std::vector<Share> expected{{"inv_c", Eur("10.00")}, {"inv_b", Eur("30.00")}};
  CHECK(AllocateAsAsked(Eur("45.00"), kOpen, requests).value() == expected);
}

TEST_CASE("an allocation that cannot be is refused with its reason") {
  struct Row {
    std::vector<AllocationRequest> requests;
    const char* reason;
  };
  const std::vector<Row> rows{
      {{{"inv_b", Eur("30.01")}}, "ALLOCATION_EXCEEDS_INVOICE"},
      {{{"inv_a", Eur("45.01")}}, "ALLOCATION_EXCEEDS_PAYMENT"},
      {{{"inv_a", Eur("45.00")}, {"inv_b", std::nullopt}}, "ALLOCATION_EXCEEDS_PAYMENT"},
      {{{"inv_x", Eur("1.00")}}, "INVALID_REQUEST"},
      {{{"inv_a", Eur("1.00")}, {"inv_a", Eur("1.00")}}, "INVALID_REQUEST"},
      {{{"inv_a", Eur("0.00")}}, "INVALID_REQUEST"},
      {{{"inv_a", Money::Parse("1.00", "USD").value()}}, "INVALID_REQUEST"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.reason);
    const auto shares = AllocateAsAsked(Eur("45.00"), kOpen, row.requests);
    REQUIRE_FALSE(shares);
    CHECK(shares.error().reason == row.reason);
  }
}

TEST_CASE("law: shares never exceed the payment or an invoice, and nothing is held back") {
  CHECK(rc::check([] {
    const auto currency = Eur("0.00").currency();
    std::vector<OpenInvoice> open;
    Money owed = Money::Zero(currency);
    const int count = *rc::gen::inRange(0, 10);
    for (int i = 0; i < count; ++i) {
      const Money balance = Money::FromMinor(*rc::gen::inRange<int64_t>(1, 100'000), currency);
      open.push_back({"inv_" + std::to_string(i),
                      Date(2026, 1, 1).AddDays(*rc::gen::inRange(0, 60)),
                      "DE-" + std::to_string(i), balance});
      owed += balance;
    }
    const Money amount = Money::FromMinor(*rc::gen::inRange<int64_t>(1, 500'000), currency);
    Money paid = Money::Zero(currency);
    for (const Share& share : AllocateOldestFirst(amount, open)) {
      RC_ASSERT(share.amount.Sign() > 0);
      paid += share.amount;
    }
    RC_ASSERT(paid == std::min(amount, owed));
  }));
}

}  // namespace
}  // namespace continuo::billing::domain
