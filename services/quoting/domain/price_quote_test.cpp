#include "services/quoting/domain/price_quote.h"

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

using money::Decimal;
using money::Money;
using pricing::Model;
using pricing::PriceTable;

const money::Currency kEur = money::Currency::Parse("EUR").value();

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }
Money Eur(std::string_view amount) { return Money::Parse(amount, "EUR").value(); }
const Recurrence kMonthly3Years{{PeriodUnit::kMonth, 1}, Period{PeriodUnit::kMonth, 36}};
const Recurrence kYearly3Years{{PeriodUnit::kYear, 1}, Period{PeriodUnit::kYear, 3}};

LineFacts OneOff(std::string_view unit_price, std::string_view quantity) {
  return {.table = {Model::kFlat, D(unit_price), {}},
          .quantity = D(quantity),
          .discount_amount = Eur("0.00")};
}
LineFacts Recurring(std::string_view unit_price, std::string_view quantity,
                    const Recurrence& recurrence) {
  LineFacts line = OneOff(unit_price, quantity);
  line.recurrence = recurrence;
  return line;
}

std::vector<std::string> Amounts(const QuotePrice& price) {
  std::vector<std::string> amounts;
  for (const LinePrice& line : price.lines) amounts.push_back(line.net_amount.AmountText());
  return amounts;
}

TEST_CASE("A line's net amount") {
  struct Row {
    const char* rule;
    const char* unit_price;
    const char* quantity;
    const char* percent;
    const char* amount;
    const char* header;
    const char* net;
  };
  const Row row = GENERATE(values<Row>({
      {"list price only", "20", "50", "0", "0.00", "0", "1000.00"},
      {"line percentage", "20", "50", "10", "0.00", "0", "900.00"},
      {"line amount comes after the percentage", "20", "50", "10", "50.00", "0", "850.00"},
      {"header percentage comes last", "20", "50", "10", "50.00", "20", "680.00"},
      {"all of it", "20", "50", "100", "0.00", "0", "0.00"},
      {"half a cent goes up", "0.125", "1", "0", "0.00", "0", "0.13"},
      {"rounded once: 10.005 less 10 % is 9.0045", "10.005", "1", "0", "0.00", "10", "9.00"},
      {"a third of a cent is carried exactly", "0.01", "1", "33.33333333", "0.00", "0", "0.01"},
      {"no quantity, no amount", "20", "0", "10", "0.00", "5", "0.00"},
  }));
  INFO(row.rule);
  LineFacts line = OneOff(row.unit_price, row.quantity);
  line.discount_percent = D(row.percent);
  line.discount_amount = Eur(row.amount);
  const Result<QuotePrice> price = PriceQuote({&line, 1}, D(row.header), kEur);
  REQUIRE(price);
  CHECK(price->lines[0].net_amount == Eur(row.net));
}

TEST_CASE("A header discount is distributed over what is billed together, by largest remainder") {
  SECTION("three equal lines: 9.99 less 10 % is 8.991, so 8.99") {
    const std::vector<LineFacts> lines(3, OneOff("3.33", "1"));
    const QuotePrice price = PriceQuote(lines, D("10"), kEur).value();
    CHECK(Amounts(price) == std::vector<std::string>{"3.00", "3.00", "2.99"});
    CHECK(price.totals.one_off == Eur("8.99"));
  }
  SECTION("5.58 less 7 % is 5.19, over 0.93, 1.86 and 2.79") {
    const std::vector<LineFacts> lines{OneOff("0.93", "1"), OneOff("1.86", "1"),
                                       OneOff("2.79", "1")};
    const QuotePrice price = PriceQuote(lines, D("7"), kEur).value();
    // sum 5.1894 -> 5.19, shared 1 : 2 : 3 as 0.865, 1.73, 2.595: one cent is left, the tie goes
    // to the earlier line
    CHECK(Amounts(price) == std::vector<std::string>{"0.87", "1.73", "2.59"});
  }
  SECTION("one-off and recurring lines are distributed apart") {
    const std::vector<LineFacts> lines{OneOff("3.33", "1"), OneOff("3.33", "1"),
                                       Recurring("3.33", "1", kMonthly3Years)};
    const QuotePrice price = PriceQuote(lines, D("10"), kEur).value();
    // one-off 5.994 -> 5.99; monthly 2.997 -> 3.00
    CHECK(Amounts(price) == std::vector<std::string>{"3.00", "2.99", "3.00"});
  }
  SECTION("everything off") {
    const std::vector<LineFacts> lines(2, OneOff("3.33", "1"));
    CHECK(Amounts(PriceQuote(lines, D("100"), kEur).value()) ==
          std::vector<std::string>{"0.00", "0.00"});
  }
}

