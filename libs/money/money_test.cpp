#include "libs/money/money.h"

#include <rapidcheck.h>

#include <optional>

#include "libs/testing/catch/catch.h"

namespace continuo::money {
namespace {

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }
Currency C(std::string_view code) { return Currency::Parse(code).value(); }
Money M(std::string_view amount, std::string_view code = "EUR") {
  return Money::Parse(amount, code).value();
}

Decimal AnyDecimal() {
  const __int128 high = *rc::gen::arbitrary<std::int32_t>();
  const __int128 low = *rc::gen::arbitrary<std::int32_t>();
  const __int128 most = *rc::gen::element<std::int64_t>(1, 1'000, 100'000'000, 9'000'000'000);
  return Decimal::FromScaled(high * most + low);
}

TEST_CASE("A decimal has one canonical text") {
  const auto [text, canonical] = GENERATE(table<std::string, std::string>({
      {"0", "0"},
      {"-0", "0"},
      {"-0.00", "0"},
      {"12.50", "12.5"},
      {"12.00000000", "12"},
      {"-0.00000001", "-0.00000001"},
      {"0.1", "0.1"},
      {"100", "100"},
      {"-100.010", "-100.01"},
      {"999999999999999999.99999999", "999999999999999999.99999999"},
      {"-999999999999999999.99999999", "-999999999999999999.99999999"},
  }));
  CHECK(D(text).ToString() == canonical);
}

TEST_CASE("What is not exactly a decimal is refused") {
  const auto text =
      GENERATE(as<std::string>(), "", "-", ".", "+1", "1.", ".5", "-.5", "1e3", "1E3", "0x10", " 1",
               "1 ", "1,5", "1.2.3", "--1", "007", "00.5", "NaN", "inf", "1.123456789",
               "1.000000000", "1000000000000000000", std::string(400, '9'), std::string(400, '0'),
               "0." + std::string(400, '1'), std::string("1\0", 2), "\xd9\xa1");
  INFO(text);
  const auto parsed = Decimal::Parse(text);
  REQUIRE_FALSE(parsed.has_value());
  CHECK(parsed.error().violations[0].code == "INVALID_DECIMAL");
  CHECK(parsed.error().message.size() < 300);
}

TEST_CASE("Decimals survive their text") {
  CHECK(rc::check([] {
    const Decimal decimal = AnyDecimal();
    RC_ASSERT(D(decimal.ToString()) == decimal);
  }));
}

TEST_CASE("Each rounding mode has its way with halves and signs") {
  const auto exact =
      GENERATE(as<std::string>(), "0.125", "-0.125", "0.135", "-0.135", "0.121", "-0.129", "0.12");
  const auto expected = std::map<std::string, std::vector<std::string>>{
      // half up, half even, half down, up, down, ceiling, floor
      {"0.125", {"0.13", "0.12", "0.12", "0.13", "0.12", "0.13", "0.12"}},
      {"-0.125", {"-0.13", "-0.12", "-0.12", "-0.13", "-0.12", "-0.12", "-0.13"}},
      {"0.135", {"0.14", "0.14", "0.13", "0.14", "0.13", "0.14", "0.13"}},
      {"-0.135", {"-0.14", "-0.14", "-0.13", "-0.14", "-0.13", "-0.13", "-0.14"}},
      {"0.121", {"0.12", "0.12", "0.12", "0.13", "0.12", "0.13", "0.12"}},
      {"-0.129", {"-0.13", "-0.13", "-0.13", "-0.13", "-0.12", "-0.12", "-0.13"}},
      {"0.12", {"0.12", "0.12", "0.12", "0.12", "0.12", "0.12", "0.12"}}};
  const Rounding modes[] = {Rounding::kHalfUp, Rounding::kHalfEven, Rounding::kHalfDown,
                            Rounding::kUp,     Rounding::kDown,     Rounding::kCeiling,
                            Rounding::kFloor};
  for (std::size_t mode = 0; mode < std::size(modes); ++mode) {
    INFO(exact << " in mode " << mode);
    CHECK(Round(D(exact), C("EUR"), modes[mode]).value().AmountText() == expected.at(exact)[mode]);
    // The same through arbitrary precision: a factor and its inverse that leave 128 bits between.
    const Ratio huge = Ratio::Of(static_cast<__int128>(1) << 120, 3);
    CHECK(Round(D(exact) * huge * huge / huge / huge, C("EUR"), modes[mode]).value().AmountText() ==
          expected.at(exact)[mode]);
  }
}

TEST_CASE("Rounding moves an amount by less than a unit, to the nearest by at most half") {
  CHECK(rc::check([] {
    const Ratio exact = Ratio(*rc::gen::arbitrary<std::int32_t>()) / *rc::gen::inRange(1, 100000);
    const auto mode = static_cast<Rounding>(*rc::gen::inRange(0, 7));
    const Ratio moved = (Round(exact, C("EUR"), mode).value().ToRatio() - exact).Absolute();
    RC_ASSERT(moved < Ratio::Of(1, 100));
    if (mode <= Rounding::kHalfDown) RC_ASSERT(moved <= Ratio::Of(1, 200));
  }));
}

TEST_CASE("Ratios are exact beyond 128 bits, and return to them") {
  const Ratio third = Ratio::Of(1, 3);
  CHECK(third * 3 == Ratio(1));
  Ratio product = 1;
  for (int i = 0; i < 40; ++i) product *= D("999999999999999999.99999999");
  for (int i = 0; i < 40; ++i) product = product / D("999999999999999999.99999999");
  CHECK(product == Ratio(1));
  CHECK(product.ToString() == "1/1");
  const __int128 lowest = static_cast<__int128>(1) << 127;
  CHECK((Ratio::Of(lowest, 1) + 1) - Ratio::Of(lowest, 1) == Ratio(1));
  CHECK(Ratio::Of(lowest, lowest) == Ratio(1));
  CHECK(-(-Ratio::Of(lowest, 1)) == Ratio::Of(lowest, 1));
}

TEST_CASE("Ratios obey the laws of a field and of an order") {
  CHECK(rc::check([] {
    const auto any = [] {
      return AnyDecimal() / Decimal::FromScaled(*rc::gen::nonZero<std::int64_t>());
    };
    const Ratio a = any(), b = any(), c = any();
    RC_ASSERT((a + b) + c == a + (b + c));
    RC_ASSERT(a * (b + c) == a * b + a * c);
    RC_ASSERT(a - b + b == a);
    if (!b.IsZero()) RC_ASSERT(a / b * b == a);
    RC_ASSERT((a < b) == (b - a).Sign() > 0);
  }));
}

TEST_CASE("Every active currency has its exponent") {
  const auto [code, exponent] = GENERATE(table<std::string, int>({{"EUR", 2},
                                                                  {"USD", 2},
                                                                  {"GBP", 2},
                                                                  {"JPY", 0},
                                                                  {"KRW", 0},
                                                                  {"ISK", 0},
                                                                  {"BHD", 3},
                                                                  {"KWD", 3},
                                                                  {"TND", 3},
                                                                  {"CLF", 4},
                                                                  {"UYW", 4},
                                                                  {"XCG", 2},
                                                                  {"HUF", 2},
                                                                  {"XOF", 0}}));
  CHECK(C(code).exponent() == exponent);
}

TEST_CASE("An unknown currency is refused") {
  const auto code = GENERATE(as<std::string>(), "", "eur", "EU", "EURO", "XXX", "XAU", "XTS", "HRK",
                             "ZZZ", "E\0R");
  CHECK_FALSE(Currency::Parse(code).has_value());
}

TEST_CASE("Every currency is found by its code") {
  for (const Currency currency : Currency::All()) CHECK(C(currency.code()) == currency);
  CHECK(Currency() != C("EUR"));
}

TEST_CASE("Money is read with the places of its currency") {
  const auto [amount, currency, minor, text] =
      GENERATE(table<std::string, std::string, std::int64_t, std::string>(
          {{"1234.50", "EUR", 123450, "1234.50"},
           {"1234.5", "EUR", 123450, "1234.50"},
           {"-0.05", "EUR", -5, "-0.05"},
           {"0", "EUR", 0, "0.00"},
           {"1200", "JPY", 1200, "1200"},
           {"1.234", "KWD", 1234, "1.234"},
           {"0.0001", "CLF", 1, "0.0001"},
           {"9999999999999.99", "EUR", 999999999999999, "9999999999999.99"}}));
  const Money money = M(amount, currency);
  CHECK(money.minor() == minor);
  CHECK(money.AmountText() == text);
  CHECK(money.ToString() == text + " " + currency);
  CHECK(money.ToDecimal() == D(amount));
}

TEST_CASE("Money that its currency cannot hold is refused by name") {
  const auto [amount, currency, code] = GENERATE(table<std::string, std::string, std::string>(
      {{"1.005", "EUR", "TOO_MANY_PLACES"},
       {"1.000", "EUR", "TOO_MANY_PLACES"},
       {"1.0", "JPY", "TOO_MANY_PLACES"},
       {"10000000000000", "EUR", "AMOUNT_OUT_OF_RANGE"},
       {"-999999999999999999", "EUR", "AMOUNT_OUT_OF_RANGE"},
       {"ten", "EUR", "INVALID_DECIMAL"},
       {"1", "XYZ", "UNKNOWN_CURRENCY"}}));
  const auto parsed = Money::Parse(amount, currency);
  REQUIRE_FALSE(parsed.has_value());
  CHECK(parsed.error().violations[0].code == code);
}

TEST_CASE("Money survives its text, to the ends of 64 bits") {
  CHECK(rc::check([] {
    const Currency currency =
        *rc::gen::elementOf(std::vector<Currency>(Currency::All().begin(), Currency::All().end()));
    const Money money =
        Money::FromMinor(*rc::gen::inRange(-Money::kMaxMinor, Money::kMaxMinor), currency);
    RC_ASSERT(Money::Parse(money.AmountText(), currency).value() == money);
    RC_ASSERT(Round(money.ToRatio(), currency).value() == money);
  }));
  CHECK(Money::FromMinor(INT64_MIN, C("EUR")).AmountText() == "-92233720368547758.08");
}

TEST_CASE("Sums refuse other currencies and totals beyond 64 bits") {
  CHECK(Add(M("1.00"), M("2.50")).value() == M("3.50"));
  CHECK(Add(M("1.00"), M("1.00", "USD")).error().reason == "CURRENCY_MISMATCH");
  const Money most = Money::FromMinor(INT64_MAX, C("EUR"));
  CHECK(Add(most, M("0.01")).error().reason == "AMOUNT_OUT_OF_RANGE");
  CHECK(Subtract(-most, M("0.02")).error().reason == "AMOUNT_OUT_OF_RANGE");
  CHECK(Sum(std::vector<Money>{}, C("EUR")).value() == M("0"));
  CHECK(Sum(std::vector{M("1.00"), M("2.00")}, C("EUR")).value() == M("3.00"));
}

TEST_CASE("A calculated amount that is too large is a fault, never another number") {
  const Decimal most = D("999999999999999999.99999999");
  CHECK(Round(most * most, C("EUR")).error().reason == "AMOUNT_OUT_OF_RANGE");
  CHECK(RoundToDecimal(most * most, 8).error().reason == "NUMBER_OUT_OF_RANGE");
  CHECK(RoundToDecimal(most * 2, 0).error().reason == "NUMBER_OUT_OF_RANGE");
  CHECK(RoundToDecimal(Ratio::Of(2, 3), 4).value() == D("0.6667"));
}

TEST_CASE("Two rounded percentages: each credit line and its tax round by themselves") {
  struct Row {
    std::string source;
    Money price;
    Ratio unused;
    Decimal tax_percent;
    Money net, tax;
  };
  const auto row = GENERATE(values<Row>({
      {"lago-api terminate_pay_in_advance_spec.rb", M("50.00"), Ratio::Of(20, 28), D("20"),
       M("35.71"), M("7.14")},
      {"lago-api credit_note_rounding_spec.rb, both parts up", M("160.00"), Ratio::Of(29, 30),
       D("25"), M("154.67"), M("38.67")},
      {"lago-api credit_note_rounding_spec.rb, odd rate", M("29.99"), Ratio::Of(6, 7), D("23.33"),
       M("25.71"), M("6.00")},
  }));
  INFO(row.source);
  const Money net = Round(row.price.ToRatio() * row.unused, row.price.currency()).value();
  CHECK(net == row.net);
  CHECK(PercentOf(net, row.tax_percent).value() == row.tax);
}

TEST_CASE("Chained plan changes: a new plan's part and the credit of the old one's unused part") {
  // Kill Bill, TestIntegrationInvoiceWithRepairLogic: testMultiplePartialRepairs,
  // testSimplePartialRepair...
  const auto [price, days, of, expected] =
      GENERATE(table<std::string, int, int, std::string>({{"9.95", 25, 31, "8.02"},
                                                          {"29.95", 24, 31, "23.19"},
                                                          {"9.95", 30, 31, "9.63"},
                                                          {"599.95", 25, 31, "483.83"},
                                                          {"249.95", 30, 31, "241.89"}}));
  CHECK(Round(M(price).ToRatio() * Ratio::Of(days, of), C("EUR")).value() == M(expected));
}

TEST_CASE(
    "A daily rate of an old term, times the days of a new one, times an uplift, is rounded once") {
  // IBM Emptoris, co-termination calculations: 6000 / 181 days * 306 days * 1.10.
  CHECK(Round(D("6000") * Ratio::Of(306, 181) * D("1.10"), C("USD")).value() ==
        M("11158.01", "USD"));
}

TEST_CASE("An exchange is one rounding in the other currency") {
  CHECK(Convert(M("100.00"), D("162.355"), C("JPY")).value() == M("16236", "JPY"));
  CHECK(Round(RemainingAfter(D("12.5")) * 80, C("EUR")).value() == M("70.00"));
}

}  // namespace
}  // namespace continuo::money
