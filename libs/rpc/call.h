// What every operation knows about the call that it serves: who calls, under which request, by when.
//
// The rpc server makes one for each call from the token and metadata it has verified; jobs and event
// consumers make their own with AsService. It is a plain value: libs/postgres reads it to set up row
// level security and idempotency, libs/events to correlate what follows.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace continuo::rpc {

// Who calls. Either a user (through an API key or a token), or a service on its own behalf.
struct Principal {
  std::string user_id;                    // "usr_...", empty for a service
  std::string key_id;                     // "key_..." when an API key signed
  std::string service;                    // "billing" when a service acts on its own
  std::vector<std::string> permissions;   // "quotes.approve", "quotes.*" or "*"
  bool sees_all = false;                  // profile sees: all; otherwise linked accounts only
  std::vector<std::string> division_ids;  // empty: no restriction
};

// What happened while the call was served, for the one who answers it.
struct CallNotes {
  bool replayed = false;  // the answer is the stored one of an earlier call with the same key
  // Set by a handler that has nothing to tell yet. Its answer is then dropped, and the call waits
  // without a thread: whoever parks it calls `resume` once, on any thread, and it is run once more.
  std::function<void(std::function<void()> resume)> park;
  std::chrono::steady_clock::time_point received = std::chrono::steady_clock::now();
};

// What a service does on its own behalf; its transactions leave an audit entry for what they change.
struct OwnWork {
  std::string name;     // "job.release_due_lines", "on.order.accepted"; empty: a call of somebody's
  std::string subject;  // of the event that is handled
  // Its rows are themselves the record (places in a feed, attempts, a copy): an entry only where it
  // appends a fact too.
  bool keeps_own_record = false;
};

struct Call {
  Principal principal;
  std::string method;           // "/continuo.crm.v1.CrmService/CreateLead"
  OwnWork work;
  std::string request_id;       // "req_...": the correlation of everything that follows
  std::string causation;        // id of the event that is being handled, empty at the edge
  std::string traceparent;      // W3C
  std::string idempotency_key;  // as the caller sent it, unquoted
  std::string fingerprint;      // SHA-256 of method and request, raw bytes
  std::optional<std::string> if_match;  // without quotes; "*" matches any
  std::chrono::steady_clock::time_point deadline =
      std::chrono::steady_clock::now() + std::chrono::seconds(30);
  // Shared by the copies of the call; never null.
  std::shared_ptr<CallNotes> notes = std::make_shared<CallNotes>();

  bool Permits(std::string_view permission) const;

  // A call that `service` makes on its own behalf: a job, or the handling of an event.
  static Call AsService(std::string service, std::string request_id);
};

// "quotes.approve" is granted by "quotes.approve", "quotes.*" and "*".
bool Grants(const std::vector<std::string>& permissions, std::string_view permission);

}  // namespace continuo::rpc
