#include "services/webhooks/domain/subscription.h"

#include <algorithm>

#include "services/webhooks/domain/event_types.h"

namespace continuo::webhooks::domain {
namespace {

bool AllHold(const Subscription& subscription, const FeedEvent& event) {
  return std::ranges::all_of(subscription.conditions, [&](const Condition& condition) {
    if (!Matches(condition.event_type, event.type)) return true;
    const auto change = event.changes.find(condition.field);
    return change != event.changes.end() && Holds(condition, change->second);
  });
}

}  // namespace

bool OfManyDivisions(std::string_view type) { return Matches("commission_statement.*", type); }

bool Wants(const Subscription& subscription, const FeedEvent& event) {
  if (event.type == kTestType) return event.subject == subscription.endpoint_id;
  if (OfManyDivisions(event.type) && !subscription.division_id.empty()) return false;
  const bool of_division = subscription.division_id.empty() || event.division_id.empty() ||
                           subscription.division_id == event.division_id;
  return of_division && MatchesAny(subscription.event_types, event.type) &&
         AllHold(subscription, event);
}

}  // namespace continuo::webhooks::domain
