// What carries stamped events from their owner's relay to the consumers: Postgres or Kafka.
//
// A transport delivers each event at least once and, as a rule, in order of (topic, partition,
// seq). Consumers do not trust it: they apply exactly last + 1, drop what is lower and ask for what
// is missing. Nothing is kept here for good; the record is the owner's event log.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/events/event.h"
#include "libs/result/result.h"

namespace continuo::events {

// One consumer's view of its topics. Used by one thread, except Wake.
class Subscription {
 public:
  virtual ~Subscription() = default;

  // What has come, at the latest at `until` and then perhaps nothing. May call the callbacks of
  // SubscribeOptions.
  virtual Result<std::vector<Event>> Poll(std::chrono::steady_clock::time_point until) = 0;
  // Deliver from this sequence on, again if need be.
  virtual void Seek(const Stream& stream, int64_t seq) = 0;
  // No more of this stream until Resume: the consumer has enough in hand.
  virtual void Pause(const Stream& stream) = 0;
  virtual void Resume(const Stream& stream) = 0;
  // Effects up to here are committed. A hint for where to begin next time.
  virtual void Applied(const Stream& stream, int64_t seq) = 0;
  // Something from `seq` on has not come: the owner's relay is asked to send it again.
  virtual void RequestResend(const Stream& stream, int64_t seq) = 0;
  // Poll returns soon. From any thread.
  virtual void Wake() = 0;
};

struct SubscribeOptions {
  std::string consumer;  // the service that consumes
  std::vector<std::string> topics;
  // A process may divide its streams over lanes, one subscription each.
  int lane = 0;
  int lanes = 1;
  // The last applied sequence of each stream that is now this subscription's.
  std::function<Result<std::vector<int64_t>>(std::span<const Stream>)> assigned;
  // Another has these now; what is in hand of them can be dropped.
  std::function<void(std::span<const Stream>)> revoked;
};

struct ResendRequest {
  Stream stream;
  int64_t from_seq = 1;
};

class Transport {
 public:
  virtual ~Transport() = default;

  // Returns when all of them are safe with the transport. On a Fault some may be: the relay sends
  // them all again. From any thread.
  virtual Result<void> Produce(std::span<const Event> events) = 0;
  virtual std::unique_ptr<Subscription> Subscribe(SubscribeOptions options) = 0;
  // The process ends: what waits for a broker gives up, and whatever is asked from now on fails at
  // once. Nothing is lost, since the record is the owner's log. From any thread.
  virtual void End() {}
  // What consumers miss of a service's topics. The service's relay is woken when there is some.
  virtual Result<std::vector<ResendRequest>> TakeResendRequests(const std::string& service) = 0;
};

}  // namespace continuo::events
