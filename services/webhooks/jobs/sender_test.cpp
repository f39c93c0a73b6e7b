// The sender against a real HTTP server.
#include "services/webhooks/jobs/sender.h"

#include <dlfcn.h>
#include <netdb.h>

#include <atomic>

#include "libs/http/server.h"
#include "libs/runtime/metrics.h"
#include "services/webhooks/app/stage_test.h"
#include "services/webhooks/domain/signature.h"

namespace continuo::webhooks {
namespace {

using namespace std::chrono_literals;

// A receiver that answers as told, and remembers what it got.
class Receiver {
 public:
  using Answer = std::function<http::Response(const http::Request&)>;

  explicit Receiver(Answer answer = [](const auto&) { return http::Response{}; })
      : answer_(std::move(answer)) {
    server_ = Must(http::Server::Start(
        {.addresses = {"127.0.0.1"},
         .handler = [this](http::Request request, http::Responder responder) {
           const std::lock_guard lock(mutex_);
           got_.push_back(request);
           const http::Response response = answer_(request);
           if (response.status == kNeverAnswered) {
             kept_.push_back(std::move(responder));
           } else {
             responder.Send(response);
           }
         }}));
  }

  static constexpr int kNeverAnswered = -1;

  std::string Url(const std::string& host = "127.0.0.1") const {
    return "http://" + host + ":" + std::to_string(server_->Port()) + "/hook";
  }
  std::vector<http::Request> got() {
    const std::lock_guard lock(mutex_);
    return got_;
  }

 private:
  std::mutex mutex_;
  Answer answer_;
  std::vector<http::Request> got_;
  std::vector<http::Responder> kept_;
  std::unique_ptr<http::Server> server_;
};

struct SendingStage : Stage {
  runtime::Metrics metrics;
  jobs::Sender sender{app, metrics};

