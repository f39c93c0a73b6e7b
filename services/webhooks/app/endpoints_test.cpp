// Endpoints on a real database: who may make them, what they are told, and their secrets.
#include "libs/json/base64.h"
#include "services/webhooks/app/expired_secrets.h"
#include "services/webhooks/app/stage_test.h"

namespace continuo::webhooks {
namespace {

std::string Refused(Stage& stage, const std::function<void(v1::WebhookEndpoint&)>& change,
                    const rpc::Call& call) {
  v1::CreateWebhookEndpointRequest request;
  auto& endpoint = *request.mutable_webhook_endpoint();
  endpoint.set_url("http://127.0.0.1:9/hook");
  endpoint.add_event_types("*");
  change(endpoint);
  return Reason(app::CreateWebhookEndpoint(stage.app, call, request));
}

TEST_CASE("a secret is shown once, and the API's own role cannot read it back") {
  Stage stage;
  v1::CreateWebhookEndpointRequest request;
  request.mutable_webhook_endpoint()->set_url("https://example.com/hook");
  request.mutable_webhook_endpoint()->add_event_types("*");
  rpc::Call call = stage.Of("CreateWebhookEndpoint");
  call.idempotency_key = "once";
  call.fingerprint = "the same";
  const auto made = Must(app::CreateWebhookEndpoint(stage.app, call, request));
  CHECK(made.secret().starts_with("whsec_"));
  CHECK(made.status() == v1::WEBHOOK_ENDPOINT_STATUS_ENABLED);
  CHECK(made.revision() == 1);
  CHECK(stage.Get(made.id()).secret().empty());
  const auto repeated = Must(app::CreateWebhookEndpoint(stage.app, call, request));
  CHECK(repeated.id() == made.id());
  CHECK(repeated.secret().empty());
  CHECK_THROWS(stage.test.Execute("SET ROLE continuo_webhooks_api; "
                                  "SELECT secret FROM webhooks.webhook_secret"));
  CHECK_THROWS(stage.test.Execute("SET ROLE continuo_webhooks_api; "
                                  "SELECT signing_key FROM webhooks.webhook_secret"));
  CHECK(stage.test.Execute("SELECT secret FROM webhooks.webhook_secret") == made.secret());
  CHECK(made.public_key().starts_with("whpk_"));
  CHECK(stage.Get(made.id()).public_key() == made.public_key());
  CHECK(stage.Events() == "webhook_endpoint.created");
}

TEST_CASE("nobody makes an endpoint that hears more than they may") {
  Stage stage;
  const auto nothing = [](v1::WebhookEndpoint&) {};
  const std::string method = "CreateWebhookEndpoint";
  CHECK(Refused(stage, nothing, stage.Of(method, false)) == "PERMISSION_DENIED");
  CHECK(Refused(stage, nothing, stage.Of(method, true, {"webhook_endpoints.*"})) ==
        "EVENT_TYPE_NOT_PERMITTED");
  const auto invoices = [](v1::WebhookEndpoint& e) { e.set_event_types(0, "invoice.*"); };
  CHECK(Refused(stage, invoices, stage.Of(method, true, {"invoices.read"})) == "");
  CHECK(Refused(stage, invoices, stage.Of(method, true, {"quotes.read"})) ==
        "EVENT_TYPE_NOT_PERMITTED");
}

TEST_CASE("what is wrong with an endpoint is told") {
  Stage stage;
  const rpc::Call call = stage.Of("CreateWebhookEndpoint");
  const auto refused = [&](const std::function<void(v1::WebhookEndpoint&)>& change) {
    return Refused(stage, change, call);
  };
  CHECK(refused([](auto& e) { e.set_event_types(0, "Invoice"); }) == "INVALID_FORMAT");
  CHECK(refused([](auto& e) { e.set_event_types(0, "nothing.*"); }) == "UNKNOWN_EVENT_TYPE");
  CHECK(refused([](auto& e) { e.set_event_types(0, "account_access.changed"); }) ==
        "UNKNOWN_EVENT_TYPE");
  CHECK(refused([](auto& e) { e.set_url("http://10.0.0.1/"); }) == "URL_NOT_ALLOWED");
  CHECK(refused([](auto& e) { e.set_division_id(ids::DivisionId::New().ToString()); }) ==
        "REFERENCE_NOT_FOUND");
  rpc::Call of_division = call;
  of_division.principal.division_ids = {ids::DivisionId::New().ToString()};
  CHECK(Refused(stage, [](auto&) {}, of_division) == "REQUIRED");
  stage.app.sandbox = false;
  CHECK(refused([](auto&) {}) == "URL_NOT_ALLOWED");
}

TEST_CASE("for those who do not see all there is no endpoint and no delivery") {
  Stage stage;
  const auto endpoint = stage.Endpoint();
  stage.Happens({});
  const std::string delivery = stage.Deliveries(endpoint.id()).at(0).id();
  const rpc::Call linked = stage.Of("GetWebhookEndpoint", false);
  v1::GetWebhookEndpointRequest get;
  get.set_id(endpoint.id());
  CHECK(Reason(app::GetWebhookEndpoint(stage.app, linked, get)) == "NOT_FOUND");
  v1::RotateWebhookSecretRequest rotate;
  rotate.set_id(endpoint.id());
  CHECK(Reason(app::RotateWebhookSecret(stage.app, linked, rotate)) == "NOT_FOUND");
  v1::GetWebhookDeliveryRequest read;
  read.set_id(delivery);
  CHECK(Reason(app::GetWebhookDelivery(stage.app, linked, read)) == "NOT_FOUND");
  v1::ResendWebhookDeliveryRequest resend;
  resend.set_id(delivery);
  CHECK(Reason(app::ResendWebhookDelivery(stage.app, linked, resend)) == "NOT_FOUND");
  v1::ListWebhookEndpointsRequest list;
  rpc::Call listing = stage.Of("ListWebhookEndpoints", false);
  CHECK(Must(app::ListWebhookEndpoints(stage.app, listing, list)).data_size() == 0);
  listing.principal.sees_all = true;
  CHECK(Must(app::ListWebhookEndpoints(stage.app, listing, list)).data_size() == 1);
}

TEST_CASE("an endpoint is told what it listens to, from when it was made") {
  Stage stage;
  const std::string division = ids::DivisionId::New().ToString();
  stage.divisions.known.insert(division);
  stage.Happens({});
  const auto all = stage.Endpoint({"*"});
  const auto invoices = stage.Endpoint({"invoice.*"});
  const auto quotes = stage.Endpoint({"quote.*", "order.accepted"});
  const auto of_division =
      stage.Endpoint({"*"}, [&](auto& e) { e.set_division_id(division); });
  stage.Happens({});
  stage.Happens({.division_id = division});
  stage.Happens({.division_id = ids::DivisionId::New().ToString()});
  CHECK(stage.Deliveries(all.id()).size() == 3);
  CHECK(stage.Deliveries(invoices.id()).size() == 3);
  CHECK(stage.Deliveries(quotes.id()).empty());
  CHECK(stage.Deliveries(of_division.id()).size() == 2);
}

TEST_CASE("a change is published, and what is listened to anew begins now") {
  Stage stage;
  const auto endpoint = stage.Endpoint({"quote.*"});
  stage.Happens({});
  v1::UpdateWebhookEndpointRequest request;
  request.set_id(endpoint.id());
  request.mutable_webhook_endpoint()->add_event_types("invoice.*");
  request.mutable_webhook_endpoint()->set_description("Accounting");
  request.add_update_mask("event_types");
  request.add_update_mask("description");
  const rpc::Call call = stage.Of("UpdateWebhookEndpoint");
  CHECK(Reason(app::UpdateWebhookEndpoint(
            stage.app, stage.Of("UpdateWebhookEndpoint", true, {"quotes.read"}), request)) ==
        "EVENT_TYPE_NOT_PERMITTED");
  rpc::Call stale = call;
  stale.if_match = "7";
  CHECK(Reason(app::UpdateWebhookEndpoint(stage.app, stale, request)) == "ETAG_MISMATCH");
  const auto changed = Must(app::UpdateWebhookEndpoint(stage.app, call, request));
  CHECK(changed.revision() == 2);
  CHECK(changed.event_types(0) == "invoice.*");
  CHECK(changed.description() == "Accounting");
  CHECK(Must(app::UpdateWebhookEndpoint(stage.app, call, request)).revision() == 2);
  CHECK(stage.Events() == "webhook_endpoint.created webhook_endpoint.updated");
  CHECK(stage.Deliveries(endpoint.id()).empty());
  stage.Happens({});
  CHECK(stage.Deliveries(endpoint.id()).size() == 1);
}

TEST_CASE("no event tells an endpoint's URL: it may hold a key, and others read of it") {
  Stage stage;
  const auto endpoint = stage.Endpoint();
  v1::UpdateWebhookEndpointRequest request;
  request.set_id(endpoint.id());
  request.mutable_webhook_endpoint()->set_url("https://example.com/hook?key=hidden");
  request.mutable_webhook_endpoint()->set_description("Accounting");
  request.add_update_mask("url");
  request.add_update_mask("description");
  Must(app::UpdateWebhookEndpoint(stage.app, stage.Of("UpdateWebhookEndpoint"), request));
  const auto told = [&](const std::string& what) {
    return stage.Events("data::text LIKE '%" + what + "%'");
  };
  CHECK(told("\"url\"") == "webhook_endpoint.updated");
  CHECK(told("Accounting") == "webhook_endpoint.updated");
  CHECK(told("127.0.0.1").empty());
  CHECK(told("hidden").empty());
  CHECK(told("example.com").empty());
}

TEST_CASE("a rotated secret signs beside the new one for a day, and no third one") {
  Stage stage;
  const auto endpoint = stage.Endpoint();
  const auto rotated =
      Must(stage.Act("RotateWebhookSecret", app::RotateWebhookSecret, endpoint.id()));
  CHECK(rotated.secret().starts_with("whsec_"));
  CHECK(rotated.secret() != endpoint.secret());
  CHECK(rotated.has_old_secret_until());
  CHECK(rotated.revision() == 2);
  CHECK(Reason(stage.Act("RotateWebhookSecret", app::RotateWebhookSecret, endpoint.id())) ==
        "SECRET_ROTATION_PENDING");
  stage.Happens({});
  const auto claimed = stage.Claim();
  REQUIRE(claimed.size() == 1);
  CHECK(claimed[0].secrets == std::vector{rotated.secret(), endpoint.secret()});
  stage.test.Execute("UPDATE webhooks.webhook_secret SET expires_at = now() - interval '1 s' "
                     "WHERE expires_at IS NOT NULL");
  stage.Happens({});
  CHECK(stage.Claim().at(0).secrets == std::vector{rotated.secret()});
  CHECK_FALSE(stage.Get(endpoint.id()).has_old_secret_until());
}

TEST_CASE("an endpoint that wants it is signed for by its pair of keys too") {
  Stage stage;
  const auto endpoint = stage.Endpoint({"*"}, [](auto& e) { e.set_asymmetric_signature(true); });
  const auto rotated =
      Must(stage.Act("RotateWebhookSecret", app::RotateWebhookSecret, endpoint.id()));
  CHECK(rotated.public_key() != endpoint.public_key());
  CHECK(stage.Get(endpoint.id()).public_key() == rotated.public_key());
  stage.Happens({});
  const auto secrets = stage.Claim().at(0).secrets;
  REQUIRE(secrets.size() == 4);
  CHECK(secrets[0] == rotated.secret());
  CHECK(secrets[2] == endpoint.secret());
  const auto belongs = [](const std::string& secret, const std::string& public_key) {
    return "whpk_" + json::EncodeBase64(json::DecodeBase64(secret.substr(5)).value().substr(32)) ==
           public_key;
  };
  CHECK(belongs(secrets[1], rotated.public_key()));
  CHECK(belongs(secrets[3], endpoint.public_key()));
}

v1::WebhookCondition ConditionOn(const std::string& type, const std::string& field,
                                 v1::ConditionOperator op, const std::string& value = "") {
  v1::WebhookCondition condition;
  condition.set_event_type(type);
  condition.set_field(field);
  condition.set_operator_(op);
  condition.set_value(value);
  return condition;
}

TEST_CASE("a condition holds back events that do not tell of such a change") {
  Stage stage;
  const auto raised = stage.Endpoint({"*"}, [](auto& e) {
    *e.add_conditions() = ConditionOn("opportunity.value_changed", "value",
                                      v1::CONDITION_OPERATOR_INCREASED_BY, "1000");
  });
  const auto crossed = stage.Endpoint({"opportunity.*"}, [](auto& e) {
    *e.add_conditions() =
        ConditionOn("opportunity.*", "value", v1::CONDITION_OPERATOR_CROSSES, "5000");
  });
  const auto terms = stage.Endpoint({"account.updated"}, [](auto& e) {
    *e.add_conditions() =
        ConditionOn("account.updated", "payment_terms", v1::CONDITION_OPERATOR_CHANGED);
  });
  const auto worth = [&](const std::string& from, const std::string& to) {
    const auto money = [](const std::string& amount) {
      return R"({"amount":")" + amount + R"(","currency":"EUR"})";
    };
    stage.Happens({.type = "opportunity.value_changed",
                   .more = R"(,"from_value":)" + money(from) + R"(,"to_value":)" + money(to)});
  };
  worth("1000.00", "1500.00");
  worth("1000.00", "2000.00");
  worth("4000.00", "5000.00");
  worth("5000.00", "4500.00");
  stage.Happens({.type = "account.updated",
                 .more = R"(,"changes":{"name":{"from":"\"a\"","to":"\"b\""}})"});
  stage.Happens({.type = "account.updated",
                 .more = R"(,"changes":{"payment_terms":{"from":"\"P14D\"","to":"\"P30D\""}})"});
  stage.Happens({});
  CHECK(stage.Deliveries(raised.id()).size() == 5);   // two of four, and what no condition names
  CHECK(stage.Deliveries(crossed.id()).size() == 2);
  CHECK(stage.Deliveries(terms.id()).size() == 1);
  // A recovery tells them apart too.
  v1::RecoverWebhookEndpointRequest request;
  request.set_id(terms.id());
  request.mutable_since()->set_seconds(1);
  Must(app::RecoverWebhookEndpoint(stage.app, stage.Of("RecoverWebhookEndpoint"), request));
  while (Must(app::RecoverSlice(stage.database, stage.Own()))) {
  }
  CHECK(stage.Deliveries(terms.id()).size() == 1);
  const auto read = stage.Get(raised.id());
  CHECK(read.conditions_size() == 1);
  CHECK(read.conditions(0).operator_() == v1::CONDITION_OPERATOR_INCREASED_BY);
}

