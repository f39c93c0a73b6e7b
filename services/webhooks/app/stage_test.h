// The stage for webhooks' tests: its schema on a real Postgres, directory played by a set of
// divisions, and the events of all services made by hand.
#pragma once

#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "continuo/directory/v1/division.pb.h"
#include "continuo/webhooks/v1/event.pb.h"
#include "continuo/webhooks/v1/webhook_delivery.pb.h"
#include "continuo/webhooks/v1/webhook_endpoint.pb.h"
#include "libs/access/access.h"
#include "libs/events/event.h"
#include "libs/events/migrations.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "libs/rpc/peers.h"
#include "libs/testing/catch/catch.h"
#include "libs/testing/database.h"
#include "services/webhooks/app/app.h"
#include "services/webhooks/app/deliveries.h"
#include "services/webhooks/app/endpoints.h"
#include "services/webhooks/app/feed.h"
#include "services/webhooks/app/place_events.h"
#include "services/webhooks/app/send_deliveries.h"
#include "services/webhooks/app/take_event.h"
#include "services/webhooks/store/sql.h"

namespace continuo::webhooks {

class Divisions : public rpc::Peers {
 public:
  std::set<std::string> known;

  Result<void> AskMessageAt(const std::string&, const rpc::Call&, const std::string&,
                            const google::protobuf::Message& request,
                            google::protobuf::Message&) override {
    const auto& id = static_cast<const directory::v1::GetDivisionRequest&>(request).id();
    if (!known.contains(id)) return NotFound("division", id);
    return {};
  }
  std::vector<std::string> services() const override { return {"directory"}; }
};

// The names of the statements that any test has run.
inline std::set<std::string>& StatementsRun() {
  static std::set<std::string> names;
  return names;
}
inline std::mutex& StatementsMutex() {
  static std::mutex mutex;
  return mutex;
}

template <class T>
std::string Reason(const Result<T>& result) {
  if (result) return "";
  const Fault& fault = result.error();
  return fault.violations.empty() ? fault.reason : fault.violations[0].code;
}
template <class T>
T Must(Result<T> result) {
  if (!result) FAIL(result.error().reason << ": " << result.error().message);
  return *std::move(result);
}

// What an event of another service is in the tests.
struct Fact {
  std::string type = "invoice.issued";
  std::string account_id;
  std::string division_id;
  std::string more{};  // of the data: ,"name":"value"
  std::string id = ids::EventId::New().ToString();
  std::string subject = ids::InvoiceId::New().ToString();
};

struct Stage {
  testing::TestDatabase test;
  postgres::Database database;
  Divisions divisions;
  app::App app{database, divisions, true};
  std::string user = ids::UserId::New().ToString();

  Stage()
      : database([&] {
          test.Migrate("webhooks", {events::Migrations(), access::Migrations(), sql::migrations()});
          // The business clock is far from the wall clock: no delivery may depend on it.
          test.SetClock("webhooks", "2020-01-01T00:00:00Z");
          postgres::DatabaseConfig config = test.Config("webhooks");
          config.on_statement = [](const postgres::Statement& statement, auto) {
            const std::lock_guard lock(StatementsMutex());
            if (statement.service == "webhooks") StatementsRun().emplace(statement.name);
          };
          return config;
        }()) {}

  rpc::Call Of(const std::string& method, bool sees_all = true,
               std::vector<std::string> permissions = {"*"}) const {
    rpc::Call call;
    call.principal.user_id = user;
    call.principal.sees_all = sees_all;
    call.principal.permissions = std::move(permissions);
    call.method = "/continuo.webhooks.v1.WebhooksService/" + method;
    call.request_id = ids::RequestId::New().ToString();
    return call;
  }
  rpc::Call Own() const { return rpc::Call::AsService("webhooks", "req_test"); }

