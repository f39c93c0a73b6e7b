// What holds of every quote, whatever its lines are.
#include <rapidcheck.h>

#include <algorithm>
#include <tuple>

#include "libs/testing/catch/catch.h"
#include "services/quoting/domain/price_quote.h"

namespace continuo::quoting::domain {
namespace {

using money::Decimal;
using money::Money;
using money::Ratio;
using pricing::Model;
using pricing::PriceTable;

const money::Currency kEur = money::Currency::Parse("EUR").value();
const Money kNothing = Money::Zero(kEur);

Decimal Between(int64_t low, int64_t high, int64_t step) {
  return Decimal::FromScaled(*rc::gen::inRange<int64_t>(low, high) * step);
}
Decimal AnyPrice() { return Between(0, 50'000, 12'345); }           // to 6.17 with eight places
Decimal PriceInCents() { return Between(0, 50'000, 1'000'000); }    // to 500.00
Decimal AnyPercent() { return Between(0, 10'001, 1'000'000); }      // to 100.00

PriceTable AnyTable(Decimal (*price)()) {
  PriceTable table{.model = *rc::gen::element(Model::kFlat, Model::kVolume, Model::kGraduated)};
  table.unit_price = price();
  table.bands = {{Decimal(10), price(), price(), std::nullopt},
                 {Decimal(40), price(), price(), std::nullopt},
                 {std::nullopt, price(), price(), std::nullopt}};
  return table;
}

std::optional<Recurrence> AnyRecurrence() {
  using enum PeriodUnit;
  return *rc::gen::element<std::optional<Recurrence>>(
      std::nullopt, Recurrence{{kMonth, 1}, Period{kMonth, 12}},
      Recurrence{{kMonth, 1}, Period{kMonth, 36}}, Recurrence{{kQuarter, 1}, Period{kYear, 2}},
      Recurrence{{kWeek, 2}, Period{kWeek, 20}});
}

LineFacts AnyLine(Decimal (*price)()) {
  LineFacts line{.table = AnyTable(price),
                 .recurrence = AnyRecurrence(),
                 .quantity = *rc::gen::inRange(0, 120),
                 .discount_percent = *rc::gen::arbitrary<bool>() ? AnyPercent() : Decimal(0),
                 .discount_amount = kNothing};
  line.is_superseded = line.recurrence && *rc::gen::inRange(0, 4) == 0;
  return line;
}

std::vector<LineFacts> AnyLines(Decimal (*price)()) {
  std::vector<LineFacts> lines(*rc::gen::inRange<size_t>(1, 9));
  for (LineFacts& line : lines) line = AnyLine(price);
  return lines;
}

QuotePrice Priced(const std::vector<LineFacts>& lines, Decimal header) {
  return PriceQuote(lines, header, kEur).value();
}

bool SameTotals(const QuoteTotals& a, const QuoteTotals& b) {
  return std::tie(a.one_off, a.monthly, a.yearly, a.term_total, a.list_one_off, a.list_monthly,
                  a.list_yearly, a.list_term_total, a.effective_discount_percent) ==
         std::tie(b.one_off, b.monthly, b.yearly, b.term_total, b.list_one_off, b.list_monthly,
                  b.list_yearly, b.list_term_total, b.effective_discount_percent);
}

// The exact way of a line up to where the header's discount has come off it.
Ratio ExactOf(const LineFacts& line, const LinePrice& price, Decimal header) {
  const pricing::Waterfall way = Explain(line, price, header);
  return way.steps().back().before;
}

}  // namespace

TEST_CASE("Parts sum to the whole: every total is that of its lines, and no cent is lost or made") {
  CHECK(rc::check([] {
    const std::vector<LineFacts> lines = AnyLines(AnyPrice);
    const Decimal header = AnyPercent();
    const QuotePrice price = Priced(lines, header);
    Money one_off = kNothing, term = kNothing;
    Ratio exact;
    for (size_t i = 0; i < lines.size(); ++i) {
      RC_ASSERT(price.lines[i].term_total.ToRatio() ==
                price.lines[i].net_amount.ToRatio() * price.lines[i].periods);
      term += price.lines[i].term_total;
      if (lines[i].recurrence) continue;
      one_off += price.lines[i].net_amount;
      exact += ExactOf(lines[i], price.lines[i], header);
    }
    RC_ASSERT(price.totals.one_off == one_off);
    RC_ASSERT(price.totals.term_total == term);
    // Rounded once for all that are billed together.
    if (!header.IsZero()) RC_ASSERT(one_off == money::Round(exact, kEur).value());
  }));
}

TEST_CASE("A bundle's parts sum to its price") {
  CHECK(rc::check([] {
    std::vector<LineFacts> lines = AnyLines(AnyPrice);
    const Bundle bundle{.id = ids::NewUuid(),
                        .quantity = *rc::gen::inRange(1, 9),
                        .method = BundlePriceMethod::kOverride,
                        .price = AnyPrice()};
    for (LineFacts& line : lines) {
      line.recurrence.reset();
      line.is_superseded = false;
      line.discount_percent = 0;
      line.bundles = {&bundle, 1};
    }
    const Ratio whole = bundle.quantity * *bundle.price;
    RC_ASSERT(Priced(lines, 0).totals.one_off == money::Round(whole, kEur).value());
  }));
}

TEST_CASE("The order of lines does not matter to the totals") {
  CHECK(rc::check([] {
    std::vector<LineFacts> lines = AnyLines(AnyPrice);
    const Decimal header = AnyPercent();
    // Lines that differ in their term alone have the same right to a cent.
    LineFacts twin = lines.front();
    twin.recurrence = Recurrence{{PeriodUnit::kMonth, 1}, Period{PeriodUnit::kMonth, 24}};
    lines.push_back(twin);
    const QuotePrice price = Priced(lines, header);
    std::vector<size_t> order(lines.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    for (size_t i = order.size() - 1; i > 0; --i) {
      std::swap(order[i], order[*rc::gen::inRange<size_t>(0, i + 1)]);
    }
    std::vector<LineFacts> shuffled;
    for (const size_t i : order) shuffled.push_back(lines[i]);
    RC_ASSERT(SameTotals(Priced(shuffled, header).totals, price.totals));
  }));
}

TEST_CASE("A tie between lines of different terms goes to the longer, in whatever order they stand") {
  // 5.994 is 5.99 over two lines of 2.997.
  LineFacts line{.table = {.model = Model::kFlat, .unit_price = Decimal::Parse("3.33").value()},
                 .quantity = 1,
                 .discount_amount = kNothing};
  LineFacts longer = line;
  line.recurrence = Recurrence{{PeriodUnit::kMonth, 1}, Period{PeriodUnit::kMonth, 12}};
  longer.recurrence = Recurrence{{PeriodUnit::kMonth, 1}, Period{PeriodUnit::kMonth, 36}};
  const Money total = Money::Parse("143.88", "EUR").value();  // 36 x 3.00 + 12 x 2.99
  CHECK(Priced({line, longer}, 10).totals.term_total == total);
  CHECK(Priced({longer, line}, 10).totals.term_total == total);
}

TEST_CASE("A discount never raises a price") {
  CHECK(rc::check("of lines in whole cents, on none of them", [] {
    std::vector<LineFacts> lines = AnyLines(PriceInCents);
    for (LineFacts& line : lines) line.discount_percent = 0;
    const QuotePrice before = Priced(lines, 0);
    const QuotePrice after = Priced(lines, AnyPercent());
    for (size_t i = 0; i < lines.size(); ++i) {
      RC_ASSERT(after.lines[i].net_amount <= before.lines[i].net_amount);
    }
    RC_ASSERT(after.totals.term_total <= before.totals.term_total);
  }));
  CHECK(rc::check("of one line: its own, however many places its price has", [] {
    LineFacts line = AnyLine(AnyPrice);
    line.discount_percent = AnyPercent();
    const Money before = Priced({line}, 0).lines[0].net_amount;
    RC_ASSERT(Priced({line}, AnyPercent()).lines[0].net_amount <= before);
    line.discount_percent = Decimal(100);
    RC_ASSERT(Priced({line}, 0).lines[0].net_amount <= before);
    RC_ASSERT(before <= Priced({line}, 0).lines[0].list_amount);
  }));
  CHECK(rc::check("a greater one is no less: of a line, and of the whole quote", [] {
    std::vector<LineFacts> lines = AnyLines(AnyPrice);
    const Decimal low = AnyPercent();
    const Decimal high = low + Between(0, 10'001, 1'000'000);
    RC_PRE(high <= Decimal(100));
    lines.front().discount_percent = low;
    const QuotePrice less = Priced(lines, 0);
    lines.front().discount_percent = high;
    RC_ASSERT(Priced(lines, 0).lines[0].net_amount <= less.lines[0].net_amount);
    RC_ASSERT(Priced(lines, high).totals.one_off <= Priced(lines, low).totals.one_off ||
              low.IsZero());
  }));
}

TEST_CASE("The derivation re-computes to the amount") {
  CHECK(rc::check([] {
    const std::vector<LineFacts> lines = AnyLines(AnyPrice);
    const Decimal header = *rc::gen::arbitrary<bool>() ? AnyPercent() : Decimal(0);
    const QuotePrice price = Priced(lines, header);
    for (size_t i = 0; i < lines.size(); ++i) {
      const pricing::Waterfall way = Explain(lines[i], price.lines[i], header);
      Ratio amount;
      for (const pricing::Step& step : way.steps()) {
        RC_ASSERT(step.before == amount);
        amount = step.after;
      }
      RC_ASSERT(amount == price.lines[i].net_amount.ToRatio());
      // What is charged is less than a cent from what the steps come to.
      const Ratio rounded_by = amount - way.steps().back().before;
      RC_ASSERT(rounded_by < Ratio::Of(1, 100) && Ratio::Of(-1, 100) < rounded_by);
      const Money list = price.lines[i].list_amount;
      const pricing::Step& last_of_list = *std::find_if(
          way.steps().rbegin(), way.steps().rend(), [](const pricing::Step& step) {
            return step.name == "list" || step.name == "band" || step.name == "minimum";
          });
      RC_ASSERT(money::Round(last_of_list.after, kEur).value() == list);
    }
  }));
}

}  // namespace continuo::quoting::domain
