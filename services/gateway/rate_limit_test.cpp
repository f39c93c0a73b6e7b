#include "services/gateway/rate_limit.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::gateway {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr RateLimiter::Clock::time_point kStart{seconds(1000)};

TEST_CASE("a full bucket admits its burst, then one call each interval") {
  RateLimiter limiter({.per_second = 10, .burst = 3});
  CHECK(limiter.Take("key_1", kStart).remaining == 2);
  CHECK(limiter.Take("key_1", kStart).remaining == 1);
  CHECK(limiter.Take("key_1", kStart).remaining == 0);
  const auto refused = limiter.Take("key_1", kStart);
  CHECK_FALSE(refused.admitted);
  CHECK(refused.wait == seconds(1));
  CHECK_FALSE(limiter.Take("key_1", kStart + milliseconds(99)).admitted);
  CHECK(limiter.Take("key_1", kStart + milliseconds(100)).admitted);
}

TEST_CASE("one caller's blast costs another nothing") {
  RateLimiter limiter({.per_second = 1, .burst = 2});
  while (limiter.Take("key_1", kStart).admitted) {
  }
  CHECK(limiter.Take("key_2", kStart).remaining == 1);
}

TEST_CASE("a bucket never holds more than its burst, however long nobody calls") {
  RateLimiter limiter({.per_second = 10, .burst = 3});
  limiter.Take("key_1", kStart);
  CHECK(limiter.Take("key_1", kStart + seconds(3600)).remaining == 2);
}

TEST_CASE("no rate means no limit") {
  RateLimiter limiter({});
  for (int i = 0; i < 10'000; ++i) REQUIRE(limiter.Take("key_1", kStart).admitted);
}

TEST_CASE("the headers tell the quota, its window, what is left and when it is full again") {
  RateLimiter limiter({.per_second = 10, .burst = 30});
  const auto told = limiter.Tell(limiter.Take("key_1", kStart));
  CHECK(told[0].value == "\"key\";q=30;w=3");
  CHECK(told[1].value == "\"key\";r=29;t=1");
}

// The law of the bucket: in no window are more calls admitted than its burst and what came back.
TEST_CASE("whatever the rhythm, no more is admitted than burst + rate x time") {
  CHECK(rc::check([] {
    const int rate = *rc::gen::inRange(1, 50);
    const int burst = *rc::gen::inRange(1, 50);
    const auto pauses = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 400));
    RateLimiter limiter({.per_second = rate, .burst = burst});
    auto now = kStart;
    double admitted = 0;
    for (const int pause : pauses) {
      now += milliseconds(pause);
      admitted += limiter.Take("key_1", now).admitted ? 1 : 0;
    }
    const double passed = std::chrono::duration<double>(now - kStart).count();
    RC_ASSERT(admitted <= burst + rate * passed + 1e-6);
  }));
}

TEST_CASE("callers of long ago are forgotten without a change for those of now") {
  RateLimiter limiter({.per_second = 1, .burst = 1});
  for (int i = 0; i < 100'000; ++i) limiter.Take("key_" + std::to_string(i), kStart);
  CHECK_FALSE(limiter.Take("key_99999", kStart).admitted);
  CHECK(limiter.Take("key_0", kStart + seconds(2)).admitted);
}

}  // namespace
}  // namespace continuo::gateway
