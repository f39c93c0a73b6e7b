// What operators, the test clock and GET /v1/requests/{id} ask of a service's events.
//
//   Status status = GetStatus(tx);            // has everything been emitted and consumed?
//   RETURN_IF_FAULT(RetryDeferred(tx, id));   // a parked key gets another try
//   RETURN_IF_FAULT(Replay(tx, {"quoting", 3}, 1));
//
// Each service answers for its own schema: what it emitted as an owner, what it applied as a
// consumer. Whether all is done is for the asker to join: every stamped head of an owner reached by
// every consumer of its topic, nothing unstamped, nothing waiting.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/events/event.h"
#include "libs/result/result.h"

namespace continuo::postgres {
class Transaction;
}

namespace continuo::events {

struct DeferredEvent {
  std::string id;  // "def_..."
  Event event;
  std::string state;    // "waiting" and "parked" are heads of their key, "queued" stand behind one
  std::string awaited;  // what a waiting one needs
  std::string reason;   // the fault's reason and message of a parked one
  std::string message;
  int attempts = 0;
};

struct DeferredFilter {
  std::string state;  // empty: all
  std::string key;
  std::string after;  // the id of the last one seen
  int limit = 100;
};

std::vector<DeferredEvent> ListDeferred(postgres::Transaction& tx, const DeferredFilter& filter);
// A waiting key is not tried again until someone retries it. NOT_FOUND, DEFERRED_EVENT_IS_QUEUED as below.
Result<void> ParkDeferred(postgres::Transaction& tx, const std::string& id, const std::string& why);
// NOT_FOUND; DEFERRED_EVENT_IS_QUEUED when an earlier event of its key has to be dealt with first.
Result<void> RetryDeferred(postgres::Transaction& tx, const std::string& id);
// Its effect never happens; the next of its key is tried.
Result<void> DropDeferred(postgres::Transaction& tx, const std::string& id);

// Moves the position back, so that everything from `seq` on is handled again: how many events that is.
// What is put aside from there on is forgotten, since it comes again.
Result<int64_t> Replay(postgres::Transaction& tx, const Stream& stream, int64_t seq);

struct StreamStatus {
  Stream stream;
  int64_t stamped_seq = 0;
  int64_t produced_seq = 0;
};
struct PositionStatus {
  Stream stream;
  int64_t seq = 0;
};
struct Status {
  std::vector<StreamStatus> emitted;     // this service's own streams
  int64_t unstamped = 0;                 // appended, not yet stamped
  std::vector<PositionStatus> consumed;  // streams that it consumes
  int64_t waiting = 0;                   // events, queued ones behind waiting ones included
  int64_t parked = 0;                    // likewise
};
Status GetStatus(postgres::Transaction& tx);

struct FollowUps {
  std::vector<Event> events;             // this service appended; seq 0: not yet stamped
  int64_t count = 0;                     // of all that it appended, listed or not
  std::vector<StreamStatus> heads;       // the newest stamped one of all in each stream
  int64_t unstamped = 0;                 // of all
  std::vector<DeferredEvent> deferred;   // others' events of the correlation that wait here
};
// Lists at most `limit` of each, oldest first; the counts and heads speak of all.
FollowUps GetFollowUps(postgres::Transaction& tx, const std::string& correlation,
                       int limit = 1'000);

}  // namespace continuo::events
