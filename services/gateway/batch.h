// A batch: several calls to one collection in one request, each with an outcome of its own.
//
//   POST /v1/accounts/batch
//   {"items":[{"action":"create","body":{"name":"Acme"}},{"action":"get","id":"acc_1"}]}
//   -> 200 {"items":[{"status":201,"etag":"\"1\"","replayed":false,"body":{...}},
//                    {"status":404,"etag":null,"replayed":false,"body":{...a problem}}]}
//
// They are made one after the other, in their order, each as an Exchange of its own: with its permission,
// its rate, its idempotency key, its line in the log. A batch is no transaction.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "libs/http/message.h"
#include "libs/result/result.h"
#include "libs/rpc/call.h"
#include "services/gateway/exchange.h"
#include "services/gateway/routes.h"

namespace continuo::type::v1 {
class BatchItem;
class BatchRequest;
}  // namespace continuo::type::v1

namespace continuo::gateway {

// 400 with the places that are wrong: what an action needs or has no use for is checked here, what its
// body must be by the call itself.
Result<std::unique_ptr<type::v1::BatchRequest>> ReadBatch(std::string_view json, const Batch& batch);

// Owns itself: lives until it is done.
class BatchRun : public std::enable_shared_from_this<BatchRun> {
 public:
  // The answer's JSON, and how long to keep it back.
  using Done = std::function<void(std::string json, std::chrono::milliseconds delay)>;

  // `path`: of the collection. `parameters`: of each call, fields and expand[].
  BatchRun(const EdgeParts& parts, const Batch& batch,
           std::unique_ptr<type::v1::BatchRequest> request, std::string path,
           std::vector<http::Parameter> parameters, rpc::Call call, Done done);
  ~BatchRun();

  void Next();

 private:
  RouteMatch MatchOf(const type::v1::BatchItem& item) const;
  http::Request RequestOf(const type::v1::BatchItem& item, const Route& route) const;
  void Take(const http::Response& response, std::chrono::milliseconds delay);

  const EdgeParts& parts_;
  const Batch& batch_;
  const std::unique_ptr<type::v1::BatchRequest> request_;
  const std::string path_;
  const std::vector<http::Parameter> parameters_;
  const rpc::Call call_;
  const Done done_;
  int next_ = 0;
  std::string json_ = "{\"items\":[";
  std::chrono::milliseconds delay_{0};
};

}  // namespace continuo::gateway
