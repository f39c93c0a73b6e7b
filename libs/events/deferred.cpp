#include "libs/events/deferred.h"

#include "libs/events/event_row.h"
#include "libs/postgres/transaction.h"
#include "libs/events/sql.h"

namespace continuo::events {

DeferredState StateFor(const Outcome& outcome, std::chrono::milliseconds retry_after) {
  DeferredState state{.attempts = 1, .retry_after = retry_after};
  if (outcome.wait()) {
    state.state = "waiting";
    state.awaited = outcome.wait()->on;
  } else if (outcome.fault()) {
    state.state = "parked";
    state.reason = outcome.fault()->reason;
    state.message = outcome.fault()->message;
  }
  return state;
}

DeferredEvent DeferredFrom(const postgres::Row& row) {
  return {.id = row.Id("def", "id"),
          .event = EventFrom(row),
          .state = std::string(row.Text("state")),
          .awaited = std::string(row.Text("awaited")),
          .reason = std::string(row.Text("reason")),
          .message = std::string(row.Text("message")),
          .attempts = static_cast<int>(row.Int("attempts"))};
}

void InsertDeferred(postgres::Transaction& tx, const std::string& consumer, const Event& event,
                    const DeferredState& state) {
  tx.Run(sql::insert_deferred_event, ids::NewUuid(), consumer, event.topic, event.partition,
         event.seq, event.key, state.state, state.awaited, state.reason, state.message,
         state.attempts, static_cast<int64_t>(state.retry_after.count()),
         postgres::IdOrNull("evt", event.event_id), event.type, event.subject,
         event.source_version, event.data, event.correlation, event.causation, event.traceparent,
         postgres::IdOrNull("acc", event.account_id), event.known_at, event.recorded_at);
}

void UpdateDeferred(postgres::Transaction& tx, const std::string& consumer, const Event& event,
                    const DeferredState& state) {
  tx.Run(sql::update_deferred_event, consumer, event.topic, event.partition, event.seq,
         state.state, state.awaited, state.reason, state.message, state.attempts,
         static_cast<int64_t>(state.retry_after.count()));
}

std::optional<DeferredEvent> FirstDeferred(postgres::Transaction& tx, const DeferredKey& key) {
  const postgres::Rows rows = tx.Run(sql::select_deferred_head, key.consumer, key.stream.topic,
                                     key.stream.partition, key.key);
  if (rows.empty()) return std::nullopt;
  return DeferredFrom(rows.front());
}

void RemoveDeferred(postgres::Transaction& tx, const std::string& consumer, const Event& event) {
  tx.Run(sql::delete_deferred_event, consumer, event.topic, event.partition, event.seq);
  const auto next = FirstDeferred(tx, {consumer, event.stream(), event.key});
  if (next && next->state == "queued") {
    UpdateDeferred(tx, consumer, next->event, {.state = "waiting"});
  }
}

}  // namespace continuo::events
