#include "services/revenue/app/accounting_periods.h"

#include "continuo/revenue/v1/accounting_period.pb.h"
#include "continuo/revenue/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "libs/postgres/revision.h"
#include "services/revenue/domain/period.h"
#include "services/revenue/store/sql.h"

namespace continuo::revenue::app {
namespace {

using postgres::IdOrNull;
using postgres::Transaction;

Result<v1::AccountingPeriod> Load(Transaction& tx, const std::string& id) {
  const postgres::Rows found = tx.Run(sql::get_accounting_period, IdOrNull("ap", id));
  if (found.empty()) return NotFound("accounting_period", id);
  v1::AccountingPeriod period;
  postgres::Fill(found.front(), &period);
  return period;
}

// Today where the day comes last: a month is over when it is over in all of the division's zones.
Result<calendar::Date> EarliestToday(Transaction& tx, const ids::Uuid& division) {
  std::optional<calendar::Date> earliest;
  for (const postgres::Row row : tx.Run(sql::list_recognition_zones, division)) {
    ASSIGN_OR_RETURN(const calendar::Zone zone,
                     calendar::Zone::Find(std::string(row.Text("time_zone"))));
    const calendar::Date today = tx.Today(zone);
    if (!earliest || today < *earliest) earliest = today;
  }
  return earliest.value_or(tx.Today(calendar::Zone::Utc()));
}

Result<domain::PeriodToClose> PeriodOf(Transaction& tx, const postgres::Row& row) {
  const ids::Uuid division = row.Uuid("division_id");
  domain::PeriodToClose period{.id = row.Id("ap", "id"),
                               .month = {row.Date("start_on"), row.Date("end_on")},
                               .closed = !row.IsNull("closed_at")};
  ASSIGN_OR_RETURN(period.today, EarliestToday(tx, division));
  const postgres::Rows earlier =
      tx.Run(sql::find_earlier_open_period, division, period.month.start);
  if (!earlier.empty()) {
    period.earlier_open_id = earlier.front().Id("ap", "id");
    period.earlier_open_period = earlier.front().Text("period");
  }
  period.unposted =
      tx.Run(sql::has_unposted_revenue, division, period.month.end.AddDays(-1))
          .front()
          .Bool("unposted");
  return period;
}

void AnnounceClosed(Transaction& tx, const v1::AccountingPeriod& period) {
  v1::AccountingPeriodClosed event;
  event.set_id(period.id());
  event.set_revision(period.revision());
  event.set_division_id(period.division_id());
  event.set_period(period.period());
  events::Append(tx, event, {.source_version = period.revision()});
}

}  // namespace

Result<v1::AccountingPeriod> GetAccountingPeriod(const App& app, const rpc::Call& call,
                                                 const v1::GetAccountingPeriodRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) { return Load(tx, request.id()); });
}

Result<v1::ListAccountingPeriodsResponse> ListAccountingPeriods(
    const App& app, const rpc::Call& call, const v1::ListAccountingPeriodsRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListAccountingPeriodsResponse> {
    v1::ListAccountingPeriodsResponse response;
    RETURN_IF_FAULT(
        postgres::List(tx, {.select = sql::select_accounting_periods}, request, &response));
    return response;
  });
}

Result<v1::AccountingPeriod> CloseAccountingPeriod(
    const App& app, const rpc::Call& call, const v1::CloseAccountingPeriodRequest& request) {
  return app.database.Command<v1::AccountingPeriod>(
      call, [&](Transaction& tx) -> Result<v1::AccountingPeriod> {
        const postgres::Rows found =
            tx.Run(sql::lock_accounting_period, IdOrNull("ap", request.id()));
        if (found.empty()) return NotFound("accounting_period", request.id());
        // Read again under the lock: it may have been closed while this waited.
        ASSIGN_OR_RETURN(const v1::AccountingPeriod before, Load(tx, request.id()));
        RETURN_IF_FAULT(postgres::CheckRevision(call, before.revision()));
        ASSIGN_OR_RETURN(domain::PeriodToClose period, PeriodOf(tx, found.front()));
        period.closed = before.status() == v1::ACCOUNTING_PERIOD_STATUS_CLOSED;
        RETURN_IF_FAULT(domain::MayClose(period));
        tx.AuditBefore(before);
        tx.Run(sql::close_books, IdOrNull("ap", request.id()),
               IdOrNull("div", before.division_id()), period.month.end.AddDays(-1), tx.now(),
               IdOrNull("usr", call.principal.user_id));
        ASSIGN_OR_RETURN(v1::AccountingPeriod closed, Load(tx, request.id()));
        AnnounceClosed(tx, closed);
        return closed;
      });
}

}  // namespace continuo::revenue::app
