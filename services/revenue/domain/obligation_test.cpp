#include "services/revenue/domain/obligation.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::revenue::domain {
namespace {

using money::Money;

Money Eur(const char* amount) { return Money::Parse(amount, "EUR").value(); }

Obligation Sold(const char* sold, const char* ssp) {
  return {.sold = Eur(sold),
          .ssp = Eur(ssp),
          .voided = Eur("0.00"),
          .unserved = Eur("0.00"),
          .credited = Eur("0.00")};
}

TEST_CASE("a line's price falls by what is no longer billed and by what is given back") {
  struct Row {
    const char* title;
    const char* voided;
    const char* unserved;
    const char* credited;
    const char* price;
  };
  const std::vector<Row> rows = {
      {"as sold", "0.00", "0.00", "0.00", "1200.00"},
      {"cancelled, nothing billed ahead", "600.00", "0.00", "0.00", "600.00"},
      {"cancelled, part of what was billed not served", "600.00", "50.00", "0.00", "550.00"},
      {"the unserved part is credited: no second fall", "600.00", "50.00", "50.00", "550.00"},
      {"credited beyond it, as a favour", "600.00", "50.00", "70.00", "530.00"},
      {"credited alone", "0.00", "0.00", "100.00", "1100.00"},
      {"never below zero", "1200.00", "50.00", "0.00", "0.00"},
  };
  for (const Row& row : rows) {
    INFO(row.title);
    Obligation obligation = Sold("1200.00", "1200.00");
    obligation.voided = Eur(row.voided);
    obligation.unserved = Eur(row.unserved);
    obligation.credited = Eur(row.credited);
    CHECK(PriceOf(obligation) == Eur(row.price));
  }
}

TEST_CASE("a contract's price is allocated by standalone prices") {
  // Sold at a discount on the second: both obligations share it. 900 x 600/1,000 and 400/1,000.
  const std::vector<Obligation> obligations = {Sold("600.00", "600.00"), Sold("300.00", "400.00")};
  const ContractAllocation allocation = AllocateContract(obligations).value();
  CHECK(allocation.price == Eur("900.00"));
  CHECK(allocation.ssp == Eur("1000.00"));
  CHECK(allocation.allocated == std::vector<Money>{Eur("540.00"), Eur("360.00")});
}

TEST_CASE("what is served in part counts with that part of its standalone price") {
  // The second is cancelled half way: 600 + 150 over 600 : 200.
  std::vector<Obligation> obligations = {Sold("600.00", "600.00"), Sold("300.00", "400.00")};
  obligations[1].voided = Eur("150.00");
  const ContractAllocation allocation = AllocateContract(obligations).value();
  CHECK(allocation.ssps == std::vector<Money>{Eur("600.00"), Eur("200.00")});
  CHECK(allocation.allocated == std::vector<Money>{Eur("562.50"), Eur("187.50")});
}

TEST_CASE("what is given away counts with the part of its agreed days that is served") {
  using calendar::Date;
  using calendar::Period;
  struct Row {
    const char* title;
    std::optional<Period> service;
    std::optional<Date> agreed_end;
    const char* ssp;
    std::vector<const char*> allocated;
  };
  const Date start(2026, 1, 1), end(2029, 1, 1);
  const std::vector<Row> rows = {
      {"no dates yet", std::nullopt, std::nullopt, "600.00", {"800.00", "400.00"}},
      {"the whole term", Period{start, end}, end, "600.00", {"800.00", "400.00"}},
      {"cancelled before it began", Period{start, start}, end, "0.00", {"1200.00", "0.00"}},
      {"one month of 36: 31 of 1,096 days, 16.97", Period{start, Date(2026, 2, 1)}, end, "16.97",
       {"1183.27", "16.73"}},
      {"at acceptance, with nothing to cancel", Period{start, start.AddDays(1)}, std::nullopt,
       "600.00", {"800.00", "400.00"}},
  };
  for (const Row& row : rows) {
    INFO(row.title);
    std::vector<Obligation> obligations = {Sold("1200.00", "1200.00"), Sold("0.00", "600.00")};
    obligations[1].service = row.service;
    obligations[1].agreed_end = row.agreed_end;
    const ContractAllocation allocation = AllocateContract(obligations).value();
    CHECK(allocation.ssps[1] == Eur(row.ssp));
    CHECK(allocation.allocated ==
          std::vector<Money>{Eur(row.allocated[0]), Eur(row.allocated[1])});
  }
}

TEST_CASE("a credit is no less service: it lowers the price that all obligations share") {
  std::vector<Obligation> obligations = {Sold("600.00", "600.00"), Sold("400.00", "400.00")};
  obligations[1].credited = Eur("100.00");
  const ContractAllocation allocation = AllocateContract(obligations).value();
  CHECK(allocation.allocated == std::vector<Money>{Eur("540.00"), Eur("360.00")});
}

TEST_CASE("without standalone prices the lines' own prices are the weights") {
  const std::vector<Obligation> unpriced = {Sold("30.00", "0.00"), Sold("10.00", "0.00")};
  CHECK(AllocateContract(unpriced)->allocated == std::vector<Money>{Eur("30.00"), Eur("10.00")});
  const std::vector<Obligation> given_away = {Sold("0.00", "0.00"), Sold("0.00", "0.00")};
  CHECK(AllocateContract(given_away)->allocated == std::vector<Money>{Eur("0.00"), Eur("0.00")});
}

TEST_CASE("law: whatever was cancelled and credited, the parts sum to the price, none below zero") {
  CHECK(rc::check([] {
    const auto currency = Eur("0.00").currency();
    const auto amount = [&](int64_t below) {
      return Money::FromMinor(*rc::gen::inRange<int64_t>(0, below + 1), currency);
    };
    std::vector<Obligation> obligations;
    const int count = *rc::gen::inRange(1, 8);
    for (int i = 0; i < count; ++i) {
      const Money sold = amount(1'000'000);
      const Money voided = amount(sold.minor());
      const int64_t billed = sold.minor() - voided.minor();
      obligations.push_back({.sold = sold,
                             .ssp = amount(1'000'000),
                             .voided = voided,
                             .unserved = amount(billed),
                             .credited = amount(billed)});
    }
    const ContractAllocation allocation = AllocateContract(obligations).value();
    RC_ASSERT(money::Sum(allocation.allocated, currency).value() == allocation.price);
    RC_ASSERT(money::Sum(allocation.prices, currency).value() == allocation.price);
    for (const Money& part : allocation.allocated) RC_ASSERT(part.Sign() >= 0);
  }));
}

}  // namespace
}  // namespace continuo::revenue::domain
