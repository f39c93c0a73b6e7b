#include "services/billing/domain/plan_invoices.h"

#include "libs/testing/catch/catch.h"

namespace continuo::billing::domain {
namespace {

using calendar::Date;
using money::Money;

Date Day(const char* text) { return Date::Parse(text).value(); }
Money Eur(const char* text) { return Money::Parse(text, "EUR").value(); }

const std::vector<TaxRate> kRates{
    {"DE", "DE", "standard", money::Decimal(19), Day("2020-01-01")},
    {"DE", "DE", "standard", money::Decimal(21), Day("2026-03-01")},
    {"DE", "DE", "reduced", money::Decimal(7), Day("2020-01-01")}};
const BillingParties kParties{"DE", "DE"};

ItemToBill Item(const char* bill_on, const char* amount, const char* tax_code = "standard",
                int payment_days = 30) {
  return {Day(bill_on), Eur(amount), tax_code, payment_days};
}

std::vector<PlannedInvoice> Planned(const std::vector<ItemToBill>& items,
                                    const char* known_on = "2026-01-15",
                                    const BillingParties& parties = kParties) {
  return PlanInvoices(items, parties, kRates, Day(known_on)).value();
}

}  // namespace

TEST_CASE("Each day has one invoice of all that is billed on it, its tax rounded once") {
  const auto planned = Planned({Item("2026-02-01", "10.01"), Item("2026-01-20", "3600.00"),
                                Item("2026-02-01", "10.01"), Item("2026-02-01", "1.00", "reduced")});
  REQUIRE(planned.size() == 2);
  CHECK(planned[0].issue_on == Day("2026-01-20"));
  CHECK(planned[0].net == Eur("3600.00"));
  CHECK(planned[0].tax == Eur("684.00"));
  CHECK(planned[1].items == std::vector<size_t>{0, 2, 3});
  CHECK(planned[1].net == Eur("21.02"));
  CHECK(planned[1].tax == Eur("3.87"));  // 3.80 of 20.02, not twice 1.90, and 0.07
}

TEST_CASE("What was billable before it was known is billed on the day it is known") {
  const auto planned = Planned({Item("2026-02-01", "1.00"), Item("2026-01-01", "2.00"),
                                Item("2026-02-20", "4.00")}, "2026-02-10");
  REQUIRE(planned.size() == 2);
  CHECK(planned[0].issue_on == Day("2026-02-10"));
  CHECK(planned[0].items == std::vector<size_t>{1, 0});
  CHECK(planned[0].net == Eur("3.00"));
  CHECK(planned[1].issue_on == Day("2026-02-20"));
}

TEST_CASE("The longest payment term of its items holds, and the rate of its own day") {
  const auto planned = Planned({Item("2026-03-01", "100.00", "standard", 14),
                                Item("2026-03-01", "100.00", "standard", 60)});
  REQUIRE(planned.size() == 1);
  CHECK(planned[0].due_on == Day("2026-04-30"));
  CHECK(planned[0].tax == Eur("42.00"));
  CHECK(planned[0].tax_rates == std::vector<money::Decimal>{21, 21});
}

TEST_CASE("What a run would set aside says why") {
  const auto no_rate = Planned({Item("2026-02-01", "1.00", "books")});
  CHECK(no_rate.at(0).set_aside_code == "TAX_RATE_MISSING");
  CHECK(no_rate.at(0).net == Eur("1.00"));
  CHECK(no_rate.at(0).tax.IsZero());
  CHECK(no_rate.at(0).tax_rates.empty());
  const auto no_country = Planned({Item("2026-02-01", "1.00")}, "2026-01-15", {"DE", ""});
  CHECK(no_country.at(0).set_aside_code == "ACCOUNT_WITHOUT_COUNTRY");
}

}  // namespace continuo::billing::domain
