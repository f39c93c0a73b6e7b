#include "services/webhooks/domain/subscription.h"

#include "services/webhooks/domain/event_types.h"

namespace continuo::webhooks::domain {

bool OfManyDivisions(std::string_view type) { return Matches("commission_statement.*", type); }

bool Wants(const Subscription& subscription, const FeedEvent& event) {
  if (event.type == kTestType) return event.subject == subscription.endpoint_id;
  if (OfManyDivisions(event.type) && !subscription.division_id.empty()) return false;
  const bool of_division = subscription.division_id.empty() || event.division_id.empty() ||
                           subscription.division_id == event.division_id;
  return of_division && MatchesAny(subscription.event_types, event.type);
}

}  // namespace continuo::webhooks::domain
