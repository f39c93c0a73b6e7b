#include "services/contracts/app/release_lines.h"

#include <set>
#include <vector>

#include "continuo/contracts/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/postgres/database.h"
#include "services/contracts/app/amounts.h"
#include "services/contracts/domain/release.h"
#include "services/contracts/store/sql.h"

namespace continuo::contracts::app {
namespace {

using calendar::Date;
using domain::BatchPlan;
using domain::DueLine;
using domain::ZoneDue;

Result<std::vector<ZoneDue>> OpenZones(postgres::Transaction& tx) {
  std::vector<ZoneDue> zones;
  for (const postgres::Row row : tx.Run(sql::select_open_zones)) {
    ASSIGN_OR_RETURN(const calendar::Zone zone, calendar::Zone::Find(row.Text("time_zone")));
    zones.push_back({zone, row.Date("release_on")});
  }
  return zones;
}

struct Slice {
  std::vector<DueLine> lines;
  std::vector<std::int64_t> payment_days;  // of each line
  std::set<ids::Uuid> schedules;
};

Slice TakeDueLines(postgres::Transaction& tx, const calendar::Zone& zone, Date today,
                   int lines_max) {
  Slice slice;
  for (const postgres::Row row :
       tx.Run(sql::take_due_lines, zone.name(), today, lines_max)) {
    slice.lines.push_back(
        {.id = ids::ScheduleLineId(row.Uuid("id")),
         .account_id = ids::AccountId(row.Uuid("account_id")),
         .division_id = ids::DivisionId(row.Uuid("division_id")),
         .side = row.Text("side") == "buy" ? domain::Side::kBuy : domain::Side::kSell,
         .amount = StoredMoney(row, "amount_minor")});
    slice.payment_days.push_back(row.Int("payment_days"));
    slice.schedules.insert(row.Uuid("schedule_id"));
  }
  return slice;
}

// A batch for each plan; the batch of each line that went into one.
struct Batches {
  std::vector<ids::ReleaseBatchId> ids;
  std::map<ids::ScheduleLineId, ids::ReleaseBatchId> by_line;
};

Batches InsertBatches(postgres::Transaction& tx, const std::vector<BatchPlan>& plans, Date today) {
  Batches batches;
  std::vector<ids::AccountId> accounts;
  std::vector<ids::DivisionId> divisions;
  std::vector<std::string> totals;
  for (const BatchPlan& plan : plans) {
    const auto id = batches.ids.emplace_back(ids::ReleaseBatchId::New());
    accounts.push_back(plan.account_id);
    divisions.push_back(plan.division_id);
    totals.push_back(TotalsText(plan.totals));
    for (const auto& line : plan.lines) batches.by_line.emplace(line, id);
  }
  if (!plans.empty()) {
    tx.Run(sql::insert_release_batches, today, tx.now(), batches.ids, accounts, divisions, totals);
  }
  return batches;
}

void InsertReleases(postgres::Transaction& tx, const Slice& slice, const Batches& batches,
                    Date today) {
  std::vector<ids::ScheduleLineId> lines;
  std::vector<std::optional<ids::ReleaseBatchId>> batch_ids;
  std::vector<ids::AccountId> accounts;
  for (const DueLine& line : slice.lines) {
    const auto batch = batches.by_line.find(line.id);
    lines.push_back(line.id);
    batch_ids.push_back(batch == batches.by_line.end() ? std::nullopt
                                                       : std::optional(batch->second));
    accounts.push_back(line.account_id);
  }
  tx.Run(sql::insert_schedule_line_releases, today, tx.now(), lines, batch_ids, accounts,
         slice.payment_days);
}

void AppendBatchEvents(postgres::Transaction& tx, const std::vector<BatchPlan>& plans,
                       const Batches& batches, Date today) {
  std::vector<v1::ReleaseBatchCreated> created(plans.size());
  std::vector<events::NewEvent> appended;
  for (std::size_t i = 0; i < plans.size(); ++i) {
    created[i].set_id(batches.ids[i].ToString());
    created[i].set_revision(1);
    created[i].set_account_id(plans[i].account_id.ToString());
    created[i].set_division_id(plans[i].division_id.ToString());
    created[i].set_released_on(today.ToString());
    SetTotals(plans[i].totals, created[i].mutable_control_totals());
    appended.push_back({&created[i], {.source_version = 1}});
  }
  if (!appended.empty()) events::AppendAll(tx, appended);
}

}  // namespace

Result<std::optional<calendar::Instant>> NextReleaseAt(postgres::Transaction& tx) {
  ASSIGN_OR_RETURN(const std::vector<ZoneDue> zones, OpenZones(tx));
  return domain::NextReleaseAt(zones);
}

Result<bool> ReleaseSlice(postgres::Database& database, const rpc::Call& call, int lines_max) {
  return database.Work(call, [&](postgres::Transaction& tx) -> Result<bool> {
    ASSIGN_OR_RETURN(const std::vector<ZoneDue> zones, OpenZones(tx));
    const auto due = std::find_if(zones.begin(), zones.end(), [&](const ZoneDue& zone) {
      return domain::IsDue(zone, tx.now());
    });
    if (due == zones.end()) return false;
    const Date today = calendar::LocalDate(tx.now(), due->zone);
    const Slice slice = TakeDueLines(tx, due->zone, today, lines_max);
    if (slice.lines.empty()) return false;  // someone else has taken them meanwhile
    const std::vector<BatchPlan> plans = domain::PlanBatches(slice.lines);
    const Batches batches = InsertBatches(tx, plans, today);
    InsertReleases(tx, slice, batches, today);
    tx.Run(sql::update_released_schedules,
           std::vector<ids::Uuid>(slice.schedules.begin(), slice.schedules.end()));
    AppendBatchEvents(tx, plans, batches, today);
    return true;
  });
}

}  // namespace continuo::contracts::app
