#include "libs/events/event.h"

namespace continuo::events {

// Kafka's org.apache.kafka.common.utils.Utils.murmur2, on unsigned numbers.
int32_t Murmur2(std::string_view key) {
  constexpr uint32_t kMultiplier = 0x5bd1e995;
  const auto byte = [&](std::size_t index) -> uint32_t {
    return static_cast<unsigned char>(key[index]);
  };
  uint32_t hash = 0x9747b28c ^ static_cast<uint32_t>(key.size());
  const std::size_t whole = key.size() / 4 * 4;
  for (std::size_t i = 0; i < whole; i += 4) {
    uint32_t word = byte(i) | byte(i + 1) << 8 | byte(i + 2) << 16 | byte(i + 3) << 24;
    word *= kMultiplier;
    word ^= word >> 24;
    word *= kMultiplier;
    hash = (hash * kMultiplier) ^ word;
  }
  const std::size_t left = key.size() - whole;
  if (left >= 3) hash ^= byte(whole + 2) << 16;
  if (left >= 2) hash ^= byte(whole + 1) << 8;
  if (left >= 1) hash = (hash ^ byte(whole)) * kMultiplier;
  hash ^= hash >> 13;
  hash *= kMultiplier;
  hash ^= hash >> 15;
  return static_cast<int32_t>(hash);
}

int PartitionOf(std::string_view key) { return (Murmur2(key) & 0x7fffffff) % kPartitions; }

std::string_view OwnerOf(std::string_view topic) { return topic.substr(0, topic.find('.')); }

rpc::Call CallFor(const std::string& service, const Event& event) {
  rpc::Call call = rpc::Call::AsService(service, event.correlation);
  call.causation = event.event_id;
  call.traceparent = event.traceparent;
  return call;
}

}  // namespace continuo::events
