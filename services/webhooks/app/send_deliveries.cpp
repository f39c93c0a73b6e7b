#include "services/webhooks/app/send_deliveries.h"

#include "continuo/webhooks/v1/event.pb.h"
#include "continuo/webhooks/v1/webhook_delivery.pb.h"
#include "libs/events/signals.h"
#include "libs/ids/kinds.h"
#include "libs/json/patch.h"
#include "libs/json/write.h"
#include "libs/postgres/database.h"
#include "services/webhooks/app/app.h"
#include "services/webhooks/app/endpoints.h"
#include "services/webhooks/app/event_message.h"
#include "services/webhooks/domain/retry_schedule.h"
#include "services/webhooks/store/sql.h"

namespace continuo::webhooks::app {
namespace {

using postgres::Transaction;

ClaimedDelivery DeliveryFrom(const postgres::Row& row) {
  ClaimedDelivery delivery{.delivery_id = row.Id("wd", "delivery_id"),
                           .claim = row.Int("claim"),
                           .endpoint_id = row.Id("we", "endpoint_id"),
                           .number = static_cast<int>(row.Int("attempt_count")) + 1,
                           .round_number = static_cast<int>(row.Int("round_attempts")) + 1,
                           .url = std::string(row.Text("url")),
                           .secrets = row.TextArray("secrets"),
                           .event_id = row.Id("evt", "id")};
  return delivery;
}

// What record_attempts takes, column by column.
struct Columns {
  std::vector<ids::Uuid> ids;
  std::vector<std::string> delivery_ids;
  std::vector<int64_t> claims;
  std::vector<int> numbers;
  std::vector<calendar::Instant> started_at;
  std::vector<int64_t> durations;
  std::vector<std::optional<int>> statuses;
  std::vector<std::optional<std::string>> errors;
  std::vector<std::string> outcomes;
  std::vector<std::optional<int64_t>> delays;
  std::vector<std::optional<int64_t>> holds;
  std::vector<std::string> request_headers;
  std::vector<std::string> response_headers;
};

// As the fields of v1::WebhookAttempt are stored.
std::string JsonOf(const Headers& headers) {
  v1::WebhookAttempt attempt;
  for (const Header& header : headers) {
    auto* made = attempt.add_request_headers();
    made->set_name(header.name);
    made->set_value(header.value);
  }
  return json::FieldText(attempt, "request_headers");
}

void Add(const Attempt& attempt, double chance, Columns* columns) {
  const domain::Verdict verdict = domain::Judge(attempt.http_status);
  const auto hold = domain::HoldAfter(attempt.http_status, attempt.retry_after);
  const auto delay = domain::DelayBefore(attempt.delivery.round_number + 1, chance, hold);
  const bool delivered = verdict == domain::Verdict::kDelivered;
  columns->ids.push_back(attempt.id);
  columns->delivery_ids.push_back(attempt.delivery.delivery_id);
  columns->claims.push_back(attempt.delivery.claim);
  columns->numbers.push_back(attempt.delivery.number);
  columns->started_at.push_back(attempt.started_at);
  columns->durations.push_back(attempt.duration.count());
  columns->statuses.push_back(attempt.http_status == 0 ? std::nullopt
                                                       : std::optional(attempt.http_status));
  columns->errors.push_back(attempt.http_status == 0 ? std::optional(attempt.error)
                                                     : std::nullopt);
  columns->outcomes.push_back(delivered ? "delivered" : delay ? "scheduled" : "exhausted");
  columns->delays.push_back(delay ? std::optional(delay->count()) : std::nullopt);
  columns->holds.push_back(hold ? std::optional(hold->count()) : std::nullopt);
  columns->request_headers.push_back(JsonOf(attempt.request_headers));
  columns->response_headers.push_back(JsonOf(attempt.response_headers));
}

void Log(Transaction& tx, const std::vector<Attempt>& attempts, double chance) {
  Columns columns;
  for (const Attempt& attempt : attempts) Add(attempt, chance, &columns);
  tx.Run(sql::record_attempts, columns.ids, postgres::IdArray("wd", columns.delivery_ids),
         columns.claims, columns.numbers, columns.started_at, columns.durations,
         columns.statuses, columns.errors, columns.outcomes, columns.delays, columns.holds,
         columns.request_headers, columns.response_headers);
}

// One success among its attempts: the endpoint is not failing.
std::map<std::string, bool> Health(const std::vector<Attempt>& attempts) {
  std::map<std::string, bool> succeeded;
  for (const Attempt& attempt : attempts) {
    succeeded[attempt.delivery.endpoint_id] |=
        domain::Judge(attempt.http_status) == domain::Verdict::kDelivered;
  }
  return succeeded;
}

void UpdateHealth(Transaction& tx, const std::vector<Attempt>& attempts) {
  std::vector<std::string> endpoints;
  std::vector<postgres::Parameter> succeeded;
  for (const auto& [endpoint, success] : Health(attempts)) {
    endpoints.push_back(endpoint);
    succeeded.push_back(success);
  }
  tx.Run(sql::update_endpoint_health, postgres::IdArray("we", endpoints),
         postgres::Parameter::Array(succeeded));
  for (const postgres::Row row :
       tx.Run(sql::list_failing_endpoints, postgres::IdArray("we", endpoints))) {
    if (!domain::GivesUp(std::chrono::seconds(row.Int("failing_seconds")))) continue;
    Disable(tx, row.Id("we", "endpoint_id"), "failing");
  }
}

}  // namespace

Result<std::vector<ClaimedDelivery>> Claim(const App& app, const rpc::Call& call,
                                           const Capacity& capacity) {
  std::vector<std::string> endpoints;
  std::vector<int> counts;
  for (const auto& [endpoint, count] : capacity.sending) {
    endpoints.push_back(endpoint);
    counts.push_back(count);
  }
  return app.database.Work(call, [&](Transaction& tx) -> Result<std::vector<ClaimedDelivery>> {
    std::vector<ClaimedDelivery> claimed;
    for (const postgres::Row row :
         tx.Run(sql::claim_deliveries, postgres::IdArray("we", endpoints), counts,
                capacity.per_endpoint, capacity.in_all, kClaimTerm.count())) {
      ClaimedDelivery delivery = DeliveryFrom(row);
      // They come in the order of the feed: one event's for many endpoints is written once.
      const bool again = !claimed.empty() && claimed.back().event_id == delivery.event_id;
      if (again) delivery.body = claimed.back().body;
      if (!again) json::WriteMessage(EventFrom(row), &delivery.body);
      claimed.push_back(std::move(delivery));
    }
    return claimed;
  });
}

Result<void> Record(const App& app, const rpc::Call& call, const std::vector<Attempt>& attempts,
                    double chance) {
  return app.database.Work(call, [&](Transaction& tx) -> Result<void> {
    Log(tx, attempts, chance);
    UpdateHealth(tx, attempts);
    for (const Attempt& attempt : attempts) {
      if (domain::Judge(attempt.http_status) != domain::Verdict::kGone) continue;
      Disable(tx, attempt.delivery.endpoint_id, "gone");
    }
    // An ordered endpoint's next one may go.
    tx.OnCommit([] { events::Raise(kDeliverySignal); });
    return {};
  });
}

Result<void> Release(const App& app, const rpc::Call& call,
                     const std::vector<ClaimedDelivery>& deliveries) {
  std::vector<std::string> ids;
  std::vector<int64_t> claims;
  for (const ClaimedDelivery& delivery : deliveries) {
    ids.push_back(delivery.delivery_id);
    claims.push_back(delivery.claim);
  }
  return app.database.Work(call, [&](Transaction& tx) -> Result<void> {
    tx.Run(sql::release_claims, postgres::IdArray("wd", ids), claims);
    return {};
  });
}

}  // namespace continuo::webhooks::app
