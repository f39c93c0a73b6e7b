#include "services/quoting/domain/price_quote.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include "libs/money/allocation.h"

namespace continuo::quoting::domain {
namespace {

using money::Currency;
using money::Decimal;
using money::Money;
using money::Ratio;

// What is billed together: one-off lines under {0, 0}, recurring ones by unit and count.
using Cadence = std::pair<int, int>;

Cadence CadenceOf(const LineFacts& line) {
  if (!line.recurrence) return {0, 0};
  const Period& billing = line.recurrence->billing;
  return {static_cast<int>(billing.unit) + 1, billing.count};
}

// What the line asks for after its own discounts, before the header's, and before any rounding.
struct OwnPrice {
  pricing::Price catalogue;
  Ratio list;
  // What the line would cost without its own discounts, as bundles see it.
  Ratio undiscounted;
  Ratio amount;
  SharedFigures shared;
};

Metadata Where(const LineFacts& line, size_t index) {
  return {{"line", std::to_string(index)}, {"quantity", line.quantity.ToString()}};
}

Result<void> ApplyDiscounts(const LineFacts& line, size_t index, OwnPrice* own,
                            pricing::Waterfall* way) {
  if (!line.discount_percent.IsZero()) {
    own->amount *= money::RemainingAfter(line.discount_percent);
    if (way) {
      way->To("line_discount", {.pattern = "% %%", .figures = {line.discount_percent}}, own->amount);
    }
  }
  if (!line.discount_amount.IsZero()) {
    own->amount -= line.discount_amount.ToRatio();
    if (way) way->To("line_amount", {.code = "less " + line.discount_amount.ToString()}, own->amount);
  }
  if (own->amount.Sign() >= 0) return {};
  return FailedPrecondition("DISCOUNT_EXCEEDS_PRICE",
                            "Line " + std::to_string(index + 1) +
                                " has a discount above its price. Lower discount_amount.",
                            Where(line, index));
}

Failure HasNoPrice(const LineFacts& line, size_t index) {
  return FailedPrecondition("PRODUCT_HAS_NO_PRICE",
                            "Line " + std::to_string(index + 1) + " asks for " +
                                line.quantity.ToString() +
                                ", which its product has no price for. Choose another quantity.",
                            Where(line, index));
}

// `covered`: what the lines cost that a percentage of lines is of.
Result<OwnPrice> PriceAlone(const LineFacts& line, size_t index, const Ratio& covered = {},
                            pricing::Waterfall* way = nullptr) {
  Result<pricing::Price> price =
      pricing::CataloguePrice(line.quantity, line.table, line.level, covered, way);
  if (!price) return HasNoPrice(line, index);
  OwnPrice own{.catalogue = *std::move(price), .shared = {.covered = covered}};
  own.list = own.catalogue.amount;
  own.amount = own.list;
  if (line.override_unit_price) {
    own.catalogue.unit_price = *line.override_unit_price;
    own.amount = line.quantity * *line.override_unit_price;
    if (way) {
      way->To("override", {.pattern = "% at %", .figures = {line.quantity, *line.override_unit_price}},
              own.amount);
    }
  }
  own.undiscounted = own.amount;
  RETURN_IF_FAULT(ApplyDiscounts(line, index, &own, way));
  return own;
}

bool IsOfLines(const LineFacts& line) {
  return line.table.model == pricing::Model::kPercentageOfLines;
}

// What `other` counts for a percentage that is charged once (one-off) or in each period of `line`.
Ratio Counted(const LineFacts& line, const LineFacts& other, const Ratio& amount) {
  if (!other.recurrence) return amount;
  if (!line.recurrence) return amount * WholePeriods(*other.recurrence);
  return amount * PeriodsPerMonth(other.recurrence->billing) /
         PeriodsPerMonth(line.recurrence->billing);
}

Ratio CoveredAmount(std::span<const LineFacts> lines, size_t index,
                    const std::vector<OwnPrice>& own) {
  const LineFacts& line = lines[index];
  Ratio sum;
  const auto add = [&](size_t other) {
    const Ratio& amount =
        line.basis == PercentageBasis::kList ? own[other].list : own[other].amount;
    sum += Counted(line, lines[other], amount);
  };
  for (const size_t covered : line.covers) add(covered);
  if (!line.covers.empty()) return sum;
  for (size_t other = 0; other < lines.size(); ++other) {
    const bool is_sold_with = lines[other].option.empty() || lines[other].option == line.option;
    if (is_sold_with && !IsOfLines(lines[other])) add(other);
  }
  return sum;
}

Result<std::vector<OwnPrice>> OwnPrices(std::span<const LineFacts> lines) {
  std::vector<OwnPrice> own(lines.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    if (IsOfLines(lines[i])) continue;
    ASSIGN_OR_RETURN(own[i], PriceAlone(lines[i], i));
  }
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!IsOfLines(lines[i])) continue;
    ASSIGN_OR_RETURN(own[i], PriceAlone(lines[i], i, CoveredAmount(lines, i, own)));
  }
  return own;
}

