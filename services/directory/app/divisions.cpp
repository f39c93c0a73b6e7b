#include "services/directory/app/divisions.h"

#include "continuo/directory/v1/division.pb.h"
#include "continuo/directory/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/json/patch.h"
#include "libs/postgres/revision.h"
#include "services/directory/app/app.h"
#include "services/directory/app/changes.h"
#include "services/directory/app/resource.h"
#include "services/directory/store/sql.h"

namespace continuo::directory::app {
namespace {

using postgres::NullIfEmpty;
using postgres::Transaction;

constexpr Kind kKind{"division", "div"};

int FiscalYearStart(const v1::Division& division) {
  return division.fiscal_year_start_month() == 0 ? 1 : division.fiscal_year_start_month();
}

Failure SeriesTaken(const std::string& series) {
  return FailedPrecondition("INVOICE_SERIES_TAKEN",
                            "Another division numbers its invoices with " + series +
                                ". Choose another prefix: numbers are unique.",
                            {{"invoice_series", series}});
}

// What the database alone can know: no two divisions with one series.
template <class Write>
Result<void> WriteUnique(const v1::Division& division, Write write) {
  try {
    write();
    return {};
  } catch (const postgres::UniqueViolation& violation) {
    if (violation.constraint() != "division_invoice_series") throw;
    return SeriesTaken(division.invoice_series());
  }
}

Result<void> Insert(Transaction& tx, ids::DivisionId id, const v1::Division& division) {
  return WriteUnique(division, [&] {
    const std::string registrations = json::FieldText(division, "tax_registrations");
    const std::string metadata = json::FieldText(division, "metadata");
    tx.Run(sql::insert_division, id, division.name(), division.legal_name(), division.currency(),
           division.time_zone(), division.country(), postgres::Json{registrations},
           division.invoice_series(), FiscalYearStart(division),
           NullIfEmpty(division.accounting_target()), postgres::Json{metadata}, tx.now());
  });
}

Result<void> Update(Transaction& tx, const v1::Division& division) {
  return WriteUnique(division, [&] {
    const std::string registrations = json::FieldText(division, "tax_registrations");
    const std::string metadata = json::FieldText(division, "metadata");
    tx.Run(sql::update_division, postgres::IdOrNull("div", division.id()), division.name(),
           division.legal_name(), division.time_zone(), division.country(),
           postgres::Json{registrations}, division.invoice_series(), FiscalYearStart(division),
           NullIfEmpty(division.accounting_target()), postgres::Json{metadata});
  });
}

}  // namespace

Result<v1::Division> CreateDivision(const App& app, const rpc::Call& call,
                                    const v1::CreateDivisionRequest& request) {
  return app.database.Command<v1::Division>(call, [&](Transaction& tx) -> Result<v1::Division> {
    const auto id = ids::DivisionId::New();
    RETURN_IF_FAULT(Insert(tx, id, request.division()));
    ASSIGN_OR_RETURN(auto created,
                     Load<v1::Division>(tx, sql::select_division, kKind, id.ToString()));
    v1::DivisionCreated event;
    event.set_id(created.id());
    event.set_revision(created.revision());
    event.set_currency(created.currency());
    event.set_time_zone(created.time_zone());
    event.set_country(created.country());
    events::Append(tx, event, {.source_version = created.revision()});
    return created;
  });
}

Result<v1::Division> GetDivision(const App& app, const rpc::Call& call,
                                 const v1::GetDivisionRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) {
    return Load<v1::Division>(tx, sql::select_division, kKind, request.id());
  });
}

Result<v1::ListDivisionsResponse> ListDivisions(const App& app, const rpc::Call& call,
                                                const v1::ListDivisionsRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListDivisionsResponse> {
    v1::ListDivisionsResponse response;
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_division}, request, &response));
    return response;
  });
}

Result<v1::Division> UpdateDivision(const App& app, const rpc::Call& call,
                                    const v1::UpdateDivisionRequest& request) {
  return app.database.Command<v1::Division>(call, [&](Transaction& tx) -> Result<v1::Division> {
    tx.Run(sql::lock_division, postgres::IdOrNull("div", request.id()));
    ASSIGN_OR_RETURN(const auto before,
                     Load<v1::Division>(tx, sql::select_division, kKind, request.id()));
    RETURN_IF_FAULT(postgres::CheckRevision(call, before.revision()));
    tx.AuditBefore(before);
    v1::Division changed = before;
    RETURN_IF_FAULT(json::ApplyPatch(request.update_mask(), request.division(), &changed));
    RETURN_IF_FAULT(Update(tx, changed));
    ASSIGN_OR_RETURN(auto after,
                     Load<v1::Division>(tx, sql::select_division, kKind, request.id()));
    v1::DivisionUpdated event;
    event.set_id(after.id());
    event.set_revision(after.revision());
    AddChanges(before, after, event.mutable_changes());
    events::Append(tx, event, {.source_version = after.revision()});
    return after;
  });
}

}  // namespace continuo::directory::app
