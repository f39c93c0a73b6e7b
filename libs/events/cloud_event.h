// An event as CloudEvents 1.0 in Kafka's binary mode: attributes as ce_* headers, the data as value.
// Private to libs/events.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/events/event.h"

namespace continuo::events {

using CloudHeaders = std::vector<std::pair<std::string, std::string>>;

// `sequence` counts per subject (source_version), `logsequence` per topic and partition.
CloudHeaders HeadersOf(const Event& event);
// Nothing when it is not one of ours. Topic, partition and data are not in the headers.
std::optional<Event> EventFromHeaders(const std::map<std::string, std::string>& headers);

}  // namespace continuo::events
