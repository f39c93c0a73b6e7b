// When a delivery is tried again, and when an endpoint is given up.
//
//   DelayBefore(1, 0.5, {})     -> 0 s    the first attempt goes at once
//   DelayBefore(3, 0.5, {})     -> 5 min
//   DelayBefore(11, 0.5, {})    -> none: the delivery is exhausted
//
// Runs on the wall clock: the business clock of a sandbox does not speed up a receiver's recovery.
// It does not read clocks or draw random numbers: both are handed in.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace continuo::webhooks::domain {

enum class Verdict {
  kDelivered,
  kFailed,     // try again as scheduled
  kThrottled,  // try again, not before what Retry-After asks
  kGone,       // the receiver wants no more: disable the endpoint
};

// `status` is the HTTP status, 0 when there was no answer (refused, timed out, address denied).
Verdict Judge(int status);

// The wait before attempt number `attempt` (1 is the first), none when there is no such attempt.
// `chance` in [0, 1) spreads the wait by -10 % to +10 %, so that receivers that failed together do
// not all return together. A `retry_after` that is longer wins, up to a day.
std::optional<std::chrono::milliseconds> DelayBefore(
    int attempt, double chance, std::optional<std::chrono::seconds> retry_after);

// For how long an endpoint that gave this answer is sent nothing at all: as its Retry-After asks,
// where it is busy, up to a day.
std::optional<std::chrono::seconds> HoldAfter(int status,
                                              std::optional<std::chrono::seconds> retry_after);

// Retry-After in seconds. The form with a date is not read: the schedule then decides alone.
std::optional<std::chrono::seconds> ReadRetryAfter(std::string_view header);

// Nothing but failure for five days: `failing_for` is the time since the first failure after the
// last success.
bool GivesUp(std::chrono::seconds failing_for);

}  // namespace continuo::webhooks::domain
