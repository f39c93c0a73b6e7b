// The routes of the REST API, read from the google.api.http options of every service's proto.
//
// A path is matched segment by segment against literals first, then variables, so that
// /v1/products/by_code wins over /v1/products/{id}. What matches another method only is a 405 with
// the methods that exist.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "libs/rpc/method_rules.h"

namespace continuo::type::v1 {
enum BatchAction : int;
}
namespace google::protobuf {
class FieldDescriptor;
class MethodDescriptor;
}  // namespace google::protobuf

namespace continuo::gateway {

struct Route;

// The calls to one collection that may come together, in POST /v1/{plural}/batch: those of the list
// below that the protos route, for what has the option `resource`.
struct Batch {
  const Route* get = nullptr;     // GET /v1/{plural}/{id}
  const Route* create = nullptr;  // POST /v1/{plural}
  const Route* update = nullptr;  // PATCH /v1/{plural}/{id}

  std::vector<const Route*> All() const;
  // Null: the collection does not have it.
  const Route* RouteOf(type::v1::BatchAction action) const;
  std::string Actions() const;  // "get, create"
};

struct Route {
  const google::protobuf::MethodDescriptor* method;  // null: a batch
  rpc::MethodRules rules;
  std::string verb;        // "POST"
  std::string path;        // "/v1/quotes/{id}/approve": the template, bounded, for metrics
  std::vector<std::string> variables;  // {"id"}, in the order of the path
  // Of the request message: where the body goes. Null: no body, or the whole message.
  const google::protobuf::FieldDescriptor* body_field = nullptr;
  bool has_body = false;
  bool raw_body = false;    // google.api.HttpBody in
  bool raw_answer = false;  // google.api.HttpBody out
  bool takes_form = false;  // a body of a page's form too
  int success_status = 200;
  size_t body_limit = 1 << 20;
  std::unique_ptr<Batch> batch;  // null: one method
};

struct RouteMatch {
  const Route* route = nullptr;  // null: nothing has this path and verb
  std::vector<std::pair<std::string, std::string>> variables;  // field of the request, value
  std::vector<std::string> allowed;  // verbs that the path has, for 405 and OPTIONS
};

// The verbs of the path with those that come with them: HEAD with GET, OPTIONS with any.
std::vector<std::string> VerbsOf(const RouteMatch& match);

class Routes {
 public:
  // Of every service whose descriptor is linked in. Two routes for one verb and path abort: the
  // protos contradict themselves.
  Routes();
  ~Routes();

  RouteMatch Match(const std::string& verb, const std::vector<std::string>& segments) const;
  const std::vector<std::unique_ptr<Route>>& all() const { return routes_; }
  const std::vector<std::unique_ptr<Route>>& batches() const { return batches_; }
  // The RPC that reads one resource by its id, for `expand[]`: "acc" -> CrmService.GetAccount.
  const Route* GetterOf(const std::string& id_prefix) const;

 private:
  struct Node;
  static bool Walk(const Node& node, const std::string& verb,
                   std::span<const std::string> segments, std::vector<const std::string*>* values,
                   RouteMatch* match);
  void Add(const google::protobuf::MethodDescriptor& method, const std::string& verb,
           const std::string& path, const std::string& body);
  void AddBatches();

  std::vector<std::unique_ptr<Route>> routes_;
  std::vector<std::unique_ptr<Route>> batches_;
  std::map<std::string, const Route*> getters_;
  std::unique_ptr<Node> root_;
};

}  // namespace continuo::gateway
