#include "services/webhooks/app/match_events.h"

#include <algorithm>

#include "libs/events/signals.h"
#include "libs/postgres/transaction.h"
#include "services/webhooks/app/app.h"
#include "services/webhooks/store/sql.h"

namespace continuo::webhooks::app {

std::vector<PlacedEvent> PlacedEventsFrom(const postgres::Rows& rows) {
  std::vector<PlacedEvent> events;
  for (const postgres::Row row : rows) {
    events.push_back({.id = row.Id("evt", "event_id"),
                      .position = row.Int("position"),
                      .event = {.type = std::string(row.Text("type")),
                                .subject = std::string(row.Text("subject")),
                                .division_id = row.OptionalId("div", "division_id")}});
  }
  std::ranges::sort(events, {}, &PlacedEvent::position);
  return events;
}

domain::Subscription SubscriptionFrom(const postgres::Row& row, postgres::Column id) {
  return {.endpoint_id = row.Id("we", id),
          .event_types = row.TextArray("event_types"),
          .division_id = row.OptionalId("div", "division_id")};
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