TEST_CASE("a condition that can never hold is refused, and a change of one begins anew") {
  Stage stage;
  const auto refused = [&](const v1::WebhookCondition& condition) {
    return Refused(stage, [&](auto& e) { *e.add_conditions() = condition; },
                   stage.Of("CreateWebhookEndpoint"));
  };
  const auto changed = v1::CONDITION_OPERATOR_CHANGED;
  CHECK(refused(ConditionOn("account.*", "name", changed)) == "");
  CHECK(refused(ConditionOn("Account", "name", changed)) == "INVALID_FORMAT");
  CHECK(refused(ConditionOn("opportunity.value_changed", "stage", changed)) == "UNKNOWN_FIELD");
  CHECK(refused(ConditionOn("nothing.ever", "name", changed)) == "UNKNOWN_FIELD");
  CHECK(refused(ConditionOn("opportunity.*", "value", v1::CONDITION_OPERATOR_CROSSES)) ==
        "REQUIRED");
  const auto endpoint = stage.Endpoint({"account.*"});
  v1::UpdateWebhookEndpointRequest request;
  request.set_id(endpoint.id());
  *request.mutable_webhook_endpoint()->add_conditions() =
      ConditionOn("account.updated", "name", changed);
  request.mutable_webhook_endpoint()->set_max_concurrency(3);
  request.add_update_mask("conditions");
  request.add_update_mask("max_concurrency");
  const auto updated =
      Must(app::UpdateWebhookEndpoint(stage.app, stage.Of("UpdateWebhookEndpoint"), request));
  CHECK(updated.conditions(0).field() == "name");
  CHECK(updated.max_concurrency() == 3);
  stage.Happens({.type = "account.updated", .more = R"(,"changes":{})"});
  CHECK(stage.Deliveries(endpoint.id()).empty());
}

