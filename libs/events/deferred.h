// The rows of deferred_event. Every change is made under the lock of the stream's position. Private to
// libs/events.
#pragma once

#include <optional>
#include <string>

#include "libs/events/admin.h"
#include "libs/events/consumers.h"
#include "libs/postgres/rows.h"

namespace continuo::events {

// Where a deferred event stands: who consumes, and which key of which stream.
struct DeferredKey {
  std::string consumer;
  Stream stream;
  std::string key;
};

// Why an event is put aside, and when to try it again.
struct DeferredState {
  std::string state = "queued";
  std::string awaited, reason, message;
  int attempts = 0;  // to add
  std::chrono::milliseconds retry_after{0};
};
DeferredState StateFor(const Outcome& outcome, std::chrono::milliseconds retry_after);

DeferredEvent DeferredFrom(const postgres::Row& row);
void InsertDeferred(postgres::Transaction& tx, const std::string& consumer, const Event& event,
                    const DeferredState& state);
void UpdateDeferred(postgres::Transaction& tx, const std::string& consumer, const Event& event,
                    const DeferredState& state);
std::optional<DeferredEvent> FirstDeferred(postgres::Transaction& tx, const DeferredKey& key);
// Takes it out; the next of its key is now the first, and tried at once.
void RemoveDeferred(postgres::Transaction& tx, const std::string& consumer, const Event& event);

}  // namespace continuo::events
