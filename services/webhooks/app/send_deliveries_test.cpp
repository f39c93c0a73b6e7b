// Claims and records on a real database: who sends what, when again, and when no more.
#include "services/webhooks/app/stage_test.h"

namespace continuo::webhooks {
namespace {

using namespace std::chrono_literals;

std::vector<int64_t> Positions(const std::vector<app::ClaimedDelivery>& deliveries) {
  std::vector<int64_t> positions;
  for (const auto& delivery : deliveries) {
    const std::string name = "\"position\":\"";
    positions.push_back(std::stoll(delivery.body.substr(delivery.body.find(name) + name.size())));
  }
  return positions;
}

// Of the only delivery.
int64_t SecondsUntilNext(Stage& stage) {
  return std::stoll(stage.test.Execute("SELECT round(extract(epoch FROM next_attempt_at - now())) "
                                       "FROM webhooks.webhook_delivery"));
}

TEST_CASE("what one has claimed no other gets, until the claim has run out") {
  Stage stage;
  stage.Endpoint();
  for (int i = 0; i < 5; ++i) stage.Take({});
  stage.Place();
  const auto first = stage.Claim({{}, 3, 100});
  const auto second = stage.Claim({{}, 8, 100});
  CHECK(Positions(first) == std::vector<int64_t>{1, 2, 3});
  CHECK(Positions(second) == std::vector<int64_t>{4, 5});
  CHECK(stage.Claim().empty());
  stage.test.Execute("UPDATE webhooks.webhook_delivery SET claimed_until = now() - interval '1 s' "
                     "WHERE position <= 3");
  CHECK(Positions(stage.Claim()) == std::vector<int64_t>{1, 2, 3});
}

TEST_CASE("one that was stopped and wakes up logs its attempt and changes nothing") {
  Stage stage;
  const auto endpoint = stage.Endpoint();
  stage.Happens({});
  const auto stopped = stage.Claim();
  stage.test.Execute("UPDATE webhooks.webhook_delivery SET claimed_until = now() - interval '1 s'");
  const auto successor = stage.Claim();
  REQUIRE(successor.size() == 1);
  stage.Record(stopped, 500);
  CHECK(stage.Claim().empty());  // the successor's claim still holds
  stage.Record(successor, 200);
  stage.Record(stopped, 500);
  const auto delivery = stage.Delivery(stage.Deliveries(endpoint.id()).at(0).id());
  CHECK(delivery.status() == v1::WEBHOOK_DELIVERY_STATUS_DELIVERED);
  CHECK(delivery.attempts_size() == 3);
  CHECK(delivery.attempt_count() == 1);
}

TEST_CASE("no endpoint takes more than its share, nor all of them more than there is") {
  Stage stage;
  const auto one = stage.Endpoint();
  const auto two = stage.Endpoint();
  for (int i = 0; i < 6; ++i) stage.Take({});
  stage.Place();
  CHECK(stage.Claim({{{one.id(), 8}}, 8, 100}).size() == 6);  // all for the other
  CHECK(stage.Claim({{{one.id(), 6}}, 8, 100}).size() == 2);
  CHECK(stage.Claim({{}, 8, 3}).size() == 3);
  CHECK(stage.Claim({{}, 8, 100}).size() == 1);
}

TEST_CASE("an endpoint may ask for more or fewer at once") {
  Stage stage;
  const auto few = stage.Endpoint({"*"}, [](auto& e) { e.set_max_concurrency(2); });
  const auto many = stage.Endpoint({"*"}, [](auto& e) { e.set_max_concurrency(20); });
  for (int i = 0; i < 12; ++i) stage.Take({});
  stage.Place();
  std::map<std::string, int> counts;
  for (const auto& delivery : stage.Claim()) ++counts[delivery.endpoint_id];
  CHECK(counts == std::map<std::string, int>{{few.id(), 2}, {many.id(), 12}});
}

TEST_CASE("an ordered endpoint shows what holds up the others, and no other does") {
  Stage stage;
  const bool ordered = GENERATE(true, false);
  const auto endpoint = stage.Endpoint({"*"}, [&](auto& e) { e.set_ordered(ordered); });
  for (int i = 0; i < 4; ++i) stage.Take({});
  stage.Place();
  const auto first = stage.Claim({{}, 1, 100});
  CHECK(stage.Get(endpoint.id()).blocked_by().empty());
  stage.Record(first, 503);
  const auto blocked = stage.Get(endpoint.id());
  if (!ordered) {
    CHECK(blocked.blocked_by().empty());
    CHECK_FALSE(blocked.has_blocked_until());
    return;
  }
  CHECK(blocked.blocked_by() == first[0].delivery_id);
  CHECK(blocked.has_blocked_until());
  CHECK(blocked.blocked_count() == 3);
  stage.LetTimePass();
  stage.Record(stage.Claim(), 200);
  CHECK(stage.Get(endpoint.id()).blocked_by().empty());
  CHECK(stage.Get(endpoint.id()).blocked_count() == 0);
}

TEST_CASE("an endpoint that fails gets one at a time, until it takes one") {
  Stage stage;
  const auto endpoint = stage.Endpoint();
  for (int i = 0; i < 6; ++i) stage.Take({});
  stage.Place();
  const auto first = stage.Claim({{}, 2, 100});
  stage.Record(first, 500);
  CHECK(stage.Get(endpoint.id()).has_failing_since());
  const auto next = stage.Claim();
  CHECK(next.size() == 1);
  stage.Record(next, 204);
  CHECK_FALSE(stage.Get(endpoint.id()).has_failing_since());
  CHECK(stage.Claim().size() == 3);
}

TEST_CASE("an ordered endpoint gets one at a time, in the order of the feed") {
  Stage stage;
  stage.Endpoint({"*"}, [](auto& e) { e.set_ordered(true); });
  for (int i = 0; i < 3; ++i) stage.Take({});
  stage.Place();
  const auto first = stage.Claim();
  CHECK(Positions(first) == std::vector<int64_t>{1});
  CHECK(stage.Claim().empty());
  stage.Record(first, 500);
  CHECK(stage.Claim().empty());  // the next one waits for the first
  stage.LetTimePass();
  const auto again = stage.Claim();
  CHECK(Positions(again) == std::vector<int64_t>{1});
  stage.Record(again, 200);
  const auto second = stage.Claim();
  CHECK(Positions(second) == std::vector<int64_t>{2});
  // An earlier one that comes back does not go beside it.
  Must(stage.Act("ResendWebhookDelivery", app::ResendWebhookDelivery, first[0].delivery_id));
  CHECK(stage.Claim().empty());
  stage.Record(second, 200);
  const auto resent = stage.Claim();
  CHECK(Positions(resent) == std::vector<int64_t>{1});
  REQUIRE(app::Release(stage.app, stage.Own(), resent));
  CHECK(Positions(stage.Claim()) == std::vector<int64_t>{1});
}

TEST_CASE("a rate is kept over all who send") {
  Stage stage;
  stage.Endpoint({"*"}, [](auto& e) { e.set_rate_per_second(2); });
  for (int i = 0; i < 6; ++i) stage.Take({});
  stage.Place();
  CHECK(stage.Claim().size() == 2);
  CHECK(stage.Claim().empty());
  // Half a second later there is room for one.
  stage.test.Execute("UPDATE webhooks.webhook_endpoint_state "
                     "SET paced_until = clock_timestamp() - interval '0.6 s'");
  CHECK(stage.Claim().size() == 1);
}

TEST_CASE("a failure is tried again on the schedule, ten times, and then no more") {
  Stage stage;
  const auto endpoint = stage.Endpoint();
  stage.Happens({});
  for (const int64_t wait : {5, 300, 1'800, 7'200, 18'000, 36'000, 50'400, 72'000, 86'400}) {
    const auto claimed = stage.Claim();
    REQUIRE(claimed.size() == 1);
    stage.Record(claimed, 500);
    CHECK(std::abs(SecondsUntilNext(stage) - wait) <= 2);
    stage.LetTimePass();
  }
  stage.Record(stage.Claim(), 0);
  const auto delivery = stage.Delivery(stage.Deliveries(endpoint.id()).at(0).id());
  CHECK(delivery.status() == v1::WEBHOOK_DELIVERY_STATUS_EXHAUSTED);
  CHECK(delivery.attempts_size() == 10);
  CHECK(delivery.attempts(0).http_status() == 500);
  CHECK_FALSE(delivery.attempts(9).has_http_status());
  CHECK(delivery.attempts(9).error() == "refused");
  CHECK_FALSE(delivery.has_next_attempt_at());
}

TEST_CASE("Retry-After is honoured where the receiver is busy, and only there") {
  Stage stage;
  const auto [status, wait] = GENERATE(table<int, int64_t>(
      {{429, 600}, {502, 600}, {503, 600}, {504, 600}, {500, 5}, {302, 5}, {404, 5}}));
  CAPTURE(status);
  stage.Endpoint();
  stage.Happens({});
  stage.Record(stage.Claim(), status, 600s);
  CHECK(std::abs(SecondsUntilNext(stage) - wait) <= 2);
}

TEST_CASE("Retry-After holds back the whole endpoint, at most for a day") {
  Stage stage;
  const bool paced = GENERATE(false, true);
  stage.Endpoint({"*"}, [&](auto& e) {
    if (paced) e.set_rate_per_second(1'000);
  });
  const auto held = [&](const std::string& condition) {
    return stage.test.Execute("SELECT " + condition + " FROM webhooks.webhook_endpoint_state");
  };
  for (int i = 0; i < 4; ++i) stage.Take({});
  stage.Place();
  const auto first = stage.Claim({{}, 1, 100});
  stage.Record(first, 429);  // names no time
  const auto second = stage.Claim();
  REQUIRE(second.size() == 1);
  stage.Record(second, 500, 600s);  // is not busy
  const auto third = stage.Claim();
  REQUIRE(third.size() == 1);
  stage.Record(third, 503, 240h);
  CHECK(held("paced_until BETWEEN now() + interval '23 hours' AND now() + interval '1 day'") ==
        "t");
  stage.LetTimePass();
  CHECK(stage.Claim().empty());
  stage.test.Execute("UPDATE webhooks.webhook_endpoint_state "
                     "SET paced_until = now() - interval '1 s'");
  CHECK(stage.Claim().size() == 1);
}

TEST_CASE("an answer that was longer under way does not shorten what the endpoint asked for") {
  Stage stage;
  const auto endpoint = stage.Endpoint();
  for (int i = 0; i < 2; ++i) stage.Take({});
  stage.Place();
  const auto claimed = stage.Claim();
  REQUIRE(claimed.size() == 2);
  stage.Record({claimed[0]}, 503, 600s);
  stage.Record({claimed[1]}, 503, 5s);
  CHECK(stage.test.Execute("SELECT paced_until > now() + interval '9 minutes' "
                           "FROM webhooks.webhook_endpoint_state") == "t");
  // Who enables it anew need not wait for that.
  Must(stage.Act("DisableWebhookEndpoint", app::DisableWebhookEndpoint, endpoint.id()));
  Must(stage.Act("EnableWebhookEndpoint", app::EnableWebhookEndpoint, endpoint.id()));
  stage.LetTimePass();
  CHECK(stage.Claim().size() == 2);
}

TEST_CASE("those to whom least is under way go first, however long others have waited") {
  Stage stage;
  const auto slow = stage.Endpoint();
  const auto quick = stage.Endpoint();
  for (int i = 0; i < 6; ++i) stage.Take({});
  stage.Place();
  stage.test.Execute("UPDATE webhooks.webhook_delivery AS d SET next_attempt_at = now() - "
                     "interval '1 hour' FROM (SELECT min(id::text)::uuid AS id FROM "
                     "webhooks.webhook_endpoint) AS oldest WHERE d.endpoint_id = oldest.id");
  const auto to = [&](const app::Capacity& capacity) {
    std::map<std::string, int> counts;
    for (const auto& delivery : stage.Claim(capacity)) ++counts[delivery.endpoint_id];
    return counts;
  };
  using Counts = std::map<std::string, int>;
  CHECK(to({{}, 8, 2}) == Counts{{slow.id(), 1}, {quick.id(), 1}});
  CHECK(to({{{slow.id(), 4}, {quick.id(), 1}}, 8, 3}) == Counts{{quick.id(), 3}});
  CHECK(to({{{slow.id(), 4}, {quick.id(), 4}}, 8, 3}) == Counts{{slow.id(), 2}, {quick.id(), 1}});
}

TEST_CASE("an attempt is recorded once, though it was not known that it was recorded") {
  Stage stage;
  const auto endpoint = stage.Endpoint();
  stage.Happens({});
  const std::vector<app::Attempt> attempts{
      {.delivery = stage.Claim().at(0), .http_status = 500}};
  REQUIRE(app::Record(stage.app, stage.Own(), attempts, 0.5));
  REQUIRE(app::Record(stage.app, stage.Own(), attempts, 0.5));
  const auto delivery = stage.Delivery(stage.Deliveries(endpoint.id()).at(0).id());
  CHECK(delivery.attempts_size() == 1);
  CHECK(delivery.attempt_count() == 1);
  CHECK(stage.test.Execute("SELECT round_attempts FROM webhooks.webhook_delivery") == "1");
}

TEST_CASE("a change of an endpoint or a delivery waits for no event, and none waits for it") {
  Stage stage;
  const auto endpoint = stage.Endpoint();
  stage.Happens({});
  const auto stopped = stage.Claim();
  stage.test.Execute("UPDATE webhooks.webhook_delivery "
                     "SET claimed_until = NULL, claim = claim + 1");
  stage.Take({});
  REQUIRE(stage.database.Work(stage.Own(), [&](postgres::Transaction& tx) -> Result<void> {
    tx.Run(sql::lock_webhook_endpoint, postgres::IdOrNull("we", endpoint.id()));
    tx.Run(sql::lock_webhook_delivery, postgres::IdOrNull("wd", stopped.at(0).delivery_id));
    stage.Place();
    stage.Record(stopped, 500);
    return {};
  }));
  CHECK(stage.Deliveries(endpoint.id()).size() == 2);
}

TEST_CASE("410 disables the endpoint, with an event, and holds back what was under way") {
  Stage stage;
  const auto endpoint = stage.Endpoint();
  stage.Happens({});
  stage.Record(stage.Claim(), 410);
  const auto disabled = stage.Get(endpoint.id());
  CHECK(disabled.status() == v1::WEBHOOK_ENDPOINT_STATUS_DISABLED);
  CHECK(disabled.disabled_reason() == v1::DISABLED_REASON_GONE);
  CHECK(stage.Events() == "webhook_endpoint.created webhook_endpoint.disabled");
  stage.LetTimePass();
  CHECK(stage.Claim().empty());
}

TEST_CASE("five days of nothing but failure disable the endpoint") {
  Stage stage;
  const auto endpoint = stage.Endpoint();
  const auto fail_after = [&](const std::string& age) {
    stage.test.Execute("UPDATE webhooks.webhook_endpoint_state SET failing_since = "
                       "clock_timestamp() - interval '" + age + "'");
    stage.Happens({});
    stage.Record(stage.Claim(), 500);
    return stage.Get(endpoint.id());
  };
  CHECK(fail_after("4 days 23 hours").status() == v1::WEBHOOK_ENDPOINT_STATUS_ENABLED);
  const auto disabled = fail_after("5 days 1 second");
  CHECK(disabled.status() == v1::WEBHOOK_ENDPOINT_STATUS_DISABLED);
  CHECK(disabled.disabled_reason() == v1::DISABLED_REASON_FAILING);
}

TEST_CASE("a resend goes at once, and the schedule begins anew") {
  Stage stage;
  const auto endpoint = stage.Endpoint();
  stage.Happens({});
  stage.Record(stage.Claim(), 200);
  const std::string id = stage.Deliveries(endpoint.id()).at(0).id();
  const auto resent = Must(stage.Act("ResendWebhookDelivery", app::ResendWebhookDelivery, id));
  CHECK(resent.status() == v1::WEBHOOK_DELIVERY_STATUS_SCHEDULED);
  const auto claimed = stage.Claim();
  REQUIRE(claimed.size() == 1);
  CHECK(claimed[0].number == 2);
  CHECK(claimed[0].round_number == 1);
  stage.Record(claimed, 200);
  CHECK(stage.Delivery(id).attempts_size() == 2);
  CHECK(Reason(stage.Act("ResendWebhookDelivery", app::ResendWebhookDelivery,
                         ids::WebhookDeliveryId::New().ToString())) == "NOT_FOUND");
}

TEST_CASE("what is given back may be claimed at once") {
  Stage stage;
  stage.Endpoint();
  stage.Happens({});
  const auto claimed = stage.Claim();
  REQUIRE(app::Release(stage.app, stage.Own(), claimed));
  CHECK(stage.Claim().size() == 1);
}

TEST_CASE("a long recovery is worked off in slices") {
  Stage stage;
  const auto endpoint = stage.Endpoint({"quote.*"});
  stage.test.Execute(
      "INSERT INTO webhooks.feed_event (id, position, topic, type, subject, source_version, "
      "key, data, traceparent, known_at, placed_at) "
      "SELECT gen_random_uuid(), n, 'quoting', 'quote.created', 'quo_x', 1, 'k', '{}', '', now(), "
      "now() FROM generate_series(1, 1200) AS n; UPDATE webhooks.feed_head SET position = 1200");
  v1::RecoverWebhookEndpointRequest request;
  request.set_id(endpoint.id());
  request.mutable_since()->set_seconds(1);
  Must(app::RecoverWebhookEndpoint(stage.app, stage.Of("RecoverWebhookEndpoint"), request));
  int slices = 0;
  while (Must(app::RecoverSlice(stage.database, stage.Own()))) ++slices;
  CHECK(slices == 3);
  CHECK(stage.test.Execute("SELECT count(*) FROM webhooks.webhook_delivery") == "1200");
}

}  // namespace
}  // namespace continuo::webhooks