TEST_CASE("a secret that was replaced is forgotten a day after it signed last") {
  Stage stage;
  const auto endpoint = stage.Endpoint();
  const auto age = [&](const std::string& interval) {
    stage.test.Execute("UPDATE webhooks.webhook_secret SET expires_at = now() - interval '" +
                       interval + "' WHERE expires_at IS NOT NULL");
  };
  const auto due = [&] {
    bool due = false;
    REQUIRE(stage.database.Work(stage.Own(), [&](postgres::Transaction& tx) -> Result<void> {
      due = app::HasExpiredSecrets(tx);
      return {};
    }));
    CHECK_FALSE(Must(app::ForgetExpiredSecrets(stage.database, stage.Own())));
    return due;
  };
  const auto kept = [&] {
    return stage.test.Execute("SELECT string_agg(secret, ' ' ORDER BY id) FROM "
                              "webhooks.webhook_secret");
  };
  const auto rotated =
      Must(stage.Act("RotateWebhookSecret", app::RotateWebhookSecret, endpoint.id()));
  const std::string both = endpoint.secret() + " " + rotated.secret();
  CHECK_FALSE(due());
  age("23 hours");
  CHECK_FALSE(due());
  CHECK(kept() == both);
  age("24 hours");
  CHECK(due());
  CHECK(kept() == rotated.secret());
  CHECK_FALSE(due());
}

