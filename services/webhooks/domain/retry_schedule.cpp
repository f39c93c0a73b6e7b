#include "services/webhooks/domain/retry_schedule.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace continuo::webhooks::domain {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::array<seconds, 10> kWaits = {seconds(0), seconds(5), minutes(5), minutes(30),
                                            hours(2),   hours(5),   hours(10),  hours(14),
                                            hours(20),  hours(24)};
constexpr seconds kLongestRetryAfter = hours(24);
constexpr seconds kPatience = hours(5 * 24);
constexpr double kSpread = 0.1;

}  // namespace

Verdict Judge(int status) {
  if (status >= 200 && status < 300) return Verdict::kDelivered;
  if (status == 410) return Verdict::kGone;
  if (status == 429 || status == 502 || status == 503 || status == 504) return Verdict::kThrottled;
  return Verdict::kFailed;
}

std::optional<milliseconds> DelayBefore(int attempt, double chance,
                                        std::optional<seconds> retry_after) {
  if (attempt < 1 || attempt > static_cast<int>(kWaits.size())) return std::nullopt;
  const milliseconds planned = kWaits[attempt - 1];
  const double factor = 1 - kSpread + 2 * kSpread * chance;
  const milliseconds spread(static_cast<milliseconds::rep>(planned.count() * factor));
  if (!retry_after) return spread;
  return std::max<milliseconds>(spread, std::min(*retry_after, kLongestRetryAfter));
}

std::optional<seconds> HoldAfter(int status, std::optional<seconds> retry_after) {
  if (!retry_after || Judge(status) != Verdict::kThrottled) return std::nullopt;
  return std::min(*retry_after, kLongestRetryAfter);
}

std::optional<seconds> ReadRetryAfter(std::string_view header) {
  int count = 0;
  const char* end = header.data() + header.size();
  const auto [read_to, error] = std::from_chars(header.data(), end, count);
  if (error != std::errc() || read_to != end || count < 0) return std::nullopt;
  return seconds(count);
}

bool GivesUp(seconds failing_for) { return failing_for >= kPatience; }

}  // namespace continuo::webhooks::domain
