#include "services/revenue/app/recognise.h"

#include <vector>

#include "continuo/revenue/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "services/revenue/app/amounts.h"
#include "services/revenue/store/sql.h"

namespace continuo::revenue::app {
namespace {

using postgres::Transaction;

constexpr int kSliceRows = 5'000;

struct DueZone {
  ids::DivisionId division;
  calendar::Zone zone;
  calendar::Instant due_at;
};

Result<std::vector<DueZone>> DueZones(Transaction& tx) {
  std::vector<DueZone> due;
  for (const postgres::Row row : tx.Run(sql::list_due_zones)) {
    ASSIGN_OR_RETURN(const calendar::Zone zone,
                     calendar::Zone::Find(std::string(row.Text("time_zone"))));
    due.push_back({.division = ids::DivisionId(row.Uuid("division_id")),
                   .zone = zone,
                   .due_at = calendar::StartOfDay(row.Date("due_on"), zone)});
  }
  return due;
}

// Those that are free; where none is, one that was waited for: the caller is called again until
// nothing is due, and should not ask in vain as fast as it can.
std::vector<ids::Uuid> LockContracts(Transaction& tx, const DueZone& due, calendar::Date today) {
  postgres::Rows locked =
      tx.Run(sql::lock_due_contracts, due.division, due.zone.name(), today, kSliceRows);
  if (locked.empty()) {
    locked = tx.Run(sql::lock_first_due_contract, due.division, due.zone.name(), today);
  }
  std::vector<ids::Uuid> contracts;
  for (const postgres::Row row : locked) contracts.push_back(row.Uuid("id"));
  return contracts;
}

v1::RevenueRecognised EventOf(const postgres::Row& row, ids::DivisionId division) {
  v1::RevenueRecognised event;
  event.set_id(row.Id("rc", "revenue_contract_id"));
  event.set_revision(row.Int("revision"));
  event.set_account_id(row.Id("acc", "account_id"));
  event.set_division_id(division.ToString());
  event.set_contract_id(row.Id("ctr", "contract_id"));
  event.set_period(row.Date("posted_on").ToString().substr(0, 7));
  WriteAmount(StoredAmount(row.Int("amount_minor"), row.Text("currency")),
              event.mutable_amount());
  return event;
}

void Announce(Transaction& tx, const postgres::Rows& posted, ids::DivisionId division) {
  std::vector<v1::RevenueRecognised> facts;
  facts.reserve(posted.size());
  std::vector<events::NewEvent> events;
  for (const postgres::Row row : posted) {
    facts.push_back(EventOf(row, division));
    events.push_back(
        {.data = &facts.back(), .options = {.source_version = facts.back().revision()}});
  }
  if (!events.empty()) events::AppendAll(tx, events);
}

void PostSlice(Transaction& tx, const DueZone& due) {
  tx.Run(sql::tune_for_slice);
  const calendar::Date today = tx.Today(due.zone);
  const std::vector<ids::Uuid> contracts = LockContracts(tx, due, today);
  if (contracts.empty()) return;
  tx.Run(sql::lock_books, std::vector<ids::DivisionId>{due.division});
  std::vector<ids::JournalEntryId> entries;
  for (int i = 0; i < kSliceRows; ++i) entries.push_back(ids::JournalEntryId::New());
  Announce(tx, tx.Run(sql::post_due_revenue, contracts, today, kSliceRows, entries, tx.now()),
           due.division);
}

}  // namespace

Result<std::optional<calendar::Instant>> NextRevenueAt(Transaction& tx) {
  ASSIGN_OR_RETURN(const std::vector<DueZone> zones, DueZones(tx));
  std::optional<calendar::Instant> earliest;
  for (const DueZone& due : zones) {
    if (!earliest || due.due_at < *earliest) earliest = due.due_at;
  }
  return earliest;
}

Result<bool> RecogniseRevenue(const App& app, const rpc::Call& call) {
  return app.database.Work(call, [](Transaction& tx) -> Result<bool> {
    ASSIGN_OR_RETURN(const std::vector<DueZone> zones, DueZones(tx));
    for (const DueZone& due : zones) {
      if (due.due_at > tx.now()) continue;
      PostSlice(tx, due);
      return true;  // one slice a transaction; the next call looks again
    }
    return false;
  });
}

}  // namespace continuo::revenue::app
