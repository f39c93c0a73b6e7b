// A contract that is modified: which treatment it gets, and what becomes of its revenue.
//
//   120,000 over a year, half of it earned; 18,000 for more, distinct goods below their price
//   alone; remaining standalone prices 60,000 and 30,000
//     prospective: the pool of 60,000 + 18,000 is 52,000 and 26,000 from here on, no catch-up
//   the same year, 30,000 less for goods that are not distinct
//     cumulative: half of 90,000 should be earned, 60,000 is: -15,000 at once, 45,000 from here on
//
// ASC 606-10-25-12, -13; IFRS 15.20, 21. Separate: distinct goods are added at what they sell for
// alone. Prospective: what remains is distinct from what was handed over. Cumulative: nothing is.
// Mixed: some is; over what the price is then allocated is a policy by name. Whether goods are
// distinct, also added ones, is judged by people and given here.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "libs/money/money.h"
#include "libs/result/result.h"

namespace continuo::revenue::domain {

enum class Treatment { kSeparate, kProspective, kCumulative, kMixed };

// What a mixed modification allocates.
enum class MixedPrice {
  kTotal,      // the whole updated price, over the total standalone prices
  kRemaining,  // what is not recognised and the change, over the remaining ones
};

// An obligation as the modification finds it; an added one has neither price nor revenue.
struct ModifiedObligation {
  bool added = false;
  bool distinct = false;         // what remains of it or is added, from what was handed over
  money::Money price;            // allocated so far
  money::Money recognised;
  money::Ratio progress;         // of the whole, after the modification; 0 to 1
  money::Money total_standalone;
  money::Money remaining_standalone;
};

struct Modification {
  money::Money price_change;
  bool added_at_standalone = false;  // the change is what the added goods sell for alone
  MixedPrice mixed_price = MixedPrice::kTotal;
};

struct ObligationAfter {
  money::Money price;
  money::Money catch_up;   // recognised at once, or taken back
  money::Money remaining;  // recognised from here on
};

struct ModifiedContract {
  Treatment treatment = Treatment::kProspective;
  std::string reason;
  money::Money allocated;  // what was distributed: the change, the pool, or the whole price
  std::vector<ObligationAfter> obligations;
  money::Money catch_up;
  money::Money price;      // of the whole contract, after the change
};

// At least one obligation; one currency throughout. A bad request where nothing is left to allocate
// on, and where goods are added at their standalone price but none is marked as added, or one of
// them as not distinct.
Result<ModifiedContract> ModifyContract(std::span<const ModifiedObligation> obligations,
                                        const Modification& modification);

}  // namespace continuo::revenue::domain
