#include "continuo/calculator.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "libs/http/target.h"
#include "libs/json/validate.h"
#include "libs/json/write.h"
#include "libs/rpc/methods.h"
#include "services/billing/service.h"
#include "services/commissions/service.h"
#include "services/contracts/service.h"
#include "services/gateway/routes.h"
#include "services/gateway/transcode.h"
#include "services/quoting/service.h"
#include "services/revenue/service.h"

namespace continuo {
namespace {

using google::protobuf::Message;

// A route's method begins with a slash, an offered one does not.
const rpc::Methods::Entry* Find(const rpc::Methods& methods, const gateway::RouteMatch& match) {
  if (match.route == nullptr) return nullptr;
  const auto found = methods.entries().find(match.route->rules.path.substr(1));
  return found == methods.entries().end() ? nullptr : &found->second;
}

}  // namespace

Calculator::Calculator()
    : routes_(std::make_unique<gateway::Routes>()), methods_(std::make_unique<rpc::Methods>()) {
  quoting::OfferCalculations(*methods_);
  contracts::OfferCalculations(*methods_);
  billing::OfferCalculations(*methods_);
  revenue::OfferCalculations(*methods_);
  commissions::OfferCalculations(*methods_);
}

Calculator::~Calculator() = default;

Result<rapidjson::Document> Calculator::Call(const std::string& path,
                                             const std::string& body) const {
  const auto segments = http::SplitPath(path);
  if (!segments) return NotFound("calculation", path);
  const gateway::RouteMatch match = routes_->Match("POST", *segments);
  const rpc::Methods::Entry* entry = Find(*methods_, match);
  if (entry == nullptr) return NotFound("calculation", path);
  ASSIGN_OR_RETURN(const gateway::Transcoded call,
                   gateway::ToRequest({.match = match,
                                       .query = {},
                                       .body = body,
                                       .content_type = "application/json"}));
  if (auto violations = json::Validate(*call.request); !violations.empty()) {
    return Invalid(std::move(violations));
  }
  std::unique_ptr<Message> answer(google::protobuf::MessageFactory::generated_factory()
                                      ->GetPrototype(entry->descriptor->output_type())
                                      ->New());
  RETURN_IF_FAULT(entry->handler(rpc::Call{}, *call.request, *answer));
  std::string text;
  json::WriteMessage(*answer, &text);
  rapidjson::Document document;
  document.Parse(text.data(), text.size());
  return document;
}

}  // namespace continuo
