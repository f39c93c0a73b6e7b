// Gives a pending schedule its dates: all of its lines, and on the buy side the purchase order.
#pragma once

#include "libs/calendar/date.h"
#include "libs/ids/kinds.h"
#include "libs/result/result.h"
#include "services/contracts/app/locked_schedule.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
class Peers;
}  // namespace continuo::rpc
namespace continuo::contracts::v1 {
class InitialiseScheduleRequest;
class Schedule;
}  // namespace continuo::contracts::v1

namespace continuo::contracts::app {

Result<v1::Schedule> InitialiseSchedule(postgres::Database& database, rpc::Peers& peers,
                                        const rpc::Call& call,
                                        const v1::InitialiseScheduleRequest& request);

// The same within a transaction, for lines whose schedule starts with the acceptance.
Result<void> Initialise(postgres::Transaction& tx, const LockedSchedule& locked,
                        calendar::Date start, ids::SupplierId supplier);

// REFERENCE_NOT_FOUND at /supplier_id unless the catalogue knows it; nothing for an empty one.
Result<void> CheckSupplier(rpc::Peers& peers, const rpc::Call& call,
                           const std::string& supplier_id);

}  // namespace continuo::contracts::app