TEST_CASE("The demo deal: 50 seats, installation, support") {
  LineFacts licence = Recurring("20", "50", kMonthly3Years);
  licence.discount_percent = D("10");
  LineFacts support = Recurring("1200", "1", kYearly3Years);
  support.level = pricing::ServiceLevelFactor{"gold", D("1.5")};
  const std::vector<LineFacts> lines{OneOff("2500", "1"), licence, support};
  const QuotePrice price = PriceQuote(lines, D("0"), kEur).value();

  CHECK(Amounts(price) == std::vector<std::string>{"2500.00", "900.00", "1800.00"});
  CHECK(price.lines[1].periods == 36);
  CHECK(price.lines[1].term_total == Eur("32400.00"));
  CHECK(price.lines[1].list_term_total == Eur("36000.00"));
  CHECK(price.lines[1].net_unit_price == D("18"));
  CHECK(price.lines[1].list_unit_price == D("20"));
  CHECK(price.lines[2].list_amount == Eur("1800.00"));
  CHECK(price.lines[2].term_total == Eur("5400.00"));
  CHECK(price.totals.one_off == Eur("2500.00"));
  CHECK(price.totals.monthly == Eur("1050.00"));
  CHECK(price.totals.yearly == Eur("12600.00"));
  CHECK(price.totals.term_total == Eur("40300.00"));
  CHECK(price.totals.list_term_total == Eur("43900.00"));
  CHECK(price.totals.effective_discount_percent == D("8.2005"));
}

LineFacts OfLines(std::string_view percent, PercentageBasis basis,
                  std::optional<Recurrence> recurrence = {}) {
  LineFacts line = OneOff("0", "1");
  line.table = {.model = Model::kPercentageOfLines, .percent = D(percent)};
  line.basis = basis;
  line.recurrence = recurrence;
  return line;
}

TEST_CASE("A percentage of other lines") {
  LineFacts licence = OneOff("1000", "1");
  licence.discount_percent = D("20");
  const LineFacts seats = Recurring("10", "10", kMonthly3Years);
  const Recurrence yearly = kYearly3Years;
  const auto amount = [&](LineFacts percentage) {
    const std::vector<LineFacts> lines{percentage, licence, seats, OfLines("50", {})};
    return PriceQuote(lines, D("0"), kEur).value().lines[0].net_amount.AmountText();
  };
  SECTION("of one line, at list and at net") {
    LineFacts line = OfLines("18", PercentageBasis::kList, yearly);
    line.covers = {1};
    CHECK(amount(line) == "180.00");
    line.basis = PercentageBasis::kNet;
    CHECK(amount(line) == "144.00");
  }
  SECTION("of what recurs, in its own period") {
    LineFacts line = OfLines("18", PercentageBasis::kList, yearly);
    line.covers = {2};
    CHECK(amount(line) == "216.00");  // 100 a month are 1200 a year
    line.recurrence = kMonthly3Years;
    CHECK(amount(line) == "18.00");
  }
  SECTION("once, of what recurs: its whole term") {
    LineFacts line = OfLines("10", PercentageBasis::kList);
    line.covers = {2};
    CHECK(amount(line) == "360.00");
  }
  SECTION("of all that are no percentages themselves, where it covers none") {
    CHECK(amount(OfLines("10", PercentageBasis::kList, yearly)) == "220.00");
  }
  SECTION("the header's discount comes off the percentage, as off every line") {
    const std::vector<LineFacts> lines{OfLines("10", PercentageBasis::kNet), OneOff("100", "1")};
    CHECK(Amounts(PriceQuote(lines, D("50"), kEur).value()) ==
          std::vector<std::string>{"5.00", "50.00"});
  }
}

