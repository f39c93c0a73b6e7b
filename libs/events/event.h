// An event as it travels: a small fact of one service, with its place in the order.
//
//   Event{.topic = "quoting", .partition = 11, .seq = 4711, .type = "order.accepted",
//         .subject = "ord_01h...", .data = R"({"id":"ord_01h...",...})"}
//
// Topic is the owning service, or "<service>.audit". The partition follows from the key alone, and
// within a (topic, partition) the sequence is 1, 2, 3 ... without gaps: order holds there and
// nowhere else. Data is the canonical JSON of a proto message that has the option `event`.
//
// It holds ids and what changed, not documents: those are fetched from their owner.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "libs/calendar/zone.h"
#include "libs/rpc/call.h"

namespace continuo::events {

// Fixed for good: another number would send a key's events to two partitions at once.
inline constexpr int kPartitions = 16;
inline constexpr std::size_t kDataBytesMax = 16 * 1024;

// Where an order holds.
struct Stream {
  std::string topic;
  int partition = 0;
  auto operator<=>(const Stream&) const = default;
};

struct Event {
  std::string event_id;  // "evt_..."
  std::string topic;
  int partition = 0;
  int64_t seq = 0;            // 0 until the relay has stamped it
  std::string key;            // the account's id where there is one, else the subject's
  std::string type;           // "order.accepted"
  std::string subject;        // "ord_..."
  int64_t source_version = 0; // the subject's version that this made
  std::string data;           // canonical JSON
  std::string correlation;    // the request that everything followed from
  std::string causation;      // the event whose handling appended this one; empty at the edge
  std::string traceparent;
  std::string account_id;         // "acc_..." or empty
  calendar::Instant known_at;     // business clock
  calendar::Instant recorded_at;  // wall clock

  Stream stream() const { return {topic, partition}; }
};

// murmur2 as Kafka's own default partitioner computes it, so that other producers and consumers of
// the topics agree: (murmur2(key) & 0x7fffffff) % 16.
int PartitionOf(std::string_view key);
int32_t Murmur2(std::string_view key);

// Who owns a topic: "billing" for "billing" and for "billing.audit".
std::string_view OwnerOf(std::string_view topic);

// The call under which `service` handles the event: what it appends and calls is correlated.
rpc::Call CallFor(const std::string& service, const Event& event);

}  // namespace continuo::events
