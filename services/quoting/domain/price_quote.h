// The price of a quote: each line's way from the list to its net amount, and the sums.
//
//   50 seats at 20 monthly for 36 months, 10 % off the line, 5 % off the quote:
//     list 1000 -> line_discount 900 -> header_discount 855 -> rounding 855.00
//     term_total 855.00 x 36 = 30780.00
//
// Everything is exact until the document line, where it is rounded once, half up. A header discount
// is rounded once for all lines that share a billing period, and that sum is distributed over them
// by largest remainder: so ten per cent off 3 x 3.33 is 8.99, not 9.00. One-off lines are
// one such set, each billing period is another, as they will stand on invoices together; and so are
// those of each option.
// Lines are priced in three rounds: those with prices of their own, then percentages of them, then
// what bundles make of theirs, from the innermost bundle to the outermost. The amount of a bundle is
// rounded once for its parts that share a billing period, and distributed in the same way.
// The whole quote is always priced from its facts; there is no other way to change an amount.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "libs/money/decimal.h"
#include "libs/money/money.h"
#include "libs/pricing/catalogue_price.h"
#include "libs/pricing/waterfall.h"
#include "libs/result/result.h"
#include "services/quoting/domain/bundle.h"
#include "services/quoting/domain/recurrence.h"

namespace continuo::quoting::domain {

// What a percentage of other lines is charged on: their list amounts, or what their own discounts
// leave of them.
enum class PercentageBasis { kList, kNet };

// What decides a line's price.
struct LineFacts {
  pricing::PriceTable table;  // of the quote's currency
  std::optional<pricing::ServiceLevelFactor> level;
  std::optional<Recurrence> recurrence;  // none: one-off
  // Standalone selling price of one unit; none: the list price stands for it.
  std::optional<money::Decimal> ssp_unit_price;
  money::Decimal quantity;
  // Agreed in place of the list's, before discounts.
  std::optional<money::Decimal> override_unit_price;
  money::Decimal discount_percent;  // 0 to 100
  money::Money discount_amount;     // off the amount of one billing period
  // Of a percentage of lines: which, by their index. None: all that are no percentage of lines.
  PercentageBasis basis = PercentageBasis::kList;
  std::vector<size_t> covers;
  std::span<const Bundle> bundles;  // innermost first, at most kBundleLevels
  // Of a ramp, only the last segment counts in the monthly and yearly totals: they say what is paid
  // once it is complete.
  bool is_superseded = false;
  // The option that it is sold with; empty: it always is. A line's price owes nothing to options that
  // it is not part of, so that choosing changes the totals and no price.
  std::string_view option;
  bool is_chosen = true;  // counts in the totals
};

// What a line's price owes to other lines; with it Explain needs none of them.
struct SharedFigures {
  money::Ratio covered;  // what the lines cost that it is a percentage of
  std::array<money::Money, kBundleLevels> in_bundles;  // what is left of it in each of its bundles
  size_t billed_together = 1;  // lines that the header discount is rounded once for
};

// Amounts of recurring lines are for one whole billing period.
struct LinePrice {
  money::Decimal list_unit_price;
  money::Decimal net_unit_price;  // rounded to eight places; net_amount is what counts
  money::Money list_amount;       // at quantity and service level, before discounts
  money::Money net_amount;
  int periods = 1;
  money::Money list_term_total;
  money::Money term_total;
  money::Money ssp_total;
  SharedFigures shared;
};

struct QuoteTotals {
  money::Money one_off, monthly, yearly, term_total;
  money::Money list_one_off, list_monthly, list_yearly, list_term_total;
  money::Decimal effective_discount_percent;  // 100 x (1 - net / list), four places
};

struct QuotePrice {
  std::vector<LinePrice> lines;
  QuoteTotals totals;
};

// A fault names its line in the metadata ("line", from 0): PRODUCT_HAS_NO_PRICE for a quantity that
// the price table does not know, DISCOUNT_EXCEEDS_PRICE for a discount amount above what is left.
Result<QuotePrice> PriceQuote(std::span<const LineFacts> lines,
                              money::Decimal header_discount_percent, money::Currency currency);

// The way of one of its lines, from the list to the net amount: the same decisions once more, with
// their steps. A quote is priced at every change and explained when it is stored or asked about.
pricing::Waterfall Explain(const LineFacts& line, const LinePrice& price,
                           money::Decimal header_discount_percent);

}  // namespace continuo::quoting::domain
