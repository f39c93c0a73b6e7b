#include "services/quoting/domain/price_quote.h"

#include <map>
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
  pricing::Waterfall waterfall;
};

Metadata Where(const LineFacts& line, size_t index) {
  return {{"line", std::to_string(index)}, {"quantity", line.quantity.ToString()}};
}

Result<void> ApplyDiscounts(const LineFacts& line, size_t index, OwnPrice* own) {
  pricing::Waterfall& waterfall = own->waterfall;
  if (!line.discount_percent.IsZero()) {
    waterfall.To("line_discount", {.pattern = "% %%", .figures = {line.discount_percent}},
                 waterfall.amount() * money::RemainingAfter(line.discount_percent));
  }
  if (!line.discount_amount.IsZero()) {
    waterfall.To("line_amount",
                 {.code = "less " + line.discount_amount.ToString()},
                 waterfall.amount() - line.discount_amount.ToRatio());
  }
  if (waterfall.amount().Sign() >= 0) return {};
  return FailedPrecondition("DISCOUNT_EXCEEDS_PRICE",
                            "Line " + std::to_string(index + 1) +
                                " has a discount above its price. Lower discount_amount.",
                            Where(line, index));
}

// `others`: what the lines cost that a percentage of lines is of.
Result<OwnPrice> PriceAlone(const LineFacts& line, size_t index, const Ratio& others = {}) {
  Result<pricing::Price> price =
      pricing::CataloguePrice(line.quantity, line.table, line.level, others);
  if (!price) {
    return FailedPrecondition("PRODUCT_HAS_NO_PRICE",
                              "Line " + std::to_string(index + 1) + " asks for " +
                                  line.quantity.ToString() +
                                  ", which its product has no price for. Choose another quantity.",
                              Where(line, index));
  }
  OwnPrice own{.catalogue = *std::move(price)};
  own.waterfall = std::move(own.catalogue.waterfall);
  own.list = own.waterfall.amount();
  if (line.override_unit_price) {
    own.catalogue.unit_price = *line.override_unit_price;
    own.waterfall.To("override",
                     {.pattern = "% at %", .figures = {line.quantity, *line.override_unit_price}},
                     line.quantity * *line.override_unit_price);
  }
  own.undiscounted = own.waterfall.amount();
  RETURN_IF_FAULT(ApplyDiscounts(line, index, &own));
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
    const Ratio& amount = line.basis == PercentageBasis::kList ? own[other].list
                                                               : own[other].waterfall.amount();
    sum += Counted(line, lines[other], amount);
  };
  for (const size_t covered : line.covers) add(covered);
  if (!line.covers.empty()) return sum;
  for (size_t other = 0; other < lines.size(); ++other) {
    if (!IsOfLines(lines[other])) add(other);
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

// The lines' amounts after the header discount, one set of lines that are billed together.
Result<std::vector<Money>> Distribute(const std::vector<Ratio>& exact, Currency currency) {
  Ratio sum;
  for (const Ratio& share : exact) sum += share;
  ASSIGN_OR_RETURN(const Money total, money::Round(sum, currency));
  if (sum.IsZero()) return std::vector<Money>(exact.size(), total);
  return money::Allocate(total, exact);
}

pricing::Detail HowRounded(size_t lines) {
  return {.pattern = "half up of the sum over % lines, largest remainder", .figures = {lines}};
}

// What the parts of one bundle cost in it, before rounding; `undiscounted` is brought along.
std::vector<Ratio> InBundle(const Bundle& bundle, const std::vector<size_t>& members,
                            std::vector<OwnPrice>* own) {
  std::vector<Ratio> exact;
  if (bundle.method == BundlePriceMethod::kDiscount) {
    for (const size_t i : members) {
      exact.push_back((*own)[i].waterfall.amount() *
                      money::RemainingAfter(bundle.discount_percent));
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
    const Ratio left = before.IsZero() ? Ratio(1) : part.waterfall.amount() / before;
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
          .code = bundle.code};
}

Result<void> ApplyBundle(std::span<const LineFacts> lines, const Bundle& bundle,
                         const std::vector<size_t>& members, Currency currency,
                         std::vector<OwnPrice>* own) {
  if (bundle.method == BundlePriceMethod::kSum) return {};
  const std::vector<Ratio> exact = InBundle(bundle, members, own);
  std::map<Cadence, std::vector<size_t>> sets;  // positions in `members`
  for (size_t k = 0; k < members.size(); ++k) sets[CadenceOf(lines[members[k]])].push_back(k);
  for (const auto& [cadence, set] : sets) {
    std::vector<Ratio> shares;
    for (const size_t k : set) shares.push_back(exact[k]);
    ASSIGN_OR_RETURN(const std::vector<Money> amounts, Distribute(shares, currency));
    for (size_t n = 0; n < set.size(); ++n) {
      (*own)[members[set[n]]].waterfall.To("bundle", BundleDetail(bundle), amounts[n].ToRatio());
    }
  }
  return {};
}

// From the innermost level to the outermost.
Result<void> ApplyBundles(std::span<const LineFacts> lines, Currency currency,
                          std::vector<OwnPrice>* own) {
  size_t levels = 0;
  for (const LineFacts& line : lines) levels = std::max(levels, line.bundles.size());
  for (size_t level = levels; level > 0; --level) {
    std::map<ids::Uuid, std::vector<size_t>> members;
    for (size_t i = 0; i < lines.size(); ++i) {
      const std::vector<Bundle>& in = lines[i].bundles;
      if (in.size() >= level) members[in[in.size() - level].id].push_back(i);
    }
    for (const auto& [id, parts] : members) {
      const std::vector<Bundle>& in = lines[parts.front()].bundles;
      RETURN_IF_FAULT(ApplyBundle(lines, in[in.size() - level], parts, currency, own));
    }
  }
  return {};
}

// Ends every waterfall: the header's step where there is one, and the one rounding.
Result<std::vector<Money>> NetAmounts(std::span<const LineFacts> lines, Decimal header_percent,
                                      Currency currency, std::vector<OwnPrice>* own) {
  std::vector<Money> net(lines.size());
  if (header_percent.IsZero()) {
    for (size_t i = 0; i < lines.size(); ++i) {
      ASSIGN_OR_RETURN(net[i], money::Round((*own)[i].waterfall.amount(), currency));
      (*own)[i].waterfall.To("rounding", {.pattern = "half up"}, net[i].ToRatio());
    }
    return net;
  }
  std::map<Cadence, std::vector<size_t>> sets;
  for (size_t i = 0; i < lines.size(); ++i) sets[CadenceOf(lines[i])].push_back(i);
  for (const auto& [cadence, members] : sets) {
    std::vector<Ratio> exact;
    for (const size_t i : members) {
      pricing::Waterfall& waterfall = (*own)[i].waterfall;
      waterfall.To("header_discount", {.pattern = "% %%", .figures = {header_percent}},
                   waterfall.amount() * money::RemainingAfter(header_percent));
      exact.push_back(waterfall.amount());
    }
    ASSIGN_OR_RETURN(const std::vector<Money> amounts, Distribute(exact, currency));
    const pricing::Detail how = HowRounded(members.size());
    for (size_t k = 0; k < members.size(); ++k) {
      net[members[k]] = amounts[k];
      (*own)[members[k]].waterfall.To("rounding", how, amounts[k].ToRatio());
    }
  }
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
  const Ratio exact = own.waterfall.steps().back().before;
  return money::RoundToDecimal(exact / line.quantity.ToRatio(), Decimal::kPlaces);
}

Result<LinePrice> LinePriceOf(const LineFacts& line, OwnPrice own, Money net,
                              Decimal header_percent) {
  const Currency currency = net.currency();
  ASSIGN_OR_RETURN(const Decimal net_unit_price, NetUnitPrice(line, own, header_percent));
  LinePrice price{.list_unit_price = own.catalogue.list_unit_price,
                  .net_unit_price = net_unit_price,
                  .net_amount = net,
                  .periods = line.recurrence ? WholePeriods(*line.recurrence) : 1,
                  .waterfall = std::move(own.waterfall)};
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
  for (size_t i = 0; i < lines.size(); ++i) {
    ASSIGN_OR_RETURN(LinePrice line,
                     LinePriceOf(lines[i], std::move(own[i]), net[i], header_discount_percent));
    price.lines.push_back(std::move(line));
  }
  ASSIGN_OR_RETURN(price.totals, TotalsOf(lines, price.lines, currency));
  return price;
}

}  // namespace continuo::quoting::domain
