// What may happen to a deal, and what it is worth.
//
//   FollowQuote({.status = kOpen, .quote = A, .value = 100 EUR}, {.quote = B, .value = 90 EUR})
//     == {.quote = B, .value = 90 EUR}        // B has been selected
//
// A won deal is worth what its order says and follows no quote any more; an open or lost one always
// equals its selected quote. Until a quote is selected the value is an estimate made by hand.
#pragma once

#include <optional>
#include <string>

#include "libs/ids/kinds.h"
#include "libs/money/money.h"
#include "libs/result/result.h"

namespace continuo::crm::domain {

enum class DealStatus { kOpen, kWon, kLost };

struct Deal {
  ids::OpportunityId id;
  DealStatus status = DealStatus::kOpen;
  std::optional<ids::QuoteId> quote;  // the selected one
  std::optional<ids::OrderId> order;
  std::optional<money::Money> value;
};

Result<void> CheckOpen(const Deal& deal);
Result<void> CheckLost(const Deal& deal);
// Whether the value may be set by hand.
Result<void> CheckValueIsOurs(const Deal& deal);

struct QuoteFact {
  ids::QuoteId quote;
  std::optional<money::Money> value;  // none: not priced yet
};
struct Following {
  ids::QuoteId quote;
  std::optional<money::Money> value;
};
// None when nothing changes.
std::optional<Following> FollowQuote(const Deal& deal, const QuoteFact& selected);

// Whether an accepted order decides the deal: not when one has already.
bool WonByOrder(const Deal& deal);

}  // namespace continuo::crm::domain
