#include "services/gateway/rate_limit.h"

#include <algorithm>
#include <random>

namespace continuo::gateway {
namespace {

std::chrono::seconds RoundedUp(std::chrono::nanoseconds time) {
  return std::chrono::ceil<std::chrono::seconds>(std::max(time, std::chrono::nanoseconds(0)));
}

}  // namespace

std::chrono::nanoseconds RateLimiter::Interval() const {
  return std::chrono::nanoseconds(std::chrono::seconds(1)) / limit_.per_second;
}

RateLimiter::Verdict RateLimiter::Take(std::string_view caller, Clock::time_point now) {
  if (!limits()) return {};
  auto& part = parts_[Hash()(caller) % parts_.size()];
  std::lock_guard lock(part.mutex);
  if (part.full_at.size() >= part.forget_above) ForgetFull(part, now);
  auto found = part.full_at.find(caller);
  if (found == part.full_at.end()) found = part.full_at.emplace(caller, now).first;
  const auto full_at = std::max(found->second, now);
  const auto taken = full_at + Interval();
  const auto deepest = now + Interval() * limit_.burst;
  if (taken > deepest) {
    return {.admitted = false,
            .wait = RoundedUp(taken - deepest),
            .refill = RoundedUp(full_at - now)};
  }
  found->second = taken;
  return {.remaining = static_cast<int>((deepest - taken) / Interval()),
          .refill = RoundedUp(taken - now)};
}

std::chrono::milliseconds RateLimiter::DelayOfRefusal() const {
  thread_local std::minstd_rand random{std::random_device()()};
  return std::chrono::milliseconds(std::uniform_int_distribution<int>(100, 200)(random));
}

// Doubling keeps the cost of looking through all of them a constant for each call.
void RateLimiter::ForgetFull(Part& part, Clock::time_point now) {
  std::erase_if(part.full_at, [&](const auto& bucket) { return bucket.second <= now; });
  part.forget_above = std::max<size_t>(1024, part.full_at.size() * 2);
}

http::Headers RateLimiter::Tell(const Verdict& verdict) const {
  const auto window = RoundedUp(Interval() * limit_.burst).count();
  return {{"RateLimit-Policy", "\"key\";q=" + std::to_string(limit_.burst) +
                                   ";w=" + std::to_string(window)},
          {"RateLimit", "\"key\";r=" + std::to_string(verdict.remaining) +
                            ";t=" + std::to_string(verdict.refill.count())}};
}

}  // namespace continuo::gateway
