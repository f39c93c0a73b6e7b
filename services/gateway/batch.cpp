#include "services/gateway/batch.h"

#include <algorithm>

#include "continuo/type/v1/batch.pb.h"
#include "libs/json/read.h"
#include "libs/json/validate.h"
#include "libs/json/write.h"
#include "services/gateway/problem.h"

namespace continuo::gateway {
namespace {

using type::v1::BatchItem;

// Beyond it the items left are refused, so that a batch of large documents is no way to fill memory.
constexpr size_t kAnswerBytes = 4UL * 1024 * 1024;

std::vector<Violation> ViolationsOf(const BatchItem& item, const Batch& batch,
                                    const std::string& pointer) {
  if (batch.RouteOf(item.action()) == nullptr) {
    return {{pointer + "/action", "UNKNOWN_VALUE", "Send one of: " + batch.Actions() + "."}};
  }
  std::vector<Violation> violations;
  const auto expect = [&](const char* name, bool wanted, bool given) {
    if (wanted && !given) {
      violations.push_back({pointer + "/" + name, "REQUIRED", "This action needs it."});
    } else if (!wanted && given) {
      violations.push_back({pointer + "/" + name, "UNEXPECTED", "This action has no use for it."});
    }
  };
  expect("id", item.action() != type::v1::BATCH_ACTION_CREATE, !item.id().empty());
  expect("body", item.action() != type::v1::BATCH_ACTION_GET, item.has_body());
  return violations;
}

std::string HeaderOf(const http::Response& response, std::string_view name) {
  for (const auto& header : response.headers) {
    if (header.name == name) return header.value;
  }
  return "";
}

Fault AnswerTooLarge() {
  return {.code = Code::kResourceExhausted,
          .reason = "BODY_TOO_LARGE",
          .message = "The answers before this one fill the batch. Send less in one request, or ask "
                     "for less with fields=.",
          .metadata = {{"limit", std::to_string(kAnswerBytes)}}};
}

}  // namespace

Result<std::unique_ptr<type::v1::BatchRequest>> ReadBatch(std::string_view json,
                                                          const Batch& batch) {
  auto request = std::make_unique<type::v1::BatchRequest>();
  RETURN_IF_FAULT(json::ReadMessage(json, request.get()));
  auto violations = json::Validate(*request);
  for (int i = 0; violations.empty() && i < request->items_size(); ++i) {
    violations = ViolationsOf(request->items(i), batch, "/items/" + std::to_string(i));
  }
  if (!violations.empty()) return Invalid(std::move(violations));
  return request;
}

BatchRun::BatchRun(const EdgeParts& parts, const Batch& batch,
                   std::unique_ptr<type::v1::BatchRequest> request, std::string path,
                   std::vector<http::Parameter> parameters, rpc::Call call, Done done)
    : parts_(parts),
      batch_(batch),
      request_(std::move(request)),
      path_(std::move(path)),
      parameters_(std::move(parameters)),
      call_(std::move(call)),
      done_(std::move(done)) {}

BatchRun::~BatchRun() = default;

void BatchRun::Next() {
  if (next_ == request_->items_size()) return done_(json_ + "]}", delay_);
  const auto& item = request_->items(next_);
  auto match = MatchOf(item);
  if (json_.size() > kAnswerBytes) {
    const Fault fault = AnswerTooLarge();
    return Take({.status = StatusOf(fault), .body = ProblemJson(fault, call_.request_id)}, {});
  }
  auto request = RequestOf(item, *match.route);
  std::make_shared<Exchange>(
      parts_, std::move(request),
      [self = shared_from_this()](http::Response response, std::chrono::milliseconds delay) {
        self->Take(response, delay);
      })
      ->StartWithin(call_, std::move(match));
}

RouteMatch BatchRun::MatchOf(const BatchItem& item) const {
  RouteMatch match{.route = batch_.RouteOf(item.action())};
  if (!item.id().empty()) match.variables = {{"id", item.id()}};
  return match;
}

http::Request BatchRun::RequestOf(const BatchItem& item, const Route& route) const {
  http::Request request{.method = route.verb, .path = path_, .parameters = parameters_};
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) request.headers.push_back({name, value});
  };
  add("if-match", item.if_match());
  add("if-none-match", item.if_none_match());
  if (!item.has_body()) return request;
  add("content-type", "application/json");
  if (!item.idempotency_key().empty()) {
    add("idempotency-key", item.idempotency_key());
  } else if (!call_.idempotency_key.empty()) {
    add("idempotency-key", call_.idempotency_key + "/" + std::to_string(next_));
  }
  json::WriteMessage(item.body(), &request.body);
  return request;
}

void BatchRun::Take(const http::Response& response, std::chrono::milliseconds delay) {
  const std::string etag = HeaderOf(response, "ETag");
  json_ += next_ == 0 ? "{\"status\":" : ",{\"status\":";
  json_ += std::to_string(response.status) + ",\"etag\":";
  if (etag.empty()) json_ += "null";
  else json::WriteString(etag, &json_);
  json_ += ",\"replayed\":";
  json_ += HeaderOf(response, "Idempotency-Replayed") == "true" ? "true" : "false";
  json_ += ",\"body\":" + (response.body.empty() ? "null" : response.body) + "}";
  delay_ = std::max(delay_, delay);
  ++next_;
  Next();
}

}  // namespace continuo::gateway
