// How often one caller may call: a token bucket for each, so that one at full blast leaves the others
// their share.
//
//   RateLimiter limiter({.per_second = 100, .burst = 200});
//   limiter.Take("key_1", now)   -> {.admitted = true, .limit = 200, .remaining = 199, ...}
//
// A bucket is one number, the instant at which it will be full again (the generic cell rate
// algorithm), and a full bucket is no bucket: what is full is forgotten, so the memory follows the
// callers of the last few seconds and not those ever seen.
// Each process counts for itself: behind N gateways a caller may reach N times the rate.
#pragma once

#include <array>
#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "libs/http/message.h"

namespace continuo::gateway {

struct RateLimit {
  int per_second = 0;  // tokens that come back each second; 0: no limit
  int burst = 0;       // tokens of a full bucket
};

class RateLimiter {
 public:
  using Clock = std::chrono::steady_clock;

  struct Verdict {
    bool admitted = true;
    int remaining = 0;                // calls that would be admitted at once
    std::chrono::seconds wait{0};     // refused: until one is admitted, rounded up
    std::chrono::seconds refill{0};   // until the bucket is full, rounded up
  };

  explicit RateLimiter(RateLimit limit) : limit_(limit) {}

  bool limits() const { return limit_.per_second > 0; }
  // One call of `caller` at `now`; a refused one costs nothing.
  Verdict Take(std::string_view caller, Clock::time_point now);
  // How long to keep a refusal back. A client that asks again at once would otherwise have the refusals
  // themselves take the others' share: 50,000 of them a second, where two cores serve 2,500 calls.
  // It varies, so that those who were refused together do not come back together.
  std::chrono::milliseconds DelayOfRefusal() const;
  // RateLimit-Policy and RateLimit as draft-ietf-httpapi-ratelimit-headers-10 has them.
  http::Headers Tell(const Verdict& verdict) const;

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  // Callers are spread over locks of their own, and each part forgets for itself.
  struct Part {
    std::mutex mutex;
    std::unordered_map<std::string, Clock::time_point, Hash, std::equal_to<>> full_at;
    size_t forget_above = 1024;
  };

  std::chrono::nanoseconds Interval() const;
  static void ForgetFull(Part& part, Clock::time_point now);

  RateLimit limit_;
  std::array<Part, 16> parts_;
};

}  // namespace continuo::gateway