  static events::Event EventOf(const Fact& fact) {
    events::Event event;
    event.event_id = fact.id;
    event.topic = "billing";
    event.key = fact.account_id.empty() ? fact.subject : fact.account_id;
    event.type = fact.type;
    event.subject = fact.subject;
    event.source_version = 1;
    event.data = R"({"id":")" + fact.subject + R"(","division_id":)" +
                 (fact.division_id.empty() ? "null" : '"' + fact.division_id + '"') + fact.more + "}";
    event.account_id = fact.account_id;
    event.known_at = calendar::ParseInstant("2026-01-31T09:00:00Z").value();
    return event;
  }
  events::Outcome Take(const Fact& fact) {
    events::Outcome outcome = events::Done{};
    const auto done = database.Work(Own(), [&](postgres::Transaction& tx) -> Result<void> {
      outcome = app::TakeEvent(tx, EventOf(fact));
      return {};
    });
    REQUIRE(done);
    return outcome;
  }
  // In one transaction, as a consumer takes a batch.
  void TakeAll(const std::vector<Fact>& facts) {
    REQUIRE(database.Work(Own(), [&](postgres::Transaction& tx) -> Result<void> {
      for (const Fact& fact : facts) REQUIRE(app::TakeEvent(tx, EventOf(fact)).done());
      return {};
    }));
  }
  void Place() {
    while (Must(app::PlaceEvents(database, Own()))) {
    }
  }
  // Into the feed and to the endpoints.
  std::string Happens(const Fact& fact) {
    REQUIRE(Take(fact).done());
    Place();
    return fact.id;
  }

  v1::WebhookEndpoint Endpoint(const std::vector<std::string>& types = {"*"},
                               const std::function<void(v1::WebhookEndpoint&)>& change = {}) {
    v1::CreateWebhookEndpointRequest request;
    auto& endpoint = *request.mutable_webhook_endpoint();
    endpoint.set_url("http://127.0.0.1:9/hook");
    for (const auto& type : types) endpoint.add_event_types(type);
    if (change) change(endpoint);
    return Must(app::CreateWebhookEndpoint(app, Of("CreateWebhookEndpoint"), request));
  }
  v1::WebhookEndpoint Get(const std::string& id) {
    v1::GetWebhookEndpointRequest request;
    request.set_id(id);
    return Must(app::GetWebhookEndpoint(app, Of("GetWebhookEndpoint"), request));
  }
  template <class Request, class Answer>
  Result<Answer> Act(const std::string& method,
                     Result<Answer> (*run)(const app::App&, const rpc::Call&, const Request&),
                     const std::string& id) {
    Request request;
    request.set_id(id);
    return run(app, Of(method), request);
  }
  std::vector<v1::WebhookDelivery> Deliveries(const std::string& endpoint_id) {
    v1::ListWebhookDeliveriesRequest request;
    request.set_endpoint_id(endpoint_id);
    request.set_limit(100);
    const auto listed =
        Must(app::ListWebhookDeliveries(app, Of("ListWebhookDeliveries"), request));
    return {listed.data().begin(), listed.data().end()};
  }
  v1::WebhookDelivery Delivery(const std::string& id) {
    v1::GetWebhookDeliveryRequest request;
    request.set_id(id);
    return Must(app::GetWebhookDelivery(app, Of("GetWebhookDelivery"), request));
  }
  std::vector<app::ClaimedDelivery> Claim(app::Capacity capacity = {{}, 8, 100}) {
    return Must(app::Claim(app, Own(), capacity));
  }
  void Record(const std::vector<app::ClaimedDelivery>& deliveries, int status,
              std::optional<std::chrono::seconds> retry_after = {}) {
    std::vector<app::Attempt> attempts;
    for (const auto& delivery : deliveries) {
      app::Attempt attempt{.delivery = delivery, .http_status = status, .retry_after = retry_after};
      if (status == 0) attempt.error = "refused";
      attempts.push_back(attempt);
    }
    REQUIRE(app::Record(app, Own(), attempts, 0.5));
  }
  // The time of the next attempt comes at once.
  void LetTimePass() {
    test.Execute("UPDATE webhooks.webhook_delivery SET next_attempt_at = now() - interval '1 s' "
                 "WHERE status = 'scheduled'");
  }
  std::string Events(const std::string& where = "true") const {
    return test.Execute("SELECT string_agg(type, ' ' ORDER BY id) FROM webhooks.event_log WHERE "
                        "topic = 'webhooks' AND " + where);
  }
};

}  // namespace continuo::webhooks
