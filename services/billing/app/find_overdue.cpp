#include "services/billing/app/find_overdue.h"

#include "continuo/billing/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/postgres/database.h"
#include "services/billing/app/amounts.h"
#include "services/billing/store/sql.h"

namespace continuo::billing::app {
namespace {

using postgres::Transaction;

constexpr int kSliceInvoices = 500;

struct DueDay {
  ids::Uuid division;
  calendar::Zone zone;
  calendar::Instant overdue_at;
};

Result<std::vector<DueDay>> NextDueDays(Transaction& tx) {
  std::vector<DueDay> days;
  for (const postgres::Row row : tx.Run(sql::list_next_due_days)) {
    ASSIGN_OR_RETURN(const calendar::Zone zone,
                     calendar::Zone::Find(std::string(row.Text("time_zone"))));
    days.push_back({.division = row.Uuid("division_id"),
                    .zone = zone,
                    .overdue_at = calendar::EndOfDay(row.Date("due_on"), zone)});
  }
  return days;
}

// How many were found.
int MarkOverdue(Transaction& tx, const DueDay& day) {
  const calendar::Date today = tx.Today(day.zone);
  int found = 0;
  for (const postgres::Row row : tx.Run(sql::mark_overdue, day.division, today, kSliceInvoices)) {
    v1::InvoiceOverdue event;
    event.set_id(row.Id("inv", "invoice_id"));
    event.set_revision(row.Int("revision"));
    event.set_account_id(row.Id("acc", "account_id"));
    WriteAmount(StoredAmount(row.Int("balance_minor"), row.Text("currency")),
                event.mutable_balance());
    events::Append(tx, event, {.source_version = row.Int("revision")});
    ++found;
  }
  return found;
}

}  // namespace

Result<std::optional<calendar::Instant>> NextOverdueAt(Transaction& tx) {
  ASSIGN_OR_RETURN(const std::vector<DueDay> days, NextDueDays(tx));
  std::optional<calendar::Instant> earliest;
  for (const DueDay& day : days) {
    if (!earliest || day.overdue_at < *earliest) earliest = day.overdue_at;
  }
  return earliest;
}

Result<bool> FindOverdue(const App& app, const rpc::Call& call) {
  return app.database.Work(call, [&](Transaction& tx) -> Result<bool> {
    ASSIGN_OR_RETURN(const std::vector<DueDay> days, NextDueDays(tx));
    bool more = false;
    for (const DueDay& day : days) {
      if (day.overdue_at > tx.now()) continue;
      more = MarkOverdue(tx, day) == kSliceInvoices || more;
    }
    return more;
  });
}

}  // namespace continuo::billing::app
