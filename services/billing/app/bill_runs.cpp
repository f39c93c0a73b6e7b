#include "services/billing/app/bill_runs.h"

#include "continuo/billing/v1/bill_run.pb.h"
#include "continuo/directory/v1/division.pb.h"
#include "libs/events/signals.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "services/billing/app/parties.h"
#include "services/billing/store/sql.h"

namespace continuo::billing::app {
namespace {

using postgres::IdOrNull;
using postgres::Transaction;

Result<v1::BillRun> Load(Transaction& tx, const std::string& id) {
  const postgres::Rows found = tx.Run(sql::get_bill_run, IdOrNull("brun", id));
  if (found.empty()) return NotFound("bill_run", id);
  v1::BillRun run;
  postgres::Fill(found.front(), &run);
  return run;
}

Result<void> CheckDay(const v1::BillRun& wanted, calendar::Date today) {
  ASSIGN_OR_RETURN(const calendar::Date bill_on, calendar::Date::Parse(wanted.bill_on()));
  if (!wanted.auto_issue() || bill_on <= today) return {};
  return Invalid("/bill_on", "OUT_OF_RANGE",
                 "Invoices cannot be issued before their day: leave auto_issue out, or bill up "
                 "to " +
                     today.ToString() + ".");
}

Result<void> Insert(Transaction& tx, const ids::BillRunId& id, const v1::BillRun& wanted) {
  try {
    tx.Run(sql::insert_bill_run, id, IdOrNull("div", wanted.division_id()), wanted.bill_on(),
           wanted.auto_issue(), nullptr, tx.now());
  } catch (const postgres::UniqueViolation&) {
    return FailedPrecondition(
        "BILL_RUN_ACTIVE",
        "Division " + wanted.division_id() + " has a bill run already. Wait until it is finished.",
        {{"division_id", wanted.division_id()}});
  }
  return {};
}

}  // namespace

Result<v1::BillRun> CreateBillRun(const App& app, const rpc::Call& call,
                                  const v1::CreateBillRunRequest& request) {
  const v1::BillRun& wanted = request.bill_run();
  ASSIGN_OR_RETURN(const directory::v1::Division division,
                   AskDivision(app, call, wanted.division_id(), "/division_id"));
  ASSIGN_OR_RETURN(const calendar::Zone zone, calendar::Zone::Find(division.time_zone()));
  return app.database.Command<v1::BillRun>(call, [&](Transaction& tx) -> Result<v1::BillRun> {
    RETURN_IF_FAULT(CheckDay(wanted, tx.Today(zone)));
    StoreSeller(tx, division);
    const auto id = ids::BillRunId::New();
    RETURN_IF_FAULT(Insert(tx, id, wanted));
    tx.OnCommit([] { events::Raise("jobs/billing"); });
    return Load(tx, id.ToString());
  });
}

Result<v1::BillRun> GetBillRun(const App& app, const rpc::Call& call,
                               const v1::GetBillRunRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) { return Load(tx, request.id()); });
}

Result<v1::ListBillRunsResponse> ListBillRuns(const App& app, const rpc::Call& call,
                                              const v1::ListBillRunsRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListBillRunsResponse> {
    v1::ListBillRunsResponse response;
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_bill_runs}, request, &response));
    return response;
  });
}

Result<v1::ListBillRunSetAsidesResponse> ListBillRunSetAsides(
    const App& app, const rpc::Call& call, const v1::ListBillRunSetAsidesRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListBillRunSetAsidesResponse> {
    RETURN_IF_FAULT(Load(tx, request.bill_run_id()));
    v1::ListBillRunSetAsidesResponse response;
    RETURN_IF_FAULT(
        postgres::List(tx, {.select = sql::select_bill_run_set_asides}, request, &response));
    return response;
  });
}

Result<v1::BillRun> CancelBillRun(const App& app, const rpc::Call& call,
                                  const v1::CancelBillRunRequest& request) {
  return app.database.Command<v1::BillRun>(call, [&](Transaction& tx) -> Result<v1::BillRun> {
    const postgres::Rows found = tx.Run(sql::lock_bill_run, IdOrNull("brun", request.id()));
    if (found.empty()) return NotFound("bill_run", request.id());
    v1::BillRun run;
    postgres::Fill(found.front(), &run);
    const bool active =
        run.status() == v1::BILL_RUN_STATUS_QUEUED || run.status() == v1::BILL_RUN_STATUS_RUNNING;
    if (!active) {
      return FailedPrecondition("BILL_RUN_FINISHED",
                                "Bill run " + run.id() + " is finished; nothing is left to stop.",
                                {{"id", run.id()}});
    }
    tx.AuditBefore(run);
    tx.Run(sql::cancel_bill_run, IdOrNull("brun", request.id()), tx.now());
    return Load(tx, request.id());
  });
}

}  // namespace continuo::billing::app