// The amounts of one set of lines that are billed together, rounded once for all of them.
Result<std::vector<Money>> Distribute(std::span<const size_t> set, const std::vector<OwnPrice>& own,
                                      Currency currency) {
  std::vector<Ratio> exact;
  exact.reserve(set.size());
  Ratio sum;
  for (const size_t i : set) sum += exact.emplace_back(own[i].amount);
  ASSIGN_OR_RETURN(const Money total, money::Round(sum, currency));
  if (sum.IsZero()) return std::vector<Money>(exact.size(), total);
  return money::Allocate(total, exact);
}

// A cent that two lines have the same right to goes to the one that is paid for longer, and only then
// to the earlier: so the totals do not depend on the order of the lines.
std::vector<size_t> LongestFirst(std::span<const LineFacts> lines, std::span<const size_t> set) {
  const auto weight = [&](size_t i) {
    const auto& recurrence = lines[i].recurrence;
    return std::pair{recurrence ? WholePeriods(*recurrence) : 1, !lines[i].is_superseded};
  };
  std::vector<size_t> sorted(set.begin(), set.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](size_t a, size_t b) { return weight(a) > weight(b); });
  return sorted;
}

pricing::Detail HowRounded(size_t lines) {
  return {.pattern = "half up of the sum over % lines, largest remainder", .figures = {lines}};
}

// What the parts of one bundle cost in it, before rounding; `undiscounted` is brought along.
std::vector<Ratio> InBundle(const Bundle& bundle, std::span<const size_t> members,
                            std::vector<OwnPrice>* own) {
  std::vector<Ratio> exact;
  exact.reserve(members.size());
  if (bundle.method == BundlePriceMethod::kDiscount) {
    const Ratio left_of_each = money::RemainingAfter(bundle.discount_percent);
    for (const size_t i : members) {
      exact.push_back((*own)[i].amount * left_of_each);
    }
    return exact;
  }
  Ratio sum;
  for (const size_t i : members) sum += (*own)[i].undiscounted;
  const Ratio total = bundle.quantity * bundle.price.value_or(0);
  for (const size_t i : members) {
    OwnPrice& part = (*own)[i];
    const Ratio before = part.undiscounted;
    // Parts that cost nothing alone share alike.
    part.undiscounted = sum.IsZero() ? total / Ratio(members.size()) : total * before / sum;
    const Ratio left = before.IsZero() ? Ratio(1) : part.amount / before;
    exact.push_back(part.undiscounted * left);
  }
  return exact;
}

pricing::Detail BundleDetail(const Bundle& bundle) {
  if (bundle.method == BundlePriceMethod::kDiscount) {
    return {.pattern = ", less % %%", .figures = {bundle.discount_percent}, .code = bundle.code};
  }
  return {.pattern = ", its share of % at %",
          .figures = {bundle.quantity, bundle.price.value_or(0)},
          .code = (bundle.price_book.empty() ? "" : "price book " + bundle.price_book + ": ") +
                  bundle.code};
}

// Those of `indexes` that share a key, group by group, in the order of the keys. Neighbours mostly
// share theirs.
template <class KeyOf, class Take>
Result<void> ForEachGroup(std::span<const size_t> indexes, KeyOf key_of, Take take) {
  std::map<std::decay_t<decltype(key_of(0))>, std::vector<size_t>> groups;
  auto last = groups.end();
  for (const size_t i : indexes) {
    const auto& key = key_of(i);
    if (last == groups.end() || last->first != key) last = groups.try_emplace(key).first;
    last->second.push_back(i);
  }
  for (const auto& [key, members] : groups) RETURN_IF_FAULT(take(members));
  return {};
}