  v1::WebhookEndpoint EndpointAt(const std::string& url, bool ordered = false) {
    return Endpoint({"*"}, [&](auto& endpoint) {
      endpoint.set_url(url);
      endpoint.set_ordered(ordered);
    });
  }
  // Rounds of the loop until it is so.
  void Until(const std::function<bool()>& so) {
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (!so()) {
      REQUIRE(std::chrono::steady_clock::now() < deadline);
      sender.Step(10ms);
    }
  }
  v1::WebhookDelivery Only(const std::string& endpoint_id) {
    return Delivery(Deliveries(endpoint_id).at(0).id());
  }
  bool Delivered(const std::string& endpoint_id, std::size_t count) {
    const auto deliveries = Deliveries(endpoint_id);
    return deliveries.size() == count &&
           std::ranges::all_of(deliveries, [](const auto& delivery) {
             return delivery.status() == v1::WEBHOOK_DELIVERY_STATUS_DELIVERED;
           });
  }
};

std::string HeaderOf(const http::Request& request, const std::string& name) {
  const auto* value = http::FindHeader(request.headers, name);
  return value == nullptr ? "" : *value;
}

TEST_CASE("a webhook is a signed CloudEvent, the same that the feed shows") {
  SendingStage stage;
  Receiver receiver;
  const auto endpoint = stage.EndpointAt(receiver.Url());
  const std::string event = stage.Happens({});
  stage.Until([&] { return stage.Delivered(endpoint.id(), 1); });
  const auto got = receiver.got();
  REQUIRE(got.size() == 1);
  CHECK(got[0].method == "POST");
  CHECK(HeaderOf(got[0], "content-type") == "application/cloudevents+json");
  CHECK(HeaderOf(got[0], "webhook-id") == event);
  const std::string timestamp = HeaderOf(got[0], "webhook-timestamp");
  const std::string secret = endpoint.secret();
  const std::string signature = HeaderOf(got[0], "webhook-signature");
  CHECK(signature == domain::Sign({&secret, 1}, event, std::stoll(timestamp), got[0].body));
  // By the wall clock: the stage's business clock stands in 2020.
  CHECK(std::stoll(timestamp) > 1'600'000'000);
  CHECK(got[0].body.find("\"specversion\":\"1.0\",\"id\":\"" + event + "\"") != std::string::npos);
  const auto attempt = stage.Only(endpoint.id()).attempts(0);
  CHECK(attempt.http_status() == 200);
  const auto logged = [](const auto& headers, const std::string& name) -> std::string {
    for (const auto& header : headers) {
      if (header.name() == name) return header.value();
    }
    return "";
  };
  CHECK(logged(attempt.request_headers(), "webhook-id") == event);
  CHECK(logged(attempt.request_headers(), "webhook-signature") == signature);
  CHECK(logged(attempt.request_headers(), "webhook-timestamp") == timestamp);
  CHECK(logged(attempt.request_headers(), "User-Agent") == HeaderOf(got[0], "user-agent"));
  CHECK(logged(attempt.response_headers(), "content-length") == "0");
}

TEST_CASE("what a receiver answers is logged within bounds, in plain letters") {
  SendingStage stage;
  Receiver receiver([](const auto&) {
    http::Response answer;
    for (int i = 0; i < 60; ++i) {
      answer.headers.push_back({"X-Many-" + std::to_string(i), std::string(2'000, 'x') + "\xff"});
    }
    answer.headers.insert(answer.headers.begin(), {"X-Odd", "caf\xe9"});
    return answer;
  });
  const auto endpoint = stage.EndpointAt(receiver.Url());
  stage.Happens({});
  stage.Until([&] { return stage.Delivered(endpoint.id(), 1); });
  const auto attempt = stage.Only(endpoint.id()).attempts(0);
  CHECK(attempt.response_headers_size() == 40);
  bool odd = false;
  for (const auto& header : attempt.response_headers()) {
    CHECK(header.value().size() <= 500);
    odd |= header.name() == "x-odd" && header.value() == "caf?";
  }
  CHECK(odd);
}

TEST_CASE("what fails is sent again under the same id") {
  SendingStage stage;
  int answers = 0;
  Receiver receiver([&](const auto&) {
    return http::Response{.status = ++answers == 1 ? 500 : 204};
  });
  const auto endpoint = stage.EndpointAt(receiver.Url());
  stage.Happens({});
  stage.Until([&] { return stage.Only(endpoint.id()).attempt_count() == 1; });
  CHECK(stage.Only(endpoint.id()).status() == v1::WEBHOOK_DELIVERY_STATUS_SCHEDULED);
  stage.LetTimePass();
  stage.Until([&] { return stage.Delivered(endpoint.id(), 1); });
  const auto got = receiver.got();
  REQUIRE(got.size() == 2);
  CHECK(HeaderOf(got[0], "webhook-id") == HeaderOf(got[1], "webhook-id"));
  CHECK(got[0].body == got[1].body);
}

TEST_CASE("a redirect is a failure and is not followed") {
  SendingStage stage;
  Receiver target;
  Receiver receiver([&](const auto&) {
    return http::Response{.status = 302, .headers = {{"Location", target.Url()}}};
  });
  const auto endpoint = stage.EndpointAt(receiver.Url());
  stage.Happens({});
  stage.Until([&] { return stage.Only(endpoint.id()).attempt_count() == 1; });
  CHECK(stage.Only(endpoint.id()).attempts(0).http_status() == 302);
  CHECK(target.got().empty());
}

TEST_CASE("Retry-After is read from the answer") {
  SendingStage stage;
  Receiver receiver([](const auto&) {
    return http::Response{.status = 429, .headers = {{"Retry-After", "3600"}}};
  });
  const auto endpoint = stage.EndpointAt(receiver.Url());
  stage.Happens({});
  stage.Until([&] { return stage.Only(endpoint.id()).attempt_count() == 1; });
  CHECK(stage.test.Execute("SELECT next_attempt_at > now() + interval '50 minutes' "
                           "FROM webhooks.webhook_delivery") == "t");
}

TEST_CASE("one that never answers delays no other; a huge answer is not read") {
  SendingStage stage;
  Receiver hangs([](const auto&) { return http::Response{.status = Receiver::kNeverAnswered}; });
  Receiver talks([](const auto&) { return http::Response{.body = std::string(5'000'000, 'x')}; });
  const auto slow = stage.EndpointAt(hangs.Url());
  const auto quick = stage.EndpointAt(talks.Url());
  for (int i = 0; i < 30; ++i) stage.Take({});
  stage.Place();
  stage.Until([&] { return stage.Delivered(quick.id(), 30); });
  CHECK(hangs.got().size() == 8);
  CHECK(stage.Only(slow.id()).attempt_count() == 0);
}

TEST_CASE("one that hangs for ever among a thousand healthy ones delays none of them") {
  SendingStage stage;
  Receiver hangs([](const auto&) { return http::Response{.status = Receiver::kNeverAnswered}; });
  Receiver talks;
  const auto slow = stage.EndpointAt(hangs.Url());
  const auto pattern = stage.EndpointAt(talks.Url());
  stage.test.Execute(
      "INSERT INTO webhooks.webhook_endpoint SELECT (jsonb_populate_record(e, jsonb_build_object("
      "'id', gen_random_uuid()))).* FROM webhooks.webhook_endpoint AS e, generate_series(1, 999) "
      "WHERE url = '" + talks.Url() + "'; "
      "INSERT INTO webhooks.webhook_endpoint_state (endpoint_id) SELECT id FROM "
      "webhooks.webhook_endpoint EXCEPT SELECT endpoint_id FROM webhooks.webhook_endpoint_state; "
      "INSERT INTO webhooks.webhook_secret (endpoint_id, secret) SELECT id, '" + pattern.secret() +
      "' FROM webhooks.webhook_endpoint AS e WHERE NOT EXISTS (SELECT FROM "
      "webhooks.webhook_secret WHERE endpoint_id = e.id)");
  // More than the one that hangs is let have at once.
  for (int i = 0; i < 9; ++i) stage.Take({});
  stage.Place();
  stage.Until([&] {
    return stage.test.Execute("SELECT count(*) FROM webhooks.webhook_delivery WHERE status = "
                              "'delivered'") == "9000";
  });
  // Its first attempt is still under way: all the others came within less than one timeout.
  CHECK(stage.Only(slow.id()).attempt_count() == 0);
  CHECK(hangs.got().size() == 8);
}

TEST_CASE("what ended while the database refuses is recorded once it no longer does") {
  SendingStage stage;
  Receiver receiver;
  const auto endpoint = stage.EndpointAt(receiver.Url());
  stage.Happens({});
  stage.test.Execute("ALTER TABLE webhooks.webhook_attempt RENAME TO away");
  stage.Until([&] {
    return stage.metrics.Text().find(
               "continuo_webhook_attempts_total{outcome=\"delivered\"} 1") != std::string::npos;
  });
  stage.test.Execute("ALTER TABLE webhooks.away RENAME TO webhook_attempt");
  stage.Until([&] { return stage.Delivered(endpoint.id(), 1); });
  CHECK(stage.Only(endpoint.id()).attempts_size() == 1);
  CHECK(receiver.got().size() == 1);
}

TEST_CASE("no step that the database refuses ends the loop, nor any other step") {
  SendingStage stage;
  Receiver receiver;
  const auto endpoint = stage.EndpointAt(receiver.Url());
  const std::string table = GENERATE("feed_head", "webhook_recovery", "webhook_secret");
  stage.Take({});
  stage.test.Execute("ALTER TABLE webhooks." + table + " RENAME TO away");
  for (int i = 0; i < 3; ++i) CHECK_NOTHROW(stage.sender.Step(1ms));
  stage.test.Execute("ALTER TABLE webhooks.away RENAME TO " + table);
  stage.Until([&] { return stage.Delivered(endpoint.id(), 1); });
  CHECK(receiver.got().size() == 1);
}

TEST_CASE("an ordered endpoint gets the feed in its order, with a failure in between") {
  SendingStage stage;
  int answers = 0;
  Receiver receiver([&](const auto&) {
    return http::Response{.status = ++answers == 2 ? 503 : 200};
  });
  const auto endpoint = stage.EndpointAt(receiver.Url(), true);
  std::vector<std::string> events;
  for (int i = 0; i < 5; ++i) {
    events.push_back(Fact{}.id);
    stage.Take({.id = events.back()});
  }
  stage.Place();
  stage.Until([&] {
    return receiver.got().size() == 2 && stage.Get(endpoint.id()).has_failing_since();
  });
  stage.LetTimePass();
  stage.Until([&] { return stage.Delivered(endpoint.id(), 5); });
  std::vector<std::string> ids;
  for (const auto& request : receiver.got()) ids.push_back(HeaderOf(request, "webhook-id"));
  events.insert(events.begin() + 1, events[1]);
  CHECK(ids == events);
}

TEST_CASE("no answer has a reason") {
  SendingStage stage;
  const auto attempt_at = [&](const std::string& url) {
    const auto endpoint = stage.EndpointAt(url);
    stage.Happens({});
    stage.Until([&] { return stage.Only(endpoint.id()).attempt_count() == 1; });
    Must(stage.Act("DisableWebhookEndpoint", app::DisableWebhookEndpoint, endpoint.id()));
    return stage.Only(endpoint.id()).attempts(0).error();
  };
  CHECK(attempt_at("http://127.0.0.1:1/") == "refused");
  CHECK(attempt_at("http://no-such-host.invalid/") == "unresolved");
  Receiver plain;
  std::string as_https = plain.Url();
  CHECK(attempt_at(as_https.replace(0, 4, "https")) == "tls");
}

app::Attempt AttemptAt(const std::string& url, bool sandbox,
                       std::chrono::milliseconds timeout = 5s) {
  jobs::HttpSender http({.sandbox = sandbox, .timeout = timeout});
  http.Start({.endpoint_id = "we_1", .url = url, .event_id = "evt_1", .body = "{}"});
  CHECK(http.sending().at("we_1") == 1);
  std::vector<app::Attempt> ended;
  while (ended.empty()) ended = http.Poll(100ms);
  CHECK(http.sending().empty());
  return ended.at(0);
}

TEST_CASE("where it is sent is judged by the address, not by the name") {
  Receiver receiver;
  const std::string tail = receiver.Url("");
  const auto port = tail.substr(tail.rfind(':'));
  // Names and forms that lead to this machine, and a private network even in a sandbox.
  for (const std::string host : {"127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1",
                                 "[::ffff:127.0.0.1]", "0177.0.0.1", "017700000001", "0x7f000001"}) {
    CAPTURE(host);
    CHECK(AttemptAt("https://" + host + port, false).error == "address_denied");
  }
  CHECK(AttemptAt("http://10.0.0.1/", true).error == "address_denied");
  CHECK(AttemptAt("http://169.254.169.254/", true).error == "address_denied");
  CHECK(AttemptAt("http://localhost" + port, true).http_status == 200);
  // Plain http is no protocol that a live sender knows, nor any other.
  CHECK(AttemptAt("http://127.0.0.1" + port, false).error == "broken");
  CHECK(AttemptAt("file:///etc/passwd", true).error == "broken");
  CHECK(receiver.got().size() == 1);
}

// In place of the C library's, for names that end in .rebinding: each look-up has another answer.
std::vector<std::string> rebinding_answers;
std::atomic<std::size_t> rebinding_asked = 0;

TEST_CASE("a name is looked up once: what is checked is what is connected to") {
  Receiver receiver;
  const std::string tail = receiver.Url("");
  const auto url = "http://name.rebinding" + tail.substr(tail.rfind(':'));
  const auto attempt_with = [&](std::vector<std::string> answers, bool sandbox) {
    rebinding_answers = std::move(answers);
    rebinding_asked = 0;
    const auto attempt = AttemptAt(sandbox ? url : "https" + url.substr(4), sandbox);
    CHECK(rebinding_asked == 1);
    return attempt;
  };
  // The first answer is allowed, and it is the one that is connected to.
  CHECK(attempt_with({"127.0.0.1", "10.0.0.1"}, true).http_status == 200);
  // The first is denied, whatever the next would be.
  CHECK(attempt_with({"10.0.0.1", "127.0.0.1"}, true).error == "address_denied");
  CHECK(attempt_with({"127.0.0.1", "8.8.8.8"}, false).error == "address_denied");
  // IPv6 that carries the inside of a network.
  for (const std::string inside : {"::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "fd00::1",
                                   "fe80::1", "fec0::1", "::127.0.0.1", "2001::1"}) {
    CAPTURE(inside);
    CHECK(attempt_with({inside}, true).error == "address_denied");
  }
  CHECK(receiver.got().size() == 1);
}

TEST_CASE("an attempt ends at its timeout, and what is under way can be left") {
  Receiver hangs([](const auto&) { return http::Response{.status = Receiver::kNeverAnswered}; });
  const app::Attempt attempt = AttemptAt(hangs.Url(), true, 200ms);
  CHECK(attempt.error == "timeout");
  CHECK(attempt.http_status == 0);
  jobs::HttpSender http({.sandbox = true});
  http.Start({.delivery_id = "wd_1", .endpoint_id = "we_1", .url = hangs.Url(), .body = "{}"});
  http.Poll(10ms);
  const auto left = http.Abandon();
  REQUIRE(left.size() == 1);
  CHECK(left[0].delivery_id == "wd_1");
  CHECK(http.size() == 0);
}

TEST_CASE("the loop ends soon, and gives back what it has not sent") {
  SendingStage stage;
  Receiver hangs([](const auto&) { return http::Response{.status = Receiver::kNeverAnswered}; });
  stage.EndpointAt(hangs.Url());
  stage.Happens({});
  const auto began = std::chrono::steady_clock::now();
  stage.sender.Run([&] { return !hangs.got().empty(); });
  CHECK(std::chrono::steady_clock::now() - began < 10s);
  CHECK(stage.Claim().size() == 1);
}

}  // namespace
}  // namespace continuo::webhooks

// libcurl calls this one, since the program's own comes before the C library's.
extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints,
                           addrinfo** found) {
  using Real = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
  static const auto real = reinterpret_cast<Real>(dlsym(RTLD_NEXT, "getaddrinfo"));
  if (node == nullptr || !std::string_view(node).ends_with(".rebinding")) {
    return real(node, service, hints, found);
  }
  const auto& answers = continuo::webhooks::rebinding_answers;
  const std::size_t asked = continuo::webhooks::rebinding_asked++;
  addrinfo any = *hints;
  any.ai_family = AF_UNSPEC;
  return real(answers.at(std::min(asked, answers.size() - 1)).c_str(), service, &any, found);
}