TEST_CASE("a test goes to the tested endpoint alone, whatever it listens to") {
  Stage stage;
  const auto tested = stage.Endpoint({"quote.*"});
  const auto other = stage.Endpoint({"*"});
  const auto test = Must(stage.Act("TestWebhookEndpoint", app::TestWebhookEndpoint, tested.id()));
  CHECK(stage.Events("event_id = (SELECT max(event_id::text)::uuid FROM webhooks.event_log "
                     "WHERE topic = 'webhooks')") == "webhook_endpoint.tested");
  stage.Happens({.type = "webhook_endpoint.tested", .id = test.event_id(), .subject = tested.id()});
  REQUIRE(stage.Deliveries(tested.id()).size() == 1);
  CHECK(stage.Deliveries(tested.id())[0].event_id() == test.event_id());
  CHECK(stage.Deliveries(other.id()).empty());
}

TEST_CASE("a disabled endpoint is sent nothing; enabled again it gets what was held back") {
  Stage stage;
  const auto endpoint = stage.Endpoint();
  stage.Happens({});
  const auto disabled =
      Must(stage.Act("DisableWebhookEndpoint", app::DisableWebhookEndpoint, endpoint.id()));
  CHECK(disabled.status() == v1::WEBHOOK_ENDPOINT_STATUS_DISABLED);
  CHECK(disabled.disabled_reason() == v1::DISABLED_REASON_REQUESTED);
  CHECK(Must(stage.Act("DisableWebhookEndpoint", app::DisableWebhookEndpoint, endpoint.id()))
            .revision() == disabled.revision());
  stage.Happens({});
  CHECK(stage.Claim().empty());
  CHECK(stage.Deliveries(endpoint.id()).size() == 1);
  for (const auto& reason :
       {Reason(stage.Act("TestWebhookEndpoint", app::TestWebhookEndpoint, endpoint.id())),
        Reason(stage.Act("RecoverWebhookEndpoint", app::RecoverWebhookEndpoint, endpoint.id())),
        Reason(stage.Act("ResendWebhookDelivery", app::ResendWebhookDelivery,
                         stage.Deliveries(endpoint.id())[0].id()))}) {
    CHECK(reason == "WEBHOOK_ENDPOINT_DISABLED");
  }
  Must(stage.Act("EnableWebhookEndpoint", app::EnableWebhookEndpoint, endpoint.id()));
  Must(stage.Act("EnableWebhookEndpoint", app::EnableWebhookEndpoint, endpoint.id()));
  CHECK(stage.Claim().size() == 1);
  stage.Happens({});
  CHECK(stage.Deliveries(endpoint.id()).size() == 2);
  CHECK(stage.Events() ==
        "webhook_endpoint.created webhook_endpoint.disabled webhook_endpoint.enabled");
}

