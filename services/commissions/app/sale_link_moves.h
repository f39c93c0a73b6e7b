// What the moves of a sale link share: the locked link, who would earn by it, the step that is
// kept.
#pragma once

#include <string>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/ids/uuid.h"
#include "libs/result/result.h"
#include "services/commissions/domain/sale_claim.h"

namespace google::protobuf {
template <class T>
class RepeatedPtrField;
}
namespace continuo::postgres {
class Transaction;
}
namespace continuo::commissions::v1 {
class SaleLink;
class SaleSplit;
}  // namespace continuo::commissions::v1

namespace continuo::commissions::app {

struct LockedSale {
  std::string id;
  domain::Sale sale;
  std::string account_id;
  std::string contract_id;
  std::string participant_id;  // who claimed it
  calendar::Date accepted_on;
  calendar::Date today;  // the division's
};
// Locks a sale link that the caller sees or recognises and keeps its state for the audit entry;
// ETAG_MISMATCH when the caller saw another revision.
Result<LockedSale> LockSale(postgres::Transaction& tx, const std::string& id);

// A split with the user behind it and the terms in force on the day of the sale.
struct Share {
  domain::Split split;
  std::string user_id;
  ids::Uuid plan_id;
  int64_t plan_version = 0;
};
std::vector<std::string> UsersOf(const std::vector<Share>& shares);
// PARTICIPANT_NOT_IN_FORCE when one of them earns nothing on that day. Pointers are into /splits.
Result<std::vector<Share>> FindShares(postgres::Transaction& tx, calendar::Date accepted_on,
                                      const std::vector<domain::Split>& splits);
std::vector<domain::Split> ReadSplits(
    const google::protobuf::RepeatedPtrField<v1::SaleSplit>& splits);
std::vector<domain::Split> CurrentSplits(postgres::Transaction& tx, const std::string& id);

struct Move {
  std::string status;
  std::string reason;
  std::string claimer;        // a participant; empty: stays
  std::vector<Share> shares;  // none: stay
};
// Moves the locked link, keeps the step, and answers the link as the caller sees it then.
Result<v1::SaleLink> MoveSale(postgres::Transaction& tx, const LockedSale& locked,
                              const Move& move);

}  // namespace continuo::commissions::app
