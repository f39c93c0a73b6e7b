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
  pricing::Waterfall waterfall;
};

Result<OwnPrice> PriceAlone(const LineFacts& line, size_t index) {
  const Metadata where{{"line", std::to_string(index)}, {"quantity", line.quantity.ToString()}};
  Result<pricing::Price> price = pricing::CataloguePrice(line.quantity, line.table, line.level);
  if (!price) {
    return FailedPrecondition("PRODUCT_HAS_NO_PRICE",
                              "Line " + std::to_string(index + 1) + " asks for " +
                                  line.quantity.ToString() +
                                  ", which its product has no price for. Choose another quantity.",
                              where);
  }
  OwnPrice own{*price, price->waterfall.amount(), price->waterfall};
  if (!line.discount_percent.IsZero()) {
    own.waterfall.To("line_discount", line.discount_percent.ToString() + " %",
                     own.waterfall.amount() * money::RemainingAfter(line.discount_percent));
  }
  if (!line.discount_amount.IsZero()) {
    own.waterfall.To("line_amount", "less " + line.discount_amount.ToString(),
                     own.waterfall.amount() - line.discount_amount.ToRatio());
  }
  if (own.waterfall.amount().Sign() < 0) {
    return FailedPrecondition("DISCOUNT_EXCEEDS_PRICE",
                              "Line " + std::to_string(index + 1) +
                                  " has a discount above its price. Lower discount_amount.",
                              where);
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

// Ends every waterfall: the header's step where there is one, and the one rounding.
Result<std::vector<Money>> NetAmounts(std::span<const LineFacts> lines, Decimal header_percent,
                                      Currency currency, std::vector<OwnPrice>* own) {
  std::vector<Money> net(lines.size());
  if (header_percent.IsZero()) {
    for (size_t i = 0; i < lines.size(); ++i) {
      ASSIGN_OR_RETURN(net[i], money::Round((*own)[i].waterfall.amount(), currency));
      (*own)[i].waterfall.To("rounding", "half up", net[i].ToRatio());
    }
    return net;
  }
  std::map<Cadence, std::vector<size_t>> sets;
  for (size_t i = 0; i < lines.size(); ++i) sets[CadenceOf(lines[i])].push_back(i);
  for (const auto& [cadence, members] : sets) {
    std::vector<Ratio> exact;
    for (const size_t i : members) {
      pricing::Waterfall& waterfall = (*own)[i].waterfall;
      waterfall.To("header_discount", header_percent.ToString() + " %",
                   waterfall.amount() * money::RemainingAfter(header_percent));
      exact.push_back(waterfall.amount());
    }
    ASSIGN_OR_RETURN(const std::vector<Money> amounts, Distribute(exact, currency));
    const std::string how =
        "half up of the sum over " + std::to_string(members.size()) + " lines, largest remainder";
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

Result<LinePrice> LinePriceOf(const LineFacts& line, const OwnPrice& own, Money net,
                              Decimal header_percent) {
  const Currency currency = net.currency();
  LinePrice price{.list_unit_price = own.catalogue.list_unit_price,
                  .net_amount = net,
                  .periods = line.recurrence ? WholePeriods(*line.recurrence) : 1,
                  .waterfall = own.waterfall};
  ASSIGN_OR_RETURN(price.net_unit_price, NetUnitPrice(line, own, header_percent));
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
  std::vector<OwnPrice> own;
  own.reserve(lines.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    ASSIGN_OR_RETURN(OwnPrice alone, PriceAlone(lines[i], i));
    own.push_back(std::move(alone));
  }
  ASSIGN_OR_RETURN(const std::vector<Money> net,
                   NetAmounts(lines, header_discount_percent, currency, &own));
  QuotePrice price;
  for (size_t i = 0; i < lines.size(); ++i) {
    ASSIGN_OR_RETURN(LinePrice line,
                     LinePriceOf(lines[i], own[i], net[i], header_discount_percent));
    price.lines.push_back(std::move(line));
  }
  ASSIGN_OR_RETURN(price.totals, TotalsOf(lines, price.lines, currency));
  return price;
}

}  // namespace continuo::quoting::domain
