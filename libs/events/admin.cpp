#include "libs/events/admin.h"

#include "libs/events/deferred.h"
#include "libs/events/event_row.h"
#include "libs/events/signals.h"
#include "libs/ids/type_id.h"
#include "libs/postgres/transaction.h"
#include "libs/events/sql.h"

namespace continuo::events {
namespace {

using postgres::Row;
using postgres::Rows;
using postgres::Transaction;

// Not a fault's code: nothing failed.
constexpr char kParkedByOperator[] = "PARKED_BY_OPERATOR";

Stream StreamFrom(const Row& row) {
  return {std::string(row.Text("topic")), static_cast<int>(row.Int("partition"))};
}

std::vector<DeferredEvent> AllDeferredFrom(const Rows& rows) {
  std::vector<DeferredEvent> events;
  for (const Row row : rows) events.push_back(DeferredFrom(row));
  return events;
}

void WakeConsumers(Transaction& tx) {
  tx.OnCommit([name = "consumer/" + tx.service()] { Raise(name); });
}

struct Found {
  DeferredKey where;
  int64_t seq = 0;
  DeferredEvent first;  // of its key
};

// The event by its id, with its stream locked against the consumers.
Result<Found> LockDeferred(Transaction& tx, const std::string& id) {
  const Result<ids::Uuid> uuid = ids::ParseTypeId("def", id);
  if (!uuid) return NotFound("deferred event", id);
  const Rows rows = tx.Run(sql::find_deferred_event, tx.service(), *uuid);
  if (rows.empty()) return NotFound("deferred event", id);
  Found found{.where = {tx.service(), StreamFrom(rows.front()),
                        std::string(rows.front().Text("key"))},
              .seq = rows.front().Int("seq")};
  tx.Run(sql::wait_for_position, tx.service(), found.where.stream.topic,
         found.where.stream.partition);
  const std::optional<DeferredEvent> first = FirstDeferred(tx, found.where);
  if (!first || first->event.seq > found.seq) return NotFound("deferred event", id);
  found.first = *first;
  return found;
}

// The same for what only the first event of a key can be.
Result<Found> LockHead(Transaction& tx, const std::string& id) {
  ASSIGN_OR_RETURN(Found found, LockDeferred(tx, id));
  if (found.first.event.seq == found.seq) return found;
  return FailedPrecondition("DEFERRED_EVENT_IS_QUEUED",
                            "An earlier event of the same key, " + found.first.id +
                                ", has to be retried or dropped first.",
                            {{"first", found.first.id}});
}

}  // namespace

std::vector<DeferredEvent> ListDeferred(Transaction& tx, const DeferredFilter& filter) {
  return AllDeferredFrom(tx.Run(sql::list_deferred_events, tx.service(), filter.state, filter.key,
                                postgres::IdOrNull("def", filter.after), filter.limit));
}

Result<void> ParkDeferred(Transaction& tx, const std::string& id, const std::string& why) {
  ASSIGN_OR_RETURN(const Found found, LockHead(tx, id));
  UpdateDeferred(tx, tx.service(), found.first.event,
                 {.state = "parked", .reason = kParkedByOperator, .message = why});
  return {};
}

Result<void> RetryDeferred(Transaction& tx, const std::string& id) {
  ASSIGN_OR_RETURN(const Found found, LockHead(tx, id));
  UpdateDeferred(tx, tx.service(), found.first.event, {.state = "waiting"});
  WakeConsumers(tx);
  return {};
}

Result<void> DropDeferred(Transaction& tx, const std::string& id) {
  ASSIGN_OR_RETURN(Found found, LockDeferred(tx, id));
  Event dropped = found.first.event;  // the same stream and key
  dropped.seq = found.seq;
  RemoveDeferred(tx, tx.service(), dropped);
  WakeConsumers(tx);
  return {};
}

Result<int64_t> Replay(Transaction& tx, const Stream& stream, int64_t seq) {
  if (seq < 1) return Invalid("/seq", "OUT_OF_RANGE", "Sequences begin at 1.");
  const Rows position =
      tx.Run(sql::wait_for_position, tx.service(), stream.topic, stream.partition);
  if (position.empty()) {
    return NotFound("consumed stream", stream.topic + "/" + std::to_string(stream.partition));
  }
  tx.Run(sql::delete_deferred_events_from, tx.service(), stream.topic, stream.partition, seq);
  tx.Run(sql::rewind_position, tx.service(), stream.topic, stream.partition, seq);
  WakeConsumers(tx);
  return std::max<int64_t>(position.front().Int("seq") - seq + 1, 0);
}

Status GetStatus(Transaction& tx) {
  Status status;
  for (const Row row : tx.Run(sql::list_relay_positions)) {
    status.emitted.push_back({StreamFrom(row), row.Int("stamped_seq"), row.Int("produced_seq")});
  }
  status.unstamped = tx.Run(sql::count_unsent_events).front().Int("unstamped");
  for (const Row row : tx.Run(sql::select_positions, tx.service())) {
    status.consumed.push_back({StreamFrom(row), row.Int("seq")});
  }
  const Rows counts = tx.Run(sql::count_deferred_events, tx.service());
  status.waiting = counts.front().Int("waiting");
  status.parked = counts.front().Int("parked");
  return status;
}

FollowUps GetFollowUps(Transaction& tx, const std::string& correlation, int limit) {
  FollowUps found{
      .events = EventsFrom(tx.Run(sql::list_events_by_correlation, correlation, limit)),
      .deferred = AllDeferredFrom(
          tx.Run(sql::list_deferred_by_correlation, tx.service(), correlation, limit))};
  for (const Row row : tx.Run(sql::sum_events_by_correlation, correlation)) {
    found.count += row.Int("events");
    found.unstamped += row.Int("unstamped");
    const int64_t head = row.Int("head");
    if (head > 0) found.heads.push_back({.stream = StreamFrom(row), .stamped_seq = head});
  }
  return found;
}

}  // namespace continuo::events
