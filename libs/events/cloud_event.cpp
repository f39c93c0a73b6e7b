#include "libs/events/cloud_event.h"

#include <charconv>

namespace continuo::events {
namespace {

std::optional<int64_t> Number(const std::string& text) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

CloudHeaders HeadersOf(const Event& event) {
  CloudHeaders headers = {
      {"ce_specversion", "1.0"},
      {"ce_id", event.event_id},
      {"ce_source", "/continuo/" + event.topic},
      {"ce_type", event.type},
      {"ce_subject", event.subject},
      {"ce_time", calendar::FormatInstant(event.known_at)},
      {"content-type", "application/json"},
      {"ce_sequence", std::to_string(event.source_version)},
      {"ce_partitionkey", event.key},
      {"ce_logsequence", std::to_string(event.seq)},
      {"ce_recordedtime", calendar::FormatInstant(event.recorded_at)},
  };
  const auto add_unless_empty = [&](const char* name, const std::string& value) {
    if (!value.empty()) headers.emplace_back(name, value);
  };
  add_unless_empty("ce_traceparent", event.traceparent);
  add_unless_empty("ce_correlationid", event.correlation);
  add_unless_empty("ce_causationid", event.causation);
  add_unless_empty("ce_accountid", event.account_id);
  return headers;
}

std::optional<Event> EventFromHeaders(const std::map<std::string, std::string>& headers) {
  const auto text = [&](const char* name) -> std::string {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
  };
  const auto seq = Number(text("ce_logsequence"));
  const auto version = Number(text("ce_sequence"));
  const auto known_at = calendar::ParseInstant(text("ce_time"));
  const auto recorded_at = calendar::ParseInstant(text("ce_recordedtime"));
  if (!seq || !version || !known_at || !recorded_at || text("ce_id").empty()) return std::nullopt;
  return Event{.event_id = text("ce_id"),
               .seq = *seq,
               .key = text("ce_partitionkey"),
               .type = text("ce_type"),
               .subject = text("ce_subject"),
               .source_version = *version,
               .correlation = text("ce_correlationid"),
               .causation = text("ce_causationid"),
               .traceparent = text("ce_traceparent"),
               .account_id = text("ce_accountid"),
               .known_at = *known_at,
               .recorded_at = *recorded_at};
}

}  // namespace continuo::events
