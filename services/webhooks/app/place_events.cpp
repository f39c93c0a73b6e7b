#include "services/webhooks/app/place_events.h"

#include <algorithm>

#include "libs/events/signals.h"
#include "libs/postgres/database.h"
#include "services/webhooks/app/app.h"
#include "services/webhooks/app/match_events.h"
#include "services/webhooks/store/sql.h"

namespace continuo::webhooks::app {
namespace {

using postgres::IdOrNull;
using postgres::Transaction;

constexpr std::size_t kEventsMax = 500;
// In one transaction: with many endpoints fewer events are placed at once.
constexpr std::size_t kDeliveriesMax = 20'000;

std::vector<Listener> Listeners(Transaction& tx) {
  std::vector<Listener> listeners;
  for (const postgres::Row row : tx.Run(sql::select_listening_endpoints)) {
    listeners.push_back({.subscription = SubscriptionFrom(row, "id"),
                         .listens_from = row.Int("listens_from")});
  }
  return listeners;
}

}  // namespace

Result<bool> PlaceEvents(postgres::Database& database, const rpc::Call& call) {
  return database.Work(call, [](Transaction& tx) -> Result<bool> {
    if (!HasUnplacedEvents(tx) || tx.Run(sql::lock_feed_head).empty()) return false;
    const std::vector<Listener> listeners = Listeners(tx);
    const std::size_t limit = std::clamp<std::size_t>(
        kDeliveriesMax / std::max<std::size_t>(listeners.size(), 1), 1, kEventsMax);
    const auto placed =
        PlacedEventsFrom(tx.Run(sql::place_feed_events, limit, ConditionedTypes(listeners)));
    if (!placed.empty()) tx.OnCommit([] { events::Raise(kPlacedSignal); });
    Insert(tx, Match(placed, listeners));
    return placed.size() == limit;
  });
}

bool HasUnplacedEvents(Transaction& tx) {
  return tx.Run(sql::has_unplaced_events).front().Bool("unplaced");
}

Result<bool> RecoverSlice(postgres::Database& database, const rpc::Call& call) {
  return database.Work(call, [](Transaction& tx) -> Result<bool> {
    const postgres::Rows found = tx.Run(sql::lock_recovery);
    if (found.empty()) return false;
    const postgres::Row recovery = found.front();
    const std::string endpoint_id = recovery.Id("we", "endpoint_id");
    const std::vector<Listener> listeners = {
        {.subscription = SubscriptionFrom(recovery, "endpoint_id")}};
    const auto events =
        PlacedEventsFrom(tx.Run(sql::list_placed_events, recovery.Int("done_to"),
                                recovery.Int("until"), kEventsMax, ConditionedTypes(listeners)));
    const Matches matches = Match(events, listeners);
    Insert(tx, matches);
    tx.Run(sql::restore_deliveries, IdOrNull("we", endpoint_id),
           postgres::IdArray("evt", matches.event_ids));
    if (events.size() < kEventsMax) {
      tx.Run(sql::delete_recovery, IdOrNull("we", endpoint_id));
    } else {
      tx.Run(sql::advance_recovery, IdOrNull("we", endpoint_id), events.back().position);
    }
    return true;
  });
}

}  // namespace continuo::webhooks::app
