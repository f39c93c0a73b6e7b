// An event to and from the columns that every table of events has. Private to libs/events.
#pragma once

#include <span>
#include <vector>

#include "libs/events/event.h"
#include "libs/postgres/rows.h"

namespace continuo::events {

Event EventFrom(const postgres::Row& row);
std::vector<Event> EventsFrom(const postgres::Rows& rows);

// The last sequence of each stream among events that are in order: three arrays for unnest.
struct Heads {
  std::vector<std::string> topics;
  std::vector<int> partitions;
  std::vector<int64_t> seqs;
};
Heads HeadsOf(std::span<const Event> events);

// By the wall clock, for the metrics; never negative.
int64_t MicrosecondsSince(calendar::Instant instant);

}  // namespace continuo::events
