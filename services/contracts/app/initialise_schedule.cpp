#include "services/contracts/app/initialise_schedule.h"

#include "continuo/catalogue/v1/supplier.pb.h"
#include "continuo/contracts/v1/events.pb.h"
#include "continuo/contracts/v1/schedule.pb.h"
#include "libs/events/append.h"
#include "libs/postgres/database.h"
#include "libs/rpc/peers.h"
#include "services/contracts/app/amounts.h"
#include "services/contracts/app/plan_contract.h"
#include "services/contracts/app/schedule_terms.h"
#include "services/contracts/domain/schedule_lines.h"
#include "services/contracts/store/sql.h"

namespace continuo::contracts::app {
namespace {

using calendar::Date;
using domain::GeneratedLines;
using domain::Line;
using postgres::IdOrNull;
using v1::Schedule;

void AppendInitialised(postgres::Transaction& tx, const Schedule& schedule, std::int64_t revision,
                       const GeneratedLines& made) {
  v1::ScheduleInitialised event;
  event.set_id(schedule.id());
  event.set_revision(revision);
  event.set_account_id(schedule.account_id());
  event.set_division_id(schedule.division_id());
  event.set_contract_id(schedule.contract_id());
  event.set_order_id(schedule.order_id());
  event.set_order_line_id(schedule.order_line_id());
  event.set_side(std::string(domain::ToText(StateOf(schedule).side)));
  event.set_start_on(made.term.start.ToString());
  event.set_end_on(made.term.end.ToString());
  event.set_quantity(schedule.quantity());
  domain::Totals totals;
  for (const Line& line : made.lines) totals.Add(line.amount);
  SetTotals(totals, event.mutable_control_totals());
  events::Append(tx, event, {.source_version = revision});
}

// Unless it was ordered back to back with the sale, or before the dates were taken back.
Result<void> OrderBuySide(postgres::Transaction& tx, const LockedSchedule& locked,
                          ids::SupplierId supplier, const money::Money& cost) {
  const Schedule& schedule = *locked.schedule;
  const bool ordered = !tx.Run(sql::find_ordered_element,
                               IdOrNull("ol", schedule.order_line_id()), locked.element)
                            .empty();
  if (ordered) return {};
  ASSIGN_OR_RETURN(const calendar::Zone zone, calendar::Zone::Find(locked.time_zone));
  InsertPurchaseOrder(tx, PurchaseOf(schedule, locked.element, locked.unit_cost, supplier,
                                     tx.Today(zone), cost));
  return {};
}

}  // namespace

Result<void> Initialise(postgres::Transaction& tx, const LockedSchedule& locked, Date start,
                        ids::SupplierId supplier) {
  const Schedule& schedule = *locked.schedule;
  ASSIGN_OR_RETURN(const domain::ScheduleTerms terms, TermsOf(schedule));
  ASSIGN_OR_RETURN(const GeneratedLines made, domain::GenerateLines(terms, start));
  InsertLines(tx, locked, made.lines);
  const auto revision =
      tx.Run(sql::update_schedule_initialised, IdOrNull("sch", schedule.id()),
             supplier.IsNil() ? postgres::Parameter() : postgres::Parameter(supplier),
             made.term.start, made.term.end, made.total.minor())
          .front()
          .Int("revision");
  RecordAmendment(tx, schedule, "schedule_initialised", start);
  if (!supplier.IsNil()) {
    RETURN_IF_FAULT(OrderBuySide(tx, locked, supplier, made.total));
  }
  AppendInitialised(tx, schedule, revision, made);
  return {};
}

Result<void> CheckSupplier(rpc::Peers& peers, const rpc::Call& call,
                           const std::string& supplier_id) {
  if (supplier_id.empty()) return {};
  catalogue::v1::GetSupplierRequest request;
  request.set_id(supplier_id);
  // On our own behalf: choosing a supplier needs no right to read the catalogue.
  rpc::Call own = rpc::Call::AsService("contracts", call.request_id);
  own.deadline = call.deadline;
  const auto supplier = peers.Ask<catalogue::v1::Supplier>(
      own, "continuo.catalogue.v1.CatalogueService/GetSupplier", request);
  if (supplier) return {};
  if (supplier.error().code != Code::kNotFound) return tl::unexpected(supplier.error());
  return Invalid("/supplier_id", "REFERENCE_NOT_FOUND",
                 "There is no supplier " + supplier_id + ". Check the id.");
}

Result<Schedule> InitialiseSchedule(postgres::Database& database, rpc::Peers& peers,
                                    const rpc::Call& call,
                                    const v1::InitialiseScheduleRequest& request) {
  RETURN_IF_FAULT(CheckSupplier(peers, call, request.supplier_id()));
  return database.Command<Schedule>(call, [&](postgres::Transaction& tx) -> Result<Schedule> {
    ASSIGN_OR_RETURN(const LockedSchedule locked, LockSchedule(tx, request.id()));
    std::optional<ids::SupplierId> chosen;
    if (!request.supplier_id().empty()) {
      ASSIGN_OR_RETURN(chosen, ids::SupplierId::Parse(request.supplier_id()));
    }
    ASSIGN_OR_RETURN(const ids::SupplierId supplier,
                     domain::MayInitialise(StateOf(*locked.schedule), chosen));
    ASSIGN_OR_RETURN(const Date start, Date::Parse(request.start_on()));
    RETURN_IF_FAULT(Initialise(tx, locked, start, supplier));
    return LoadSchedule(tx, request.id());
  });
}

}  // namespace continuo::contracts::app
