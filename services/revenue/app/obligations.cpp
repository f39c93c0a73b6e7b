#include "services/revenue/app/obligations.h"

#include <map>

#include "libs/postgres/database.h"
#include "services/revenue/app/amounts.h"
#include "services/revenue/domain/plan.h"
#include "services/revenue/store/sql.h"

namespace continuo::revenue::app {
namespace {

using calendar::Date;
using calendar::Period;
using domain::MonthsEarned;
using domain::Obligation;
using domain::RecognitionRule;
using postgres::Row;
using postgres::Transaction;

RecognitionRule RuleOf(std::string_view text) {
  if (text == "straight_line_days") return RecognitionRule::kStraightLineDays;
  if (text == "straight_line_months") return RecognitionRule::kStraightLineMonths;
  return RecognitionRule::kPointInTime;
}

Obligation FactsOf(const Row& row, std::string_view currency) {
  const auto amount = [&](const char* column) { return StoredAmount(row.Int(column), currency); };
  Obligation facts{.rule = RuleOf(row.Text("rule")),
                   .sold = amount("sold_minor"),
                   .ssp = amount("ssp_minor"),
                   .voided = amount("voided_minor"),
                   .unserved = amount("unserved_minor"),
                   .credited = amount("credited_minor")};
  if (!row.IsNull("start_on")) facts.service = Period{row.Date("start_on"), row.Date("end_on")};
  if (!row.IsNull("agreed_end_on")) facts.agreed_end = row.Date("agreed_end_on");
  return facts;
}

std::optional<Date> StartOf(const StoredObligation& obligation) {
  if (!obligation.facts.service) return std::nullopt;
  return obligation.facts.service->start;
}
std::optional<Date> EndOf(const StoredObligation& obligation) {
  if (!obligation.facts.service) return std::nullopt;
  return obligation.facts.service->end;
}

std::vector<ids::PerformanceObligationId> IdsOf(const std::vector<StoredObligation>& obligations) {
  std::vector<ids::PerformanceObligationId> ids;
  for (const StoredObligation& obligation : obligations) ids.push_back(obligation.id);
  return ids;
}

std::map<ids::Uuid, MonthsEarned> LoadEarned(Transaction& tx,
                                             const std::vector<StoredObligation>& obligations) {
  std::map<ids::Uuid, MonthsEarned> earned;
  const std::string currency(obligations.front().facts.sold.currency().code());
  for (const Row row : tx.Run(sql::sum_recognised_months, IdsOf(obligations))) {
    earned[row.Uuid("performance_obligation_id")][row.Date("month")] =
        StoredAmount(row.Int("amount_minor"), currency);
  }
  return earned;
}

// The columns of insert_planned_revenue, one element for each row.
struct PlanColumns {
  std::vector<ids::PerformanceObligationId> obligations;
  std::vector<Date> service_starts, service_ends, effective_ons, due_ons;
  std::vector<int64_t> amounts, progress_ofs;
  std::vector<std::string> progresses;

