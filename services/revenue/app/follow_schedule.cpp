#include "services/revenue/app/follow_schedule.h"

#include <algorithm>
#include <functional>

#include "continuo/contracts/v1/events.pb.h"
#include "libs/postgres/database.h"
#include "services/revenue/app/amounts.h"
#include "services/revenue/app/obligations.h"
#include "services/revenue/store/sql.h"

namespace continuo::revenue::app {
namespace {

using calendar::Date;
using calendar::Period;
using postgres::IdOrNull;
using postgres::Transaction;

struct ScheduleFact {
  std::string side;
  std::string order_line_id;
  int64_t revision = 0;
  std::string awaits;  // when the order line is not known yet
  std::string cause;
};

// `change` is done to the obligation of the schedule's order line.
Result<Taken> Follow(Transaction& tx, const ScheduleFact& fact,
                     const std::function<Result<void>(domain::Obligation*)>& change) {
  if (fact.side != "sell") return Taken{};
  const postgres::Rows locked =
      tx.Run(sql::lock_contract_of_order_line, IdOrNull("ol", fact.order_line_id));
  if (locked.empty()) return Taken{.awaits = fact.awaits};
  const ids::RevenueContractId contract(locked.front().Uuid("id"));
  ASSIGN_OR_RETURN(const calendar::Zone zone,
                   calendar::Zone::Find(locked.front().Text("time_zone")));
  const auto before = LoadObligations(tx, contract, locked.front().Text("currency"));
  auto after = before;
  ASSIGN_OR_RETURN(const auto line_id, ids::OrderLineId::Parse(fact.order_line_id));
  const auto found = std::find_if(after.begin(), after.end(), [&](const auto& obligation) {
    return obligation.order_line_id == line_id;
  });
  if (found->schedule_revision >= fact.revision) return Taken{};
  found->schedule_revision = fact.revision;
  RETURN_IF_FAULT(change(&found->facts));
  RETURN_IF_FAULT(ReviseObligations(tx, contract, before, std::move(after),
                                    {.cause = fact.cause, .effective_on = tx.Today(zone)}));
  return Taken{};
}

}  // namespace

Result<Taken> FollowInitialised(Transaction& tx, const contracts::v1::ScheduleInitialised& fact) {
  ASSIGN_OR_RETURN(const Date start, Date::Parse(fact.start_on()));
  ASSIGN_OR_RETURN(const Date end, Date::Parse(fact.end_on()));
  return Follow(tx,
                {.side = fact.side(),
                 .order_line_id = fact.order_line_id(),
                 .revision = fact.revision(),
                 .awaits = fact.order_id(),
                 .cause = "initialised"},
                [&](domain::Obligation* obligation) -> Result<void> {
                  domain::Begin({start, end}, obligation);
                  return {};
                });
}

Result<Taken> FollowUninitialised(Transaction& tx,
                                  const contracts::v1::ScheduleUninitialised& fact) {
  return Follow(tx,
                {.side = fact.side(),
                 .order_line_id = fact.order_line_id(),
                 .revision = fact.revision(),
                 .awaits = fact.order_line_id(),
                 .cause = "uninitialised"},
                [](domain::Obligation* obligation) -> Result<void> {
                  obligation->service.reset();
                  obligation->agreed_end.reset();
                  return {};
                });
}

Result<Taken> FollowCancelled(Transaction& tx, const contracts::v1::ScheduleCancelled& fact) {
  ASSIGN_OR_RETURN(const Date end, Date::Parse(fact.end_on()));
  ASSIGN_OR_RETURN(const money::Money voided, ReadAmount(fact.voided()));
  ASSIGN_OR_RETURN(const money::Money unserved, ReadAmount(fact.unserved()));
  return Follow(tx,
                {.side = fact.side(),
                 .order_line_id = fact.order_line_id(),
                 .revision = fact.revision(),
                 .awaits = fact.order_id(),
                 .cause = "cancelled"},
                [&](domain::Obligation* obligation) -> Result<void> {
                  obligation->voided = voided;
                  obligation->unserved = unserved;
                  if (obligation->service) {
                    Period& service = *obligation->service;
                    service.end = std::clamp(end, service.start, service.end);
                  }
                  return {};
                });
}

}  // namespace continuo::revenue::app
