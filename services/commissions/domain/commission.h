// What a sale earns: rates by commission class, to date; marginal and reached tiers; recoverable
// draw.
//
//   licence 1,000.00 at 8 %, support 6,000.00 at 3 %, half of the sale  ->  earned to date 130.00
//   of which 90.00 were credited before                                 ->  40.00 are due
//
// Everything is computed to date and the difference is credited, so that roundings never add up and
// a billed amount that is taken back takes its commission back. Does not know who earns it, nor
// which terms a sale is under.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libs/money/money.h"

namespace continuo::commissions::domain {

// Up to and including `up_to`; none: without end. In rising order.
struct Tier {
  std::optional<money::Money> up_to;
  money::Decimal rate_percent;
};

// Both exact, in major units: whoever takes a share of it rounds once, after that. Sales below zero
// are at the first tier's rate.
//
// Each part of the sales at the rate of the tier that it falls in. What lies above the last tier
// earns nothing.
money::Ratio EarnMarginally(money::Money sales, std::span<const Tier> tiers);
// All of the sales at the rate of the tier that they reach.
money::Ratio EarnAtReachedTier(money::Money sales, std::span<const Tier> tiers);

enum class CreditOn { kInvoice, kPayment };

// What was billed of one commission class in invoices of which the same part has been paid.
struct Billed {
  std::string commission_class;  // "": none
  money::Money net;
  money::Decimal rate_percent;
  money::Ratio paid = 1;  // between 0 and 1
};
// One line of the derivation: the running sum, exact, before and after.
struct EarningStep {
  std::string name;
  std::string detail;
  money::Ratio before;
  money::Ratio after;
};
struct Earned {
  money::Money basis;   // what counts by `credit_on`, rounded for show
  money::Money amount;  // rounded once
  std::vector<EarningStep> derivation;
};
// The share of one participant in everything that was billed of a sale to date.
Result<Earned> EarnedToDate(std::span<const Billed> billed, CreditOn credit_on,
                            money::Decimal split_percent, money::Currency currency);

// A recoverable draw: at least the draw is paid; the gap is owed and repaid from what is earned
// above it.
struct Payout {
  money::Money paid;
  money::Money owed_after;
};
Payout PayWithDraw(money::Money earned, money::Money draw, money::Money owed);

}  // namespace continuo::commissions::domain
