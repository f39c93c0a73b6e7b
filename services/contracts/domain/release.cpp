#include "services/contracts/domain/release.h"

#include <algorithm>

namespace continuo::contracts::domain {

std::optional<calendar::Instant> NextReleaseAt(const std::vector<ZoneDue>& zones) {
  std::optional<calendar::Instant> next;
  for (const ZoneDue& due : zones) {
    const calendar::Instant at = calendar::StartOfDay(due.release_on, due.zone);
    if (!next || at < *next) next = at;
  }
  return next;
}

bool IsDue(const ZoneDue& zone, calendar::Instant now) {
  return zone.release_on <= calendar::LocalDate(now, zone.zone);
}

void Totals::Add(money::Money amount) {
  ++count;
  const auto [sum, is_first] = sums.try_emplace(amount.currency(), amount);
  if (!is_first) sum->second += amount;
}

std::vector<BatchPlan> PlanBatches(const std::vector<DueLine>& slice) {
  std::map<std::pair<ids::AccountId, ids::DivisionId>, BatchPlan> batches;
  for (const DueLine& line : slice) {
    if (line.side == Side::kBuy) continue;
    BatchPlan& batch = batches[{line.account_id, line.division_id}];
    batch.account_id = line.account_id;
    batch.division_id = line.division_id;
    batch.lines.push_back(line.id);
    batch.totals.Add(line.amount);
  }
  std::vector<BatchPlan> plans;
  plans.reserve(batches.size());
  for (auto& [key, batch] : batches) plans.push_back(std::move(batch));
  return plans;
}

}  // namespace continuo::contracts::domain
