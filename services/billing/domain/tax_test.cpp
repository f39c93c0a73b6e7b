#include "services/billing/domain/tax.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::billing::domain {
namespace {

using calendar::Date;
using money::Decimal;
using money::Money;

Money Eur(const char* amount) { return Money::Parse(amount, "EUR").value(); }
Decimal Rate(const char* percent) { return Decimal::Parse(percent).value(); }

const std::vector<TaxRate> kRates{
    {"DE", "DE", "standard", 16, Date(2020, 7, 1)},
    {"DE", "DE", "standard", 19, Date(2021, 1, 1)},
    {"DE", "DE", "standard", 19, Date(2007, 1, 1)},
    {"DE", "DE", "reduced", 7, Date(2007, 1, 1)},
    {"DE", "US", "standard", 0, Date(2007, 1, 1)},
};

TEST_CASE("the rate is the one that holds on the tax point") {
  struct Row {
    const char* customer;
    const char* code;
    Date tax_point;
    int rate;
  };
  // Germany's standard rate was 16 percent in the second half of 2020 (2. Corona-StHG).
  const Row row = GENERATE(Row{"DE", "standard", Date(2020, 6, 30), 19},
                           Row{"DE", "standard", Date(2020, 7, 1), 16},
                           Row{"DE", "standard", Date(2020, 12, 31), 16},
                           Row{"DE", "standard", Date(2021, 1, 1), 19},
                           Row{"DE", "reduced", Date(2026, 1, 1), 7},
                           Row{"US", "standard", Date(2026, 1, 1), 0});
  const auto rate = FindTaxRate(kRates, {.country = "DE",
                                         .customer_country = row.customer,
                                         .tax_code = row.code,
                                         .tax_point = row.tax_point});
  REQUIRE(rate);
  CHECK(*rate == Decimal(row.rate));
}

TEST_CASE("no row, no rate: nothing is assumed") {
  struct Row {
    const char* customer;
    const char* code;
    Date tax_point;
  };
  const Row row =
      GENERATE(Row{"DE", "standard", Date(2006, 12, 31)}, Row{"FR", "standard", Date(2026, 1, 1)},
               Row{"DE", "books", Date(2026, 1, 1)});
  const auto rate = FindTaxRate(kRates, {.country = "DE",
                                         .customer_country = row.customer,
                                         .tax_code = row.code,
                                         .tax_point = row.tax_point});
  REQUIRE_FALSE(rate);
  CHECK(rate.error().reason == "TAX_RATE_MISSING");
  CHECK(rate.error().metadata.at("tax_code") == row.code);
}

TEST_CASE("tax is rounded half up, away from zero") {
  struct Row {
    const char* base;
    const char* rate;
    const char* tax;
    const char* source;
  };
  const Row row = GENERATE(
      Row{"35.71", "20", "7.14", "lago-api 1b1c24a6 terminate_pay_in_advance_spec"},
      Row{"154.67", "25", "38.67", "lago-api 1b1c24a6 credit_note_rounding_spec"},
      Row{"25.71", "23.33", "6.00", "lago-api 1b1c24a6 credit_note_rounding_spec"},
      Row{"1.50", "19", "0.29", "0.285 up"}, Row{"-1.50", "19", "-0.29", "-0.285 away from zero"},
      Row{"0.02", "19", "0.00", "below half"}, Row{"0.00", "19", "0.00", "nothing of nothing"});
  CAPTURE(row.source);
  CHECK(TaxOn(Eur(row.base), Rate(row.rate)).value() == Eur(row.tax));
}

TEST_CASE("tax is computed once for each code and rate, on the sum of the lines") {
  const std::vector<TaxableLine> lines{{"standard", 19, Eur("10.01")},
                                       {"reduced", 7, Eur("5.00")},
                                       {"standard", 19, Eur("10.01")},
                                       {"standard", 16, Eur("1.00")}};
  const auto taxes = TaxByRate(lines).value();
  const std::vector<RateTax> expected{
      {"reduced", 7, Eur("5.00"), Eur("0.35")},
      {"standard", 16, Eur("1.00"), Eur("0.16")},
      {"standard", 19, Eur("20.02"), Eur("3.80")},  // 2 x 1.90 by line; 3.8038 on the sum
  };
  CHECK(taxes == expected);
}

TEST_CASE("or on each line, where the documents' lines show their own tax") {
  const std::vector<TaxableLine> lines{{"standard", 19, Eur("10.03")},
                                       {"standard", 19, Eur("10.03")}};
  CHECK(TaxByRate(lines).value()[0].tax == Eur("3.81"));  // 3.8114 on the sum
  const auto per_line = TaxByRate(lines, TaxRounding::kPerLine).value();
  CHECK(per_line == std::vector<RateTax>{{"standard", 19, Eur("20.06"), Eur("3.82")}});
}

TEST_CASE("the demo's first invoice") {
  // 50 seats at 20.00 a month, yearly support and an installation, Germany, 19 percent.
  const std::vector<TaxableLine> lines{{"standard", 19, Eur("1000.00")},
                                       {"standard", 19, Eur("2400.00")},
                                       {"standard", 19, Eur("1500.00")}};
  const auto taxes = TaxByRate(lines).value();
  REQUIRE(taxes.size() == 1);
  CHECK(taxes[0].base == Eur("4900.00"));
  CHECK(taxes[0].tax == Eur("931.00"));
}

TEST_CASE("law: the bases sum to the lines") {
  CHECK(rc::check([] {
    const auto count = *rc::gen::inRange(0, 30);
    std::vector<TaxableLine> lines;
    Money net = Money::Zero(Eur("0.00").currency());
    for (int i = 0; i < count; ++i) {
      const Money amount =
          Money::FromMinor(*rc::gen::inRange<int64_t>(-1'000'000, 1'000'000), net.currency());
      lines.push_back({"standard", *rc::gen::element(0, 7, 19), amount});
      net += amount;
    }
    const std::vector<RateTax> taxes = TaxByRate(lines).value();
    for (const RateTax& tax : taxes) net -= tax.base;
    RC_ASSERT(net.IsZero());
  }));
}

}  // namespace
}  // namespace continuo::billing::domain