// `level`: which of its parts' bundles it is, from the outermost, 1.
Result<void> ApplyBundle(std::span<const LineFacts> lines, const Bundle& bundle, size_t level,
                         std::span<const size_t> members, Currency currency,
                         std::vector<OwnPrice>* own) {
  if (bundle.method == BundlePriceMethod::kSum) return {};
  const std::vector<Ratio> exact = InBundle(bundle, members, own);
  for (size_t k = 0; k < members.size(); ++k) (*own)[members[k]].amount = exact[k];
  const auto cadence_of = [&](size_t i) { return CadenceOf(lines[i]); };
  return ForEachGroup(members, cadence_of, [&](std::span<const size_t> billed) -> Result<void> {
    const std::vector<size_t> set = LongestFirst(lines, billed);
    ASSIGN_OR_RETURN(const std::vector<Money> amounts, Distribute(set, *own, currency));
    for (size_t n = 0; n < set.size(); ++n) {
      OwnPrice& part = (*own)[set[n]];
      part.shared.in_bundles.at(lines[set[n]].bundles.size() - level) = amounts[n];
      part.amount = amounts[n].ToRatio();
    }
    return {};
  });
}

// From the innermost level to the outermost.
Result<void> ApplyBundles(std::span<const LineFacts> lines, Currency currency,
                          std::vector<OwnPrice>* own) {
  size_t levels = 0;
  for (const LineFacts& line : lines) levels = std::max(levels, line.bundles.size());
  for (size_t level = levels; level > 0; --level) {
    std::vector<size_t> bundled;
    for (size_t i = 0; i < lines.size(); ++i) {
      if (lines[i].bundles.size() >= level) bundled.push_back(i);
    }
    const auto at_level = [&](size_t i) -> const Bundle& {
      return lines[i].bundles[lines[i].bundles.size() - level];
    };
    const auto id_of = [&](size_t i) -> const ids::Uuid& { return at_level(i).id; };
    RETURN_IF_FAULT(ForEachGroup(bundled, id_of, [&](std::span<const size_t> parts) {
      return ApplyBundle(lines, at_level(parts.front()), level, parts, currency, own);
    }));
  }
  return {};
}

// After the header's discount, and the one rounding; an OwnPrice keeps what is rounded.
Result<std::vector<Money>> NetAmounts(std::span<const LineFacts> lines, Decimal header_percent,
                                      Currency currency, std::vector<OwnPrice>* own) {
  std::vector<Money> net(lines.size());
  if (header_percent.IsZero()) {
    for (size_t i = 0; i < lines.size(); ++i) {
      ASSIGN_OR_RETURN(net[i], money::Round((*own)[i].amount, currency));
    }
    return net;
  }
  const Ratio left_of_each = money::RemainingAfter(header_percent);
  for (OwnPrice& line : *own) line.amount *= left_of_each;
  std::vector<size_t> all(lines.size());
  std::iota(all.begin(), all.end(), size_t{0});
  const auto set_of = [&](size_t i) { return std::pair{lines[i].option, CadenceOf(lines[i])}; };
  const auto round = [&](std::span<const size_t> billed) -> Result<void> {
    const std::vector<size_t> set = LongestFirst(lines, billed);
    ASSIGN_OR_RETURN(const std::vector<Money> amounts, Distribute(set, *own, currency));
    for (size_t k = 0; k < set.size(); ++k) {
      net[set[k]] = amounts[k];
      (*own)[set[k]].shared.billed_together = set.size();
    }
    return {};
  };
  RETURN_IF_FAULT(ForEachGroup(all, set_of, round));
  return net;
}

// The last exact amount, spread over the units; the price of one unit when there are none.
Result<Decimal> NetUnitPrice(const LineFacts& line, const OwnPrice& own, Decimal header_percent) {
  if (line.quantity.IsZero()) {
    return money::RoundToDecimal(own.catalogue.unit_price *
                                     money::RemainingAfter(line.discount_percent) *
                                     money::RemainingAfter(header_percent),
                                 Decimal::kPlaces);
  }
  return money::RoundToDecimal(own.amount / line.quantity.ToRatio(), Decimal::kPlaces);
}

