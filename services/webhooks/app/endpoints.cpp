#include "services/webhooks/app/endpoints.h"

#include "continuo/directory/v1/division.pb.h"
#include "continuo/webhooks/v1/events.pb.h"
#include "continuo/webhooks/v1/webhook_endpoint.pb.h"
#include "libs/events/append.h"
#include "libs/events/signals.h"
#include "libs/ids/kinds.h"
#include "libs/json/patch.h"
#include "libs/postgres/resource.h"
#include "libs/rpc/peers.h"
#include "services/webhooks/app/app.h"
#include "services/webhooks/app/event_catalogue.h"
#include "services/webhooks/domain/event_types.h"
#include "services/webhooks/domain/signature.h"
#include "services/webhooks/domain/subscription.h"
#include "services/webhooks/domain/url.h"
#include "services/webhooks/store/sql.h"

namespace continuo::webhooks::app {
namespace {

using postgres::IdOrNull;
using postgres::NullIfEmpty;
using postgres::Transaction;
using v1::WebhookEndpoint;

constexpr int kOldSecretHours = 24;

constexpr postgres::Resource kEndpoint{sql::select_webhook_endpoint, sql::lock_webhook_endpoint};

Result<WebhookEndpoint> Load(Transaction& tx, const std::string& id) {
  return postgres::Load<WebhookEndpoint>(tx, kEndpoint, id);
}

Result<WebhookEndpoint> LoadForChange(Transaction& tx, const std::string& id) {
  return postgres::LoadForChange<WebhookEndpoint>(tx, kEndpoint, id);
}

Result<void> RequireSeesAll(const rpc::Call& call) {
  if (call.principal.sees_all) return {};
  return PermissionDenied("PERMISSION_DENIED",
                          "A webhook endpoint hears of every account. Only a user whose security "
                          "profile sees all may make one.");
}

// Patterns, of which each stands for something, and nothing that the caller may not read.
Result<void> CheckEventTypes(const rpc::Call& call, const WebhookEndpoint& endpoint) {
  for (int i = 0; i < endpoint.event_types_size(); ++i) {
    const std::string& pattern = endpoint.event_types(i);
    const std::string pointer = "/event_types/" + std::to_string(i);
    if (!domain::IsPattern(pattern)) {
      return Invalid(pointer, "INVALID_FORMAT",
                     "Give a type (invoice.issued), the beginning of some (invoice.*), or *.");
    }
    bool known = false;
    for (const EventType& type : EventTypes()) {
      if (type.internal || !domain::Matches(pattern, type.type)) continue;
      known = true;
      if (MayRead(call.principal, type)) continue;
      return PermissionDenied("EVENT_TYPE_NOT_PERMITTED",
                              "You may not read what " + type.type + " tells: " +
                                  type.permission + " is missing.",
                              {{"event_type", type.type}, {"permission", type.permission}});
    }
    if (!known) {
      return Invalid(pointer, "UNKNOWN_EVENT_TYPE",
                     "No event has such a type. docs/api/events.json lists them.");
    }
  }
  return {};
}

// The event's own data tells of a change of the field.
bool TellsOf(const EventType& type, const std::string& field) {
  if (type.data->FindFieldByName("changes") != nullptr) return true;
  return type.data->FindFieldByName("from_" + field) != nullptr &&
         type.data->FindFieldByName("to_" + field) != nullptr;
}

Result<void> CheckConditions(const WebhookEndpoint& endpoint) {
  for (int i = 0; i < endpoint.conditions_size(); ++i) {
    const v1::WebhookCondition& condition = endpoint.conditions(i);
    const std::string pointer = "/conditions/" + std::to_string(i);
    if (!domain::IsPattern(condition.event_type())) {
      return Invalid(pointer + "/event_type", "INVALID_FORMAT",
                     "Give a type (invoice.issued), the beginning of some (invoice.*), or *.");
    }
    if (condition.operator_() == v1::CONDITION_OPERATOR_CROSSES && condition.value().empty()) {
      return Invalid(pointer + "/value", "REQUIRED", "Give the number that is crossed.");
    }
    const bool told = std::ranges::any_of(EventTypes(), [&](const EventType& type) {
      return !type.internal && domain::Matches(condition.event_type(), type.type) &&
             TellsOf(type, condition.field());
    });
    if (told) continue;
    return Invalid(pointer + "/field", "UNKNOWN_FIELD",
                   "No such event tells of a change of this field. Name one that its `changes` "
                   "may hold, or that it has as from_ and to_: docs/api/events.json.");
  }
  return {};
}

// Among the caller's divisions, and there. Asked before a transaction is opened.
Result<void> CheckDivision(const App& app, const rpc::Call& call, const WebhookEndpoint& endpoint) {
  const std::string& id = endpoint.division_id();
  const auto& own = call.principal.division_ids;
  if (id.empty() && own.empty()) return {};
  if (id.empty()) {
    return Invalid("/division_id", "REQUIRED", "Name the division; you act for some only.");
  }
  const Failure unknown =
      Invalid("/division_id", "REFERENCE_NOT_FOUND", "There is no division " + id + ".");
  if (!own.empty() && std::ranges::find(own, id) == own.end()) return unknown;
  directory::v1::GetDivisionRequest request;
  request.set_id(id);
  rpc::Call asking = rpc::Call::AsService("webhooks", call.request_id);
  asking.deadline = call.deadline;
  const auto division = app.peers.Ask<directory::v1::Division>(
      asking, "continuo.directory.v1.DirectoryService/GetDivision", request);
  if (division) return {};
  if (division.error().code == Code::kNotFound) return unknown;
  return Failure(division.error());
}

postgres::Parameter RateOf(const WebhookEndpoint& endpoint) {
  if (!endpoint.has_rate_per_second()) return nullptr;
  return endpoint.rate_per_second();
}

postgres::Parameter ConcurrencyOf(const WebhookEndpoint& endpoint) {
  if (!endpoint.has_max_concurrency()) return nullptr;
  return endpoint.max_concurrency();
}

std::string ConditionsOf(const WebhookEndpoint& endpoint) {
  return json::FieldText(endpoint, "conditions");
}

std::vector<std::string> TypesOf(const WebhookEndpoint& endpoint) {
  return {endpoint.event_types().begin(), endpoint.event_types().end()};
}

// From now on: nothing that has its position already, everything that gets one later.
int64_t ListensFrom(Transaction& tx) {
  tx.OnCommit([] { events::Raise(kFeedSignal); });  // positions have waited for this transaction
  return tx.Run(sql::keep_feed_head).front().Int("position");
}

bool ListensToOther(const WebhookEndpoint& before, const WebhookEndpoint& after) {
  return TypesOf(before) != TypesOf(after) || before.division_id() != after.division_id() ||
         ConditionsOf(before) != ConditionsOf(after);
}

void Store(Transaction& tx, const WebhookEndpoint& endpoint, postgres::Parameter listens_from) {
  tx.Run(sql::update_webhook_endpoint, IdOrNull("we", endpoint.id()), endpoint.url(),
         NullIfEmpty(endpoint.description()), IdOrNull("div", endpoint.division_id()),
         TypesOf(endpoint), endpoint.ordered(), RateOf(endpoint), listens_from,
         ConditionsOf(endpoint), ConcurrencyOf(endpoint), endpoint.asymmetric_signature());
}

// The URL may hold a key, and others may read events: of it they are told that it changed.
void PublishUpdated(Transaction& tx, const WebhookEndpoint& stored,
                    const std::vector<json::ChangedField>& changes) {
  v1::WebhookEndpointUpdated event;
  event.set_id(stored.id());
  event.set_revision(stored.revision());
  event.set_division_id(stored.division_id());
  for (const json::ChangedField& field : changes) {
    auto& change = (*event.mutable_changes())[field.name];
    if (field.name == "url") continue;
    change.set_from(field.from);
    change.set_to(field.to);
  }
  events::Append(tx, event, {.source_version = stored.revision()});
}

// An action's own fact: the id and the revision that it made.
template <class Event>
std::string Publish(Transaction& tx, const WebhookEndpoint& endpoint) {
  Event event;
  event.set_id(endpoint.id());
  event.set_revision(endpoint.revision());
  return events::Append(tx, event, {.source_version = endpoint.revision()});
}

Failure IsDisabled(const std::string& id) {
  return FailedPrecondition("WEBHOOK_ENDPOINT_DISABLED",
                            "Webhook endpoint " + id + " is disabled. Enable it first.",
                            {{"id", id}});
}

// A secret, and beside it a pair of keys whose private half nobody is shown.
std::string InsertSecret(Transaction& tx, const postgres::Parameter& endpoint_id) {
  const std::string secret = domain::NewSecret();
  const domain::SigningKey pair = domain::NewSigningKey();
  tx.Run(sql::insert_secret, endpoint_id, secret, pair.secret, pair.public_key);
  return secret;
}

Result<WebhookEndpoint> InsertEndpoint(Transaction& tx, const WebhookEndpoint& wanted) {
  const auto id = ids::WebhookEndpointId::New();
  tx.Run(sql::insert_webhook_endpoint, id, wanted.url(), NullIfEmpty(wanted.description()),
         IdOrNull("div", wanted.division_id()), TypesOf(wanted), wanted.ordered(),
         RateOf(wanted), ListensFrom(tx), tx.now(), ConditionsOf(wanted), ConcurrencyOf(wanted),
         wanted.asymmetric_signature());
  tx.Run(sql::insert_endpoint_state, id);
  const std::string secret = InsertSecret(tx, id);
  ASSIGN_OR_RETURN(WebhookEndpoint stored, Load(tx, id.ToString()));
  v1::WebhookEndpointCreated event;
  event.set_id(stored.id());
  event.set_revision(stored.revision());
  event.set_division_id(stored.division_id());
  *event.mutable_event_types() = stored.event_types();
  events::Append(tx, event, {.source_version = stored.revision()});
  stored.set_secret(secret);
  return stored;
}

}  // namespace

Result<WebhookEndpoint> CreateWebhookEndpoint(const App& app, const rpc::Call& call,
                                              const v1::CreateWebhookEndpointRequest& request) {
  const WebhookEndpoint& wanted = request.webhook_endpoint();
  RETURN_IF_FAULT(RequireSeesAll(call));
  RETURN_IF_FAULT(domain::CheckUrl(wanted.url(), app.sandbox));
  RETURN_IF_FAULT(CheckEventTypes(call, wanted));
  RETURN_IF_FAULT(CheckConditions(wanted));
  RETURN_IF_FAULT(CheckDivision(app, call, wanted));
  return app.database.Command<WebhookEndpoint>(
      call, [&](Transaction& tx) { return InsertEndpoint(tx, wanted); });
}

Result<WebhookEndpoint> GetWebhookEndpoint(const App& app, const rpc::Call& call,
                                           const v1::GetWebhookEndpointRequest& request) {
  return postgres::Get<WebhookEndpoint>(app.database, call, kEndpoint, request);
}

Result<v1::ListWebhookEndpointsResponse> ListWebhookEndpoints(
    const App& app, const rpc::Call& call, const v1::ListWebhookEndpointsRequest& request) {
  return postgres::ListOf<v1::ListWebhookEndpointsResponse>(app.database, call, kEndpoint, request);
}

Result<WebhookEndpoint> UpdateWebhookEndpoint(const App& app, const rpc::Call& call,
                                              const v1::UpdateWebhookEndpointRequest& request) {
  const WebhookEndpoint& patch = request.webhook_endpoint();
  const auto& mask = request.update_mask();
  if (std::ranges::find(mask, "division_id") != mask.end()) {
    RETURN_IF_FAULT(CheckDivision(app, call, patch));
  }
  return app.database.Command<WebhookEndpoint>(
      call, [&](Transaction& tx) -> Result<WebhookEndpoint> {
        ASSIGN_OR_RETURN(const WebhookEndpoint before, LoadForChange(tx, request.id()));
        WebhookEndpoint after = before;
        RETURN_IF_FAULT(json::ApplyPatch(mask, patch, &after));
        RETURN_IF_FAULT(domain::CheckUrl(after.url(), app.sandbox));
        RETURN_IF_FAULT(CheckEventTypes(call, after));
        RETURN_IF_FAULT(CheckConditions(after));
        const auto changes = json::ChangedFields(before, after);
        if (changes.empty()) return before;
        const bool anew = ListensToOther(before, after);
        Store(tx, after, anew ? postgres::Parameter(ListensFrom(tx)) : nullptr);
        ASSIGN_OR_RETURN(WebhookEndpoint stored, Load(tx, request.id()));
        PublishUpdated(tx, stored, changes);
        return stored;
      });
}

void Disable(Transaction& tx, const std::string& endpoint_id, const std::string& reason) {
  const postgres::Rows changed =
      tx.Run(sql::disable_webhook_endpoint, IdOrNull("we", endpoint_id), reason);
  if (changed.empty()) return;
  v1::WebhookEndpointDisabled event;
  event.set_id(endpoint_id);
  event.set_revision(changed.front().Int("revision"));
  event.set_reason(reason);
  events::Append(tx, event, {.source_version = event.revision()});
}

Result<WebhookEndpoint> DisableWebhookEndpoint(const App& app, const rpc::Call& call,
                                               const v1::DisableWebhookEndpointRequest& request) {
  return app.database.Command<WebhookEndpoint>(
      call, [&](Transaction& tx) -> Result<WebhookEndpoint> {
        RETURN_IF_FAULT(LoadForChange(tx, request.id()));
        Disable(tx, request.id(), "requested");
        return Load(tx, request.id());
      });
}

Result<WebhookEndpoint> EnableWebhookEndpoint(const App& app, const rpc::Call& call,
                                              const v1::EnableWebhookEndpointRequest& request) {
  return app.database.Command<WebhookEndpoint>(
      call, [&](Transaction& tx) -> Result<WebhookEndpoint> {
        ASSIGN_OR_RETURN(const WebhookEndpoint before, LoadForChange(tx, request.id()));
        if (before.status() == v1::WEBHOOK_ENDPOINT_STATUS_ENABLED) return before;
        RETURN_IF_FAULT(CheckEventTypes(call, before));
        tx.Run(sql::enable_webhook_endpoint, IdOrNull("we", request.id()), ListensFrom(tx));
        tx.Run(sql::forget_failures, IdOrNull("we", request.id()));
        tx.OnCommit([] { events::Raise(kDeliverySignal); });
        ASSIGN_OR_RETURN(WebhookEndpoint stored, Load(tx, request.id()));
        Publish<v1::WebhookEndpointEnabled>(tx, stored);
        return stored;
      });
}

Result<WebhookEndpoint> RotateWebhookSecret(const App& app, const rpc::Call& call,
                                            const v1::RotateWebhookSecretRequest& request) {
  return app.database.Command<WebhookEndpoint>(
      call, [&](Transaction& tx) -> Result<WebhookEndpoint> {
        ASSIGN_OR_RETURN(const WebhookEndpoint before, LoadForChange(tx, request.id()));
        if (before.has_old_secret_until()) {
          return FailedPrecondition("SECRET_ROTATION_PENDING",
                                    "The secret before the current one still signs too. Wait until "
                                    "old_secret_until.",
                                    {{"id", request.id()}});
        }
        tx.Run(sql::expire_secret, IdOrNull("we", request.id()), kOldSecretHours);
        const std::string secret = InsertSecret(tx, IdOrNull("we", request.id()));
        tx.Run(sql::bump_webhook_endpoint, IdOrNull("we", request.id()));
        ASSIGN_OR_RETURN(WebhookEndpoint stored, Load(tx, request.id()));
        Publish<v1::WebhookEndpointSecretRotated>(tx, stored);
        stored.set_secret(secret);
        return stored;
      });
}

Result<v1::WebhookTest> TestWebhookEndpoint(const App& app, const rpc::Call& call,
                                            const v1::TestWebhookEndpointRequest& request) {
  return app.database.Command<v1::WebhookTest>(
      call, [&](Transaction& tx) -> Result<v1::WebhookTest> {
        ASSIGN_OR_RETURN(const WebhookEndpoint endpoint, Load(tx, request.id()));
        if (endpoint.status() == v1::WEBHOOK_ENDPOINT_STATUS_DISABLED) {
          return IsDisabled(request.id());
        }
        v1::WebhookTest test;
        test.set_endpoint_id(endpoint.id());
        test.set_event_id(Publish<v1::WebhookEndpointTested>(tx, endpoint));
        return test;
      });
}

Result<WebhookEndpoint> RecoverWebhookEndpoint(const App& app, const rpc::Call& call,
                                               const v1::RecoverWebhookEndpointRequest& request) {
  const calendar::Instant since(std::chrono::microseconds(request.since().seconds() * 1'000'000 +
                                                          request.since().nanos() / 1'000));
  return app.database.Command<WebhookEndpoint>(
      call, [&](Transaction& tx) -> Result<WebhookEndpoint> {
        ASSIGN_OR_RETURN(const WebhookEndpoint endpoint, LoadForChange(tx, request.id()));
        if (endpoint.status() == v1::WEBHOOK_ENDPOINT_STATUS_DISABLED) {
          return IsDisabled(request.id());
        }
        if (endpoint.recovering()) {
          return FailedPrecondition("RECOVERY_RUNNING",
                                    "Webhook endpoint " + request.id() +
                                        " is still being told what it missed. Wait until "
                                        "recovering is false.",
                                    {{"id", request.id()}});
        }
        RETURN_IF_FAULT(CheckEventTypes(call, endpoint));
        tx.Run(sql::insert_recovery, IdOrNull("we", request.id()), since);
        tx.OnCommit([] { events::Raise(kFeedSignal); });
        return Load(tx, request.id());
      });
}

}  // namespace continuo::webhooks::app