  void Add(const StoredObligation& obligation, const domain::PlannedPart& part) {
    obligations.push_back(obligation.id);
    service_starts.push_back(part.service.start);
    service_ends.push_back(part.service.end);
    effective_ons.push_back(part.effective_on);
    due_ons.push_back(part.due_on);
    amounts.push_back(part.amount.minor());
    progresses.push_back(part.progress.ToString());
    progress_ofs.push_back(obligation.allocated.minor());
  }
};

void Update(Transaction& tx, const std::vector<StoredObligation>& obligations) {
  std::vector<int64_t> voided, unserved, credited, prices, allocated, revisions;
  std::vector<std::optional<Date>> starts, ends, agreed_ends;
  for (const StoredObligation& obligation : obligations) {
    voided.push_back(obligation.facts.voided.minor());
    unserved.push_back(obligation.facts.unserved.minor());
    credited.push_back(obligation.facts.credited.minor());
    prices.push_back(obligation.price.minor());
    allocated.push_back(obligation.allocated.minor());
    starts.push_back(StartOf(obligation));
    ends.push_back(EndOf(obligation));
    agreed_ends.push_back(obligation.facts.agreed_end);
    revisions.push_back(obligation.schedule_revision);
  }
  tx.Run(sql::update_obligations, IdsOf(obligations), voided, unserved, credited, prices,
         allocated, starts, ends, agreed_ends, revisions);
}

}  // namespace

std::string_view ToText(RecognitionRule rule) {
  switch (rule) {
    case RecognitionRule::kStraightLineDays: return "straight_line_days";
    case RecognitionRule::kStraightLineMonths: return "straight_line_months";
    case RecognitionRule::kPointInTime: return "point_in_time";
  }
  return "";
}

std::vector<StoredObligation> LoadObligations(Transaction& tx, ids::RevenueContractId contract,
                                              std::string_view currency) {
  std::vector<StoredObligation> obligations;
  for (const Row row : tx.Run(sql::list_contract_obligations, contract)) {
    obligations.push_back({.id = ids::PerformanceObligationId(row.Uuid("id")),
                           .order_line_id = ids::OrderLineId(row.Uuid("order_line_id")),
                           .facts = FactsOf(row, currency),
                           .schedule_revision = row.Int("schedule_revision"),
                           .price = StoredAmount(row.Int("price_minor"), currency),
                           .allocated = StoredAmount(row.Int("allocated_minor"), currency)});
  }
  return obligations;
}

Result<void> PlanObligations(Transaction& tx, ids::RevenueContractId contract,
                             const std::vector<StoredObligation>& obligations, Date changed_on) {
  const std::map<ids::Uuid, MonthsEarned> earned = LoadEarned(tx, obligations);
  PlanColumns plan;
  for (const StoredObligation& obligation : obligations) {
    const auto months = earned.find(obligation.id.uuid());
    ASSIGN_OR_RETURN(
        const auto parts,
        domain::PlanRevenue(obligation.facts.rule, obligation.allocated, obligation.facts.service,
                            months == earned.end() ? MonthsEarned{} : months->second, changed_on));
    for (const domain::PlannedPart& part : parts) plan.Add(obligation, part);
  }
  if (plan.amounts.empty()) return {};
  tx.Run(sql::insert_planned_revenue, contract, plan.obligations, plan.service_starts,
         plan.service_ends, plan.effective_ons, plan.due_ons, plan.amounts, plan.progresses,
         plan.progress_ofs);
  return {};
}

void RecordChange(Transaction& tx, ids::RevenueContractId contract,
                  const std::vector<StoredObligation>& obligations,
                  const domain::ContractAllocation& allocation,
                  const std::vector<money::Money>& ssps, const Change& change) {
  std::vector<int64_t> prices, ssp_minors, allocated;
  std::vector<std::optional<Date>> starts, ends;
  for (size_t i = 0; i < obligations.size(); ++i) {
    prices.push_back(obligations[i].price.minor());
    ssp_minors.push_back(ssps[i].minor());
    allocated.push_back(obligations[i].allocated.minor());
    starts.push_back(StartOf(obligations[i]));
    ends.push_back(EndOf(obligations[i]));
  }
  tx.Run(sql::insert_obligation_changes, contract, change.cause, change.effective_on, tx.now(),
         allocation.price.minor(), allocation.ssp.minor(), IdsOf(obligations), prices, ssp_minors,
         allocated, starts, ends);
}

Result<void> ReviseObligations(Transaction& tx, ids::RevenueContractId contract,
                               const std::vector<StoredObligation>& before,
                               std::vector<StoredObligation> after, const Change& change) {
  std::vector<Obligation> facts;
  for (const StoredObligation& obligation : after) facts.push_back(obligation.facts);
  ASSIGN_OR_RETURN(const domain::ContractAllocation allocation, domain::AllocateContract(facts));
  std::vector<StoredObligation> changed;
  std::vector<money::Money> ssps;
  for (size_t i = 0; i < after.size(); ++i) {
    after[i].price = allocation.prices[i];
    after[i].allocated = allocation.allocated[i];
    const bool same = after[i].facts == before[i].facts &&
                      after[i].allocated == before[i].allocated &&
                      after[i].schedule_revision == before[i].schedule_revision;
    if (same) continue;
    changed.push_back(after[i]);
    ssps.push_back(allocation.ssps[i]);
  }
  if (changed.empty()) return {};
  Update(tx, changed);
  tx.Run(sql::update_contract_price, contract, allocation.price.minor(), allocation.ssp.minor());
  RecordChange(tx, contract, changed, allocation, ssps, change);
  tx.Run(sql::delete_planned_revenue, IdsOf(changed));
  return PlanObligations(tx, contract, changed, change.effective_on);
}

}  // namespace continuo::revenue::app
