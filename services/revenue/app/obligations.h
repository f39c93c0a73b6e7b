// The obligations of one contract, as the use cases change them.
//
// Whoever changes one locks its contract first: the price may have to be allocated anew over all of
// them, and each whose part or dates change is planned anew. Every change adds to
// obligation_change.
#pragma once

#include <string>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/ids/kinds.h"
#include "libs/result/result.h"
#include "services/revenue/domain/obligation.h"

namespace continuo::postgres {
class Transaction;
}

namespace continuo::revenue::app {

struct StoredObligation {
  ids::PerformanceObligationId id;
  ids::OrderLineId order_line_id;
  domain::Obligation facts;
  int64_t schedule_revision = 0;
  money::Money price;
  money::Money allocated;
};

// The contract is locked.
std::vector<StoredObligation> LoadObligations(postgres::Transaction& tx,
                                              ids::RevenueContractId contract,
                                              std::string_view currency);

struct Change {
  std::string cause;  // "cancelled"
  // The day of the change: what was earned too much or too little until then is corrected on it.
  calendar::Date effective_on;
};
// Stores what differs between `before` and `after`, which are the same obligations. Several may
// change at once.
Result<void> ReviseObligations(postgres::Transaction& tx, ids::RevenueContractId contract,
                               const std::vector<StoredObligation>& before,
                               std::vector<StoredObligation> after, const Change& change);

// The plan of obligations for which nothing is planned.
Result<void> PlanObligations(postgres::Transaction& tx, ids::RevenueContractId contract,
                             const std::vector<StoredObligation>& obligations,
                             calendar::Date changed_on);
// What they are now, with why.
void RecordChange(postgres::Transaction& tx, ids::RevenueContractId contract,
                  const std::vector<StoredObligation>& obligations,
                  const domain::ContractAllocation& allocation,
                  const std::vector<money::Money>& ssps, const Change& change);

std::string_view ToText(domain::RecognitionRule rule);

}  // namespace continuo::revenue::app