TEST_CASE("recover sends what was exhausted or missed since then, and nothing that arrived") {
  Stage stage;
  stage.Happens({});  // before `since`
  const auto endpoint = stage.Endpoint();
  const std::string since = stage.test.Execute("SELECT extract(epoch FROM clock_timestamp())");
  const std::string arrived = stage.Happens({});
  stage.Record(stage.Claim(), 200);
  const std::string exhausted = stage.Happens({});
  for (int i = 0; i < 10; ++i) {
    stage.Record(stage.Claim(), 500);
    stage.LetTimePass();
  }
  Must(stage.Act("DisableWebhookEndpoint", app::DisableWebhookEndpoint, endpoint.id()));
  const std::string missed = stage.Happens({});
  Must(stage.Act("EnableWebhookEndpoint", app::EnableWebhookEndpoint, endpoint.id()));
  CHECK(stage.Claim().empty());

  v1::RecoverWebhookEndpointRequest request;
  request.set_id(endpoint.id());
  const auto micros = static_cast<int64_t>(std::stod(since) * 1e6);
  request.mutable_since()->set_seconds(micros / 1'000'000);
  request.mutable_since()->set_nanos(static_cast<int>(micros % 1'000'000) * 1'000);
  const rpc::Call call = stage.Of("RecoverWebhookEndpoint");
  CHECK(Must(app::RecoverWebhookEndpoint(stage.app, call, request)).recovering());
  CHECK(Reason(app::RecoverWebhookEndpoint(stage.app, call, request)) == "RECOVERY_RUNNING");
  while (Must(app::RecoverSlice(stage.database, stage.Own()))) {
  }
  CHECK_FALSE(stage.Get(endpoint.id()).recovering());
  std::set<std::string> sent;
  for (const auto& delivery : stage.Claim()) sent.insert(delivery.event_id);
  for (const auto& delivery : stage.Claim()) sent.insert(delivery.event_id);
  CHECK(sent.contains(missed));
  CHECK_FALSE(sent.contains(arrived));
  CHECK(stage.Deliveries(endpoint.id()).size() == 3);
  CHECK(stage.test.Execute("SELECT count(*) FROM webhooks.webhook_delivery WHERE status = "
                           "'scheduled'") == "2");
  CHECK(stage.test.Execute("SELECT status FROM webhooks.webhook_delivery AS d JOIN "
                           "webhooks.feed_event AS f ON f.id = d.event_id WHERE f.position = 3") ==
        "scheduled");
  CHECK_FALSE(exhausted.empty());
  request.mutable_since()->set_seconds(4'000'000'000);
  CHECK_FALSE(Must(app::RecoverWebhookEndpoint(stage.app, call, request)).recovering());
}

}  // namespace
}  // namespace continuo::webhooks
