#include "services/webhooks/domain/retry_schedule.h"

#include "libs/testing/catch/catch.h"

namespace continuo::webhooks::domain {
namespace {

using namespace std::chrono_literals;

TEST_CASE("ten attempts over three days, then none") {
  const std::chrono::seconds waits[] = {0s, 5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h};
  for (int attempt = 1; attempt <= 10; ++attempt) {
    INFO(attempt);
    CHECK(DelayBefore(attempt, 0.5, {}) == waits[attempt - 1]);
  }
  CHECK_FALSE(DelayBefore(11, 0.5, {}));
  CHECK_FALSE(DelayBefore(0, 0.5, {}));
}

TEST_CASE("chance spreads a wait by a tenth either way") {
  CHECK(DelayBefore(2, 0, {}) == 4500ms);
  CHECK(DelayBefore(2, 0.999, {}) < 5500ms);
  CHECK(DelayBefore(2, 0.999, {}) > 5490ms);
}

TEST_CASE("a longer Retry-After wins, up to a day") {
  CHECK(DelayBefore(2, 0.5, 60s) == 60s);
  CHECK(DelayBefore(3, 0.5, 60s) == 5min);
  CHECK(DelayBefore(2, 0.5, 100h) == 24h);
}

TEST_CASE("Retry-After is read in seconds") {
  CHECK(ReadRetryAfter("120") == 120s);
  for (const char* text : {"", "-1", "1.5", "12x", "Wed, 21 Oct 2026 07:28:00 GMT", "99999999999"}) {
    INFO(text);
    CHECK_FALSE(ReadRetryAfter(text));
  }
}

TEST_CASE("what an answer means") {
  for (int status : {200, 202, 204, 299}) CHECK(Judge(status) == Verdict::kDelivered);
  for (int status : {0, 199, 301, 302, 400, 404, 500}) CHECK(Judge(status) == Verdict::kFailed);
  for (int status : {429, 502, 503, 504}) CHECK(Judge(status) == Verdict::kThrottled);
  CHECK(Judge(410) == Verdict::kGone);
}

TEST_CASE("an endpoint that is busy is left alone for as long as it asks, up to a day") {
  for (int status : {429, 502, 503, 504}) {
    CHECK(HoldAfter(status, 30s) == 30s);
    CHECK(HoldAfter(status, 240h) == 24h);
    CHECK_FALSE(HoldAfter(status, {}));
  }
  for (int status : {0, 200, 301, 410, 500}) CHECK_FALSE(HoldAfter(status, 30s));
}

TEST_CASE("five days of nothing but failure") {
  CHECK_FALSE(GivesUp(120h - 1s));
  CHECK(GivesUp(120h));
}

}  // namespace
}  // namespace continuo::webhooks::domain