TEST_CASE("Every step of the way is kept") {
  LineFacts line = Recurring("20", "50", kMonthly3Years);
  line.discount_percent = D("10");
  line.discount_amount = Eur("50.00");
  const QuotePrice price = PriceQuote({&line, 1}, D("2.5"), kEur).value();
  std::vector<std::string> steps;
  const pricing::Waterfall way = Explain(line, price.lines[0], D("2.5"));
  for (const pricing::Step& step : way.steps()) {
    steps.push_back(std::string(step.name) + " " + step.BeforeText() + " -> " + step.AfterText());
  }
  CHECK(steps == std::vector<std::string>{"list 0 -> 1000", "line_discount 1000 -> 900",
                                          "line_amount 900 -> 850",
                                          "header_discount 850 -> 828.75",
                                          "rounding 828.75 -> 828.75"});
}

TEST_CASE("The standalone selling price is the product's, or the list") {
  LineFacts line = Recurring("20", "50", kMonthly3Years);
  line.discount_percent = D("10");
  CHECK(PriceQuote({&line, 1}, D("0"), kEur)->lines[0].ssp_total == Eur("36000.00"));
  line.ssp_unit_price = D("19");
  CHECK(PriceQuote({&line, 1}, D("0"), kEur)->lines[0].ssp_total == Eur("34200.00"));
}

TEST_CASE("What cannot be priced is refused, and the line named") {
  LineFacts good = OneOff("20", "1");
  LineFacts too_much = good;
  too_much.discount_amount = Eur("20.01");
  LineFacts outside = good;
  outside.table = {Model::kVolume, {}, {{D("10"), D("5"), D("0"), std::nullopt}}};
  outside.quantity = D("11");
  const std::vector<LineFacts> discount{good, too_much};
  const std::vector<LineFacts> band{good, outside};
  CHECK(PriceQuote(discount, D("0"), kEur).error().reason == "DISCOUNT_EXCEEDS_PRICE");
  CHECK(PriceQuote(discount, D("0"), kEur).error().metadata.at("line") == "1");
  CHECK(PriceQuote(band, D("0"), kEur).error().reason == "PRODUCT_HAS_NO_PRICE");
}

TEST_CASE("A recurring line counts its whole billing periods") {
  struct Row {
    const char* rule;
    Recurrence recurrence;
    int periods;
    const char* monthly_of_1200;  // an amount of 1200 for one billing period
  };
  using enum PeriodUnit;
  const Row row = GENERATE(values<Row>({
      {"monthly for 36 months", {{kMonth, 1}, Period{kMonth, 36}}, 36, "1200.00"},
      {"quarterly for a year", {{kQuarter, 1}, Period{kYear, 1}}, 4, "400.00"},
      {"every 6 months for 15: the stub is none", {{kMonth, 6}, Period{kMonth, 15}}, 2, "200.00"},
      {"yearly for 3 years", {{kYear, 1}, Period{kYear, 3}}, 3, "100.00"},
      {"weekly for a year", {{kWeek, 1}, Period{kYear, 1}}, 52, "5214.29"},
      {"daily for a week", {{kDay, 1}, Period{kWeek, 1}}, 7, "36500.00"},
      {"without an end: twelve months count", {{kMonth, 1}, std::nullopt}, 12, "1200.00"},
      {"a term shorter than a period", {{kYear, 1}, Period{kMonth, 6}}, 0, "100.00"},
  }));
  INFO(row.rule);
  const LineFacts line = Recurring("1200", "1", row.recurrence);
  const QuotePrice price = PriceQuote({&line, 1}, D("0"), kEur).value();
  CHECK(price.lines[0].periods == row.periods);
  CHECK(price.totals.monthly == Eur(row.monthly_of_1200));
  CHECK(price.totals.one_off == Eur("0.00"));
}

}  // namespace
}  // namespace continuo::quoting::domain
