// Which endpoints want which events of a slice of the feed.
#pragma once

#include <string>
#include <vector>

#include "libs/postgres/rows.h"
#include "services/webhooks/domain/subscription.h"

namespace continuo::postgres {
class Transaction;
}

namespace continuo::webhooks::v1 {
class WebhookCondition;
}

namespace continuo::webhooks::app {

struct PlacedEvent {
  std::string id;
  int64_t position = 0;
  domain::FeedEvent event;
};
struct Listener {
  domain::Subscription subscription;
  int64_t listens_from = 0;  // events behind this position
};

// Rows with event_id, position, type, subject, division_id, data; in the order of position.
std::vector<PlacedEvent> PlacedEventsFrom(const postgres::Rows& rows);
domain::Subscription SubscriptionFrom(const postgres::Row& row, postgres::Column id);
domain::Condition ConditionFrom(const v1::WebhookCondition& condition);
// The types whose events are judged by their data.
std::vector<std::string> ConditionedTypes(const std::vector<Listener>& listeners);

// New deliveries as columns, each pair of an event and an endpoint once.
struct Matches {
  std::vector<ids::Uuid> ids;
  std::vector<std::string> endpoint_ids;
  std::vector<std::string> event_ids;
  std::vector<std::string> event_types;
  std::vector<int64_t> positions;
};
Matches Match(const std::vector<PlacedEvent>& events, const std::vector<Listener>& listeners);
void Insert(postgres::Transaction& tx, const Matches& matches);

}  // namespace continuo::webhooks::app
