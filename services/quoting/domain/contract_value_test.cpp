#include "services/quoting/domain/contract_value.h"

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

constexpr Period kMonth{PeriodUnit::kMonth, 1};

TEST_CASE("What a year of a quote is worth") {
  struct Row {
    const char* rule;
    std::vector<ValuedLine> lines;
    const char* acv;
  };
  const auto eur = money::Currency::Parse("EUR").value();
  const auto amount = [&](const char* text) { return money::Money::Parse(text, eur).value(); };
  const auto monthly = [&](Period term) { return Recurrence{kMonth, term}; };
  const Row rows[] = {
      {"nothing is worth nothing", {}, "0.00"},
      {"one-off is not annual", {{amount("2500"), std::nullopt}}, "0.00"},
      {"three years are averaged", {{amount("72000"), monthly({PeriodUnit::kMonth, 36})}},
       "24000.00"},
      {"a year is itself", {{amount("12000"), monthly({PeriodUnit::kYear, 1})}}, "12000.00"},
      {"half a year is not made up to a whole",
       {{amount("12000"), monthly({PeriodUnit::kMonth, 6})}}, "12000.00"},
      {"eighteen months are a year and a half",
       {{amount("18000"), monthly({PeriodUnit::kMonth, 18})}}, "12000.00"},
      {"without an end, its first twelve months",
       {{amount("1200"), Recurrence{kMonth, std::nullopt}}}, "1200.00"},
      {"a ramp's segments are one line over all of their terms",
       {{amount("6000"), monthly({PeriodUnit::kMonth, 12}), "a"},
        {amount("12000"), monthly({PeriodUnit::kMonth, 12}), "a"},
        {amount("600"), monthly({PeriodUnit::kMonth, 6}), "b"},
        {amount("1200"), monthly({PeriodUnit::kMonth, 6}), "b"}},
       "10800.00"},
      {"each line by its own term, rounded once",
       {{amount("100.01"), monthly({PeriodUnit::kYear, 3})},
        {amount("100.01"), monthly({PeriodUnit::kYear, 3})},
        {amount("50"), monthly({PeriodUnit::kYear, 1})}},
       "116.67"},
  };
  for (const Row& row : rows) {
    INFO(row.rule);
    CHECK(AnnualContractValue(row.lines, eur).value().AmountText() == row.acv);
  }
}

}  // namespace
}  // namespace continuo::quoting::domain
