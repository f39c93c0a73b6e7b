#include "services/webhooks/app/match_events.h"

#include <algorithm>

#include "continuo/webhooks/v1/webhook_endpoint.pb.h"
#include "libs/events/signals.h"
#include "libs/postgres/message.h"
#include "libs/postgres/transaction.h"
#include "services/webhooks/app/app.h"
#include "services/webhooks/app/event_catalogue.h"
#include "services/webhooks/app/event_changes.h"
#include "services/webhooks/domain/event_types.h"
#include "services/webhooks/store/sql.h"

namespace continuo::webhooks::app {

std::vector<PlacedEvent> PlacedEventsFrom(const postgres::Rows& rows) {
  std::vector<PlacedEvent> events;
  for (const postgres::Row row : rows) {
    events.push_back({.id = row.Id("evt", "event_id"),
                      .position = row.Int("position"),
                      .event = {.type = std::string(row.Text("type")),
                                .subject = std::string(row.Text("subject")),
                                .division_id = row.OptionalId("div", "division_id"),
                                .changes = ChangesIn(row.OptionalText("data").value_or(""))}});
  }
  std::ranges::sort(events, {}, &PlacedEvent::position);
  return events;
}

domain::Condition ConditionFrom(const v1::WebhookCondition& condition) {
  static constexpr domain::Operator kOperators[] = {
      domain::Operator::kChanged, domain::Operator::kChanged, domain::Operator::kIncreasedBy,
      domain::Operator::kDecreasedBy, domain::Operator::kCrosses};
  domain::Condition read{.event_type = condition.event_type(),
                         .field = condition.field(),
                         .op = kOperators[condition.operator_()]};
  if (!condition.value().empty()) read.value = money::Decimal::Parse(condition.value()).value();
  return read;
}

domain::Subscription SubscriptionFrom(const postgres::Row& row, postgres::Column id) {
  domain::Subscription subscription{.endpoint_id = row.Id("we", id),
                                    .event_types = row.TextArray("event_types"),
                                    .division_id = row.OptionalId("div", "division_id")};
  if (row.Text("conditions") == "[]") return subscription;
  v1::WebhookEndpoint endpoint;
  postgres::Fill(row, &endpoint);
  for (const auto& condition : endpoint.conditions()) {
    subscription.conditions.push_back(ConditionFrom(condition));
  }
  return subscription;
}

std::vector<std::string> ConditionedTypes(const std::vector<Listener>& listeners) {
  std::vector<std::string> patterns;
  for (const Listener& listener : listeners) {
    for (const auto& condition : listener.subscription.conditions) {
      patterns.push_back(condition.event_type);
    }
  }
  std::vector<std::string> types;
  if (patterns.empty()) return types;
  for (const EventType& type : EventTypes()) {
    if (domain::MatchesAny(patterns, type.type)) types.push_back(type.type);
  }
  return types;
}

Matches Match(const std::vector<PlacedEvent>& events, const std::vector<Listener>& listeners) {
  Matches matches;
  for (const PlacedEvent& placed : events) {
    for (const Listener& listener : listeners) {
      if (placed.position <= listener.listens_from) continue;
      if (!domain::Wants(listener.subscription, placed.event)) continue;
      matches.ids.push_back(ids::NewUuid());
      matches.endpoint_ids.push_back(listener.subscription.endpoint_id);
      matches.event_ids.push_back(placed.id);
      matches.event_types.push_back(placed.event.type);
      matches.positions.push_back(placed.position);
    }
  }
  return matches;
}

void Insert(postgres::Transaction& tx, const Matches& matches) {
  if (matches.ids.empty()) return;
  tx.Run(sql::insert_deliveries, matches.ids, postgres::IdArray("we", matches.endpoint_ids),
         postgres::IdArray("evt", matches.event_ids), matches.event_types, matches.positions);
  tx.OnCommit([] { events::Raise(kDeliverySignal); });
}

}  // namespace continuo::webhooks::app
