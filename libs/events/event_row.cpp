#include "libs/events/event_row.h"

#include <chrono>
#include <map>

namespace continuo::events {

Event EventFrom(const postgres::Row& row) {
  return {
      .event_id = row.Id("evt", "event_id"),
      .topic = std::string(row.Text("topic")),
      .partition = static_cast<int>(row.Int("partition")),
      .seq = row.OptionalInt("seq").value_or(0),
      .key = std::string(row.Text("key")),
      .type = std::string(row.Text("type")),
      .subject = std::string(row.Text("subject")),
      .source_version = row.Int("source_version"),
      .data = std::string(row.Text("data")),
      .correlation = std::string(row.Text("correlation")),
      .causation = std::string(row.Text("causation")),
      .traceparent = std::string(row.Text("traceparent")),
      .account_id = row.OptionalId("acc", "account_id"),
      .known_at = row.Instant("known_at"),
      .recorded_at = row.Instant("recorded_at"),
  };
}

std::vector<Event> EventsFrom(const postgres::Rows& rows) {
  std::vector<Event> events;
  events.reserve(rows.size());
  for (const postgres::Row row : rows) events.push_back(EventFrom(row));
  return events;
}

Heads HeadsOf(std::span<const Event> events) {
  std::map<Stream, int64_t> last;
  for (const Event& event : events) last[event.stream()] = event.seq;
  Heads heads;
  for (const auto& [stream, seq] : last) {
    heads.topics.push_back(stream.topic);
    heads.partitions.push_back(stream.partition);
    heads.seqs.push_back(seq);
  }
  return heads;
}

int64_t MicrosecondsSince(calendar::Instant instant) {
  const auto now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  return std::max<int64_t>(0, (now - instant).count());
}

}  // namespace continuo::events
