#include "services/gateway/routes.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "continuo/type/v1/batch.pb.h"
#include "continuo/type/v1/options.pb.h"
#include "google/api/annotations.pb.h"
#include "libs/rpc/proto_files.h"

namespace continuo::gateway {
namespace {

using google::protobuf::MethodDescriptor;

std::vector<std::string> Segments(const std::string& path) {
  std::vector<std::string> segments;
  for (size_t begin = 1; begin <= path.size();) {
    const auto end = std::min(path.find('/', begin), path.size());
    segments.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return segments;
}

bool IsVariable(const std::string& segment) { return segment.starts_with('{'); }

// POST to a collection makes something; POST below an id does something with it. Where that is
// wrong, the proto says success_status.
int SuccessStatus(const type::v1::MethodRule& rule, const std::string& verb,
                  const std::vector<std::string>& segments) {
  if (rule.success_status() != 0) return rule.success_status();
  const bool below_an_id = segments.size() >= 2 && IsVariable(segments[segments.size() - 2]);
  const bool creates = verb == "POST" && rule.idempotency() == type::v1::IDEMPOTENCY_REQUIRED &&
                       !below_an_id && !IsVariable(segments.back());
  return creates ? 201 : 200;
}

bool IsHttpBody(const google::protobuf::Descriptor& type) {
  return type.full_name() == "google.api.HttpBody";
}

}  // namespace

struct Routes::Node {
  std::map<std::string, std::unique_ptr<Node>> literals;
  std::unique_ptr<Node> variable;
  std::map<std::string, const Route*> verbs;
};

Routes::Routes() : root_(std::make_unique<Node>()) {
  for (const auto* file : rpc::LinkedProtoFiles()) {
    for (int s = 0; s < file->service_count(); ++s) {
      for (int m = 0; m < file->service(s)->method_count(); ++m) {
        const auto& method = *file->service(s)->method(m);
        if (!method.options().HasExtension(google::api::http)) continue;
        const auto add = [&](const google::api::HttpRule& rule) {
          if (!rule.get().empty()) Add(method, "GET", rule.get(), rule.body());
          if (!rule.post().empty()) Add(method, "POST", rule.post(), rule.body());
          if (!rule.put().empty()) Add(method, "PUT", rule.put(), rule.body());
          if (!rule.patch().empty()) Add(method, "PATCH", rule.patch(), rule.body());
          if (!rule.delete_().empty()) Add(method, "DELETE", rule.delete_(), rule.body());
        };
        const auto& rule = method.options().GetExtension(google::api::http);
        add(rule);
        for (const auto& further : rule.additional_bindings()) add(further);
      }
    }
  }
  AddBatches();
}

Routes::~Routes() = default;

void Routes::Add(const MethodDescriptor& method, const std::string& verb, const std::string& path,
                 const std::string& body) {
  const auto& rule = method.options().GetExtension(type::v1::method);
  const auto segments = Segments(path);
  auto route = std::make_unique<Route>();
  route->method = &method;
  route->rules = rpc::RulesOf(method);
  route->verb = verb;
  route->path = path;
  route->has_body = !body.empty();
  if (route->has_body && body != "*") {
    route->body_field = method.input_type()->FindFieldByName(body);
    if (route->body_field == nullptr) {
      std::fprintf(stderr, "%s: no field %s\n", method.full_name().c_str(), body.c_str());
      std::abort();
    }
    route->raw_body = route->body_field->message_type() != nullptr &&
                      IsHttpBody(*route->body_field->message_type());
  }
  route->raw_answer = IsHttpBody(*method.output_type());
  route->takes_form = rule.takes_form();
  route->success_status = SuccessStatus(rule, verb, segments);
  if (rule.body_limit() > 0) route->body_limit = rule.body_limit();

  Node* node = root_.get();
  for (const auto& segment : segments) {
    if (IsVariable(segment)) route->variables.push_back(segment.substr(1, segment.size() - 2));
    auto& next = IsVariable(segment) ? node->variable : node->literals[segment];
    if (!next) next = std::make_unique<Node>();
    node = next.get();
  }
  if (!node->verbs.emplace(verb, route.get()).second) {
    std::fprintf(stderr, "%s %s is routed twice\n", verb.c_str(), path.c_str());
    std::abort();
  }
  const bool reads_one = verb == "GET" && segments.size() == 3 && segments[2] == "{id}";
  const auto& resource = method.output_type()->options().GetExtension(type::v1::resource);
  if (reads_one && !resource.id().empty()) getters_.emplace(resource.id(), route.get());
  routes_.push_back(std::move(route));
}

void Routes::AddBatches() {
  std::map<std::string, Batch> batches;
  for (const auto& route : routes_) {
    const auto segments = Segments(route->path);
    const bool of_one = segments.size() == 3 && segments[2] == "{id}";
    const bool of_all = segments.size() == 2;
    const auto& resource = route->method->output_type()->options().GetExtension(type::v1::resource);
    if (resource.id().empty() || route->raw_body || route->rules.permission.empty()) continue;
    auto& batch = batches[segments[1]];
    if (of_one && route->verb == "GET") batch.get = route.get();
    if (of_one && route->verb == "PATCH") batch.update = route.get();
    if (of_all && route->success_status == 201) batch.create = route.get();
  }
  for (const auto& [plural, batch] : batches) {
    if (batch.All().empty()) continue;
    auto route = std::make_unique<Route>();
    route->method = nullptr;
    route->rules.service = batch.All().front()->rules.service;
    route->verb = "POST";
    route->path = "/v1/" + plural + "/batch";
    route->has_body = true;
    route->batch = std::make_unique<Batch>(batch);
    auto& node = root_->literals.at("v1")->literals.at(plural)->literals["batch"];
    if (!node) node = std::make_unique<Node>();
    if (!node->verbs.emplace("POST", route.get()).second) {
      std::fprintf(stderr, "%s is routed twice\n", route->path.c_str());
      std::abort();
    }
    batches_.push_back(std::move(route));
  }
}

std::vector<const Route*> Batch::All() const {
  std::vector<const Route*> all{get, create, update};
  std::erase(all, nullptr);
  return all;
}

const Route* Batch::RouteOf(type::v1::BatchAction action) const {
  switch (action) {
    case type::v1::BATCH_ACTION_GET:
      return get;
    case type::v1::BATCH_ACTION_CREATE:
      return create;
    case type::v1::BATCH_ACTION_UPDATE:
      return update;
    default:
      return nullptr;
  }
}

std::string Batch::Actions() const {
  std::string actions;
  for (const auto& [route, action] : {std::pair(get, "get"), {create, "create"}, {update, "update"}}) {
    if (route != nullptr) actions += (actions.empty() ? "" : ", ") + std::string(action);
  }
  return actions;
}

bool Routes::Walk(const Node& node, const std::string& verb, std::span<const std::string> segments,
                  std::vector<const std::string*>* values, RouteMatch* match) {
  if (segments.empty()) {
    const auto found = node.verbs.find(verb);
    if (found == node.verbs.end()) {
      for (const auto& [allowed, route] : node.verbs) match->allowed.push_back(allowed);
      return false;
    }
    match->route = found->second;
    // The names of the variables belong to the route, since two may name one place differently.
    for (size_t i = 0; i < values->size(); ++i) {
      match->variables.emplace_back(match->route->variables[i], *(*values)[i]);
    }
    return true;
  }
  const auto literal = node.literals.find(segments.front());
  const auto rest = segments.subspan(1);
  if (literal != node.literals.end() && Walk(*literal->second, verb, rest, values, match)) return true;
  // A path of literals is itself and no {id}, with the verbs that it has.
  if (!match->allowed.empty()) return false;
  if (!node.variable || segments.front().empty()) return false;
  values->push_back(&segments.front());
  if (Walk(*node.variable, verb, rest, values, match)) return true;
  values->pop_back();
  return false;
}

std::vector<std::string> VerbsOf(const RouteMatch& match) {
  auto verbs = match.allowed;
  if (std::find(verbs.begin(), verbs.end(), "GET") != verbs.end()) verbs.push_back("HEAD");
  verbs.push_back("OPTIONS");
  return verbs;
}

RouteMatch Routes::Match(const std::string& verb, const std::vector<std::string>& segments) const {
  RouteMatch match;
  std::vector<const std::string*> values;
  Walk(*root_, verb, segments, &values, &match);
  return match;
}

const Route* Routes::GetterOf(const std::string& id_prefix) const {
  const auto found = getters_.find(id_prefix);
  return found == getters_.end() ? nullptr : found->second;
}

}  // namespace continuo::gateway
