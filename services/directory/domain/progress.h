// How far the services are with their events and jobs, and what follows from it: where the test
// clock may go next, and what of a request is still to be done.
//
//   const Step step = NextStep(before, now, {.at = march, .target = april});
//   step.kind == Step::kMove, step.to == 2026-03-15T00:00:00Z      the next instant with work due
//
// A pass is what every service said of itself, one after another. One pass proves nothing, since a
// service may act between two answers; two passes that are the same, with nothing left to do in
// either, do. Who is asked, and how, is the app's business.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "libs/calendar/zone.h"

namespace continuo::directory::domain {

struct Stream {
  std::string topic;
  int partition = 0;

  friend auto operator<=>(const Stream&, const Stream&) = default;
};

struct ServiceProgress {
  std::string service;
  bool answers = true;
  std::map<Stream, std::int64_t> emitted;   // newest stamped event of each of its streams
  std::map<Stream, std::int64_t> consumed;  // of the topics that it listens to
  std::set<std::string> topics;             // that it listens to
  std::int64_t unstamped = 0;               // events on their way out
  std::int64_t waiting = 0;                 // events that wait for another fact
  std::int64_t parked = 0;                  // events that failed
  bool jobs_running = false;
  std::optional<calendar::Instant> next_due_at;
  calendar::Instant clock;

  friend bool operator==(const ServiceProgress&, const ServiceProgress&) = default;
};
using Pass = std::vector<ServiceProgress>;

struct ClockPosition {
  calendar::Instant at;      // where the clock stands
  calendar::Instant target;  // where it is to go
  // Events that wait for another fact may do so for good: after a while they no longer hold it up.
  bool ignore_waiting = false;
};

struct Step {
  enum Kind {
    kSetClock,  // `services` do not stand at `at` yet
    kWait,      // there is something to do, or one pass more is needed to be sure that there is not
    kMove,      // to `to`: an instant with work due, or the target
    kReady,
  };
  Kind kind = kWait;
  calendar::Instant to;
  std::vector<std::string> services;
  std::vector<std::string> blockers;  // sentences: "billing: 3 events of crm are not consumed"

  friend bool operator==(const Step&, const Step&) = default;
};

Step NextStep(const Pass& before, const Pass& now, const ClockPosition& position);

std::int64_t ParkedIn(const Pass& pass);

// An event that followed from a request.
struct FollowUp {
  Stream stream;
  std::int64_t seq = 0;  // 0: not on its way yet
};

// The services that have not consumed the event yet. `pass` must have been made BEFORE the events
// were listed: what a service had consumed by then has its consequences, committed together with
// it, among the events listed afterwards. So when nothing is awaited, nothing more will follow.
std::vector<std::string> AwaitedFrom(const FollowUp& event, const Pass& pass);

}  // namespace continuo::directory::domain