Result<LinePrice> LinePriceOf(const LineFacts& line, const OwnPrice& own, Money net,
                              Decimal header_percent) {
  const Currency currency = net.currency();
  ASSIGN_OR_RETURN(const Decimal net_unit_price, NetUnitPrice(line, own, header_percent));
  LinePrice price{.list_unit_price = own.catalogue.list_unit_price,
                  .net_unit_price = net_unit_price,
                  .net_amount = net,
                  .periods = line.recurrence ? WholePeriods(*line.recurrence) : 1,
                  .shared = own.shared};
  ASSIGN_OR_RETURN(price.list_amount, money::Round(own.list, currency));
  ASSIGN_OR_RETURN(price.list_term_total,
                   money::Round(price.list_amount.ToRatio() * price.periods, currency));
  ASSIGN_OR_RETURN(price.term_total, money::Round(net.ToRatio() * price.periods, currency));
  price.ssp_total = price.list_term_total;
  if (line.ssp_unit_price) {
    ASSIGN_OR_RETURN(price.ssp_total, money::Round(*line.ssp_unit_price * line.quantity *
                                                       Ratio(price.periods),
                                                   currency));
  }
  return price;
}

Result<QuoteTotals> TotalsOf(std::span<const LineFacts> lines, const std::vector<LinePrice>& prices,
                             Currency currency) {
  Ratio one_off, monthly, term, list_one_off, list_monthly, list_term;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].is_chosen) continue;
    const LinePrice& price = prices[i];
    term += price.term_total.ToRatio();
    list_term += price.list_term_total.ToRatio();
    if (lines[i].is_superseded) continue;
    if (lines[i].recurrence) {
      const Ratio per_month = PeriodsPerMonth(lines[i].recurrence->billing);
      monthly += price.net_amount.ToRatio() * per_month;
      list_monthly += price.list_amount.ToRatio() * per_month;
    } else {
      one_off += price.net_amount.ToRatio();
      list_one_off += price.list_amount.ToRatio();
    }
  }
  QuoteTotals totals;
  ASSIGN_OR_RETURN(totals.one_off, money::Round(one_off, currency));
  ASSIGN_OR_RETURN(totals.monthly, money::Round(monthly, currency));
  ASSIGN_OR_RETURN(totals.yearly, money::Round(monthly * 12, currency));
  ASSIGN_OR_RETURN(totals.term_total, money::Round(term, currency));
  ASSIGN_OR_RETURN(totals.list_one_off, money::Round(list_one_off, currency));
  ASSIGN_OR_RETURN(totals.list_monthly, money::Round(list_monthly, currency));
  ASSIGN_OR_RETURN(totals.list_yearly, money::Round(list_monthly * 12, currency));
  ASSIGN_OR_RETURN(totals.list_term_total, money::Round(list_term, currency));
  if (!list_term.IsZero()) {
    ASSIGN_OR_RETURN(totals.effective_discount_percent,
                     money::RoundToDecimal((Ratio(1) - term / list_term) * 100, 4));
  }
  return totals;
}

}  // namespace

Result<QuotePrice> PriceQuote(std::span<const LineFacts> lines, Decimal header_discount_percent,
                              Currency currency) {
  ASSIGN_OR_RETURN(std::vector<OwnPrice> own, OwnPrices(lines));
  RETURN_IF_FAULT(ApplyBundles(lines, currency, &own));
  ASSIGN_OR_RETURN(const std::vector<Money> net,
                   NetAmounts(lines, header_discount_percent, currency, &own));
  QuotePrice price;
  price.lines.reserve(lines.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    ASSIGN_OR_RETURN(LinePrice line,
                     LinePriceOf(lines[i], own[i], net[i], header_discount_percent));
    price.lines.push_back(std::move(line));
  }
  ASSIGN_OR_RETURN(price.totals, TotalsOf(lines, price.lines, currency));
  return price;
}

pricing::Waterfall Explain(const LineFacts& line, const LinePrice& price, Decimal header_percent) {
  pricing::Waterfall way;
  // It was priced before, from the same facts.
  static_cast<void>(PriceAlone(line, 0, price.shared.covered, &way).value());
  for (size_t i = 0; i < line.bundles.size(); ++i) {
    if (line.bundles[i].method == BundlePriceMethod::kSum) continue;
    way.To("bundle", BundleDetail(line.bundles[i]), price.shared.in_bundles.at(i).ToRatio());
  }
  if (header_percent.IsZero()) {
    way.To("rounding", {.pattern = "half up"}, price.net_amount.ToRatio());
    return way;
  }
  way.To("header_discount", {.pattern = "% %%", .figures = {header_percent}},
         way.amount() * money::RemainingAfter(header_percent));
  way.To("rounding", HowRounded(price.shared.billed_together), price.net_amount.ToRatio());
  return way;
}

}  // namespace continuo::quoting::domain
