#include "services/gateway/transcode.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <set>

#include "continuo/type/v1/options.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/http/target.h"
#include "libs/ids/type_id.h"
#include "libs/json/read.h"

namespace continuo::gateway {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

Failure UnsupportedMediaType(std::string_view given) {
  return Failure(Fault{.code = Code::kInvalidArgument,
                       .reason = "UNSUPPORTED_MEDIA_TYPE",
                       .message = "Send the body as application/json.",
                       .metadata = {{"content_type", std::string(given)}}});
}

std::string MediaType(std::string_view content_type) {
  std::string type(content_type.substr(0, content_type.find(';')));
  while (!type.empty() && type.back() == ' ') type.pop_back();
  std::transform(type.begin(), type.end(), type.begin(), [](char c) { return std::tolower(c); });
  return type;
}

bool IsForm(std::string_view content_type) {
  return MediaType(content_type) == "application/x-www-form-urlencoded";
}

type::v1::EdgeValue EdgeOf(const FieldDescriptor& field) {
  return field.options().GetExtension(type::v1::field).edge();
}

bool IsJson(std::string_view content_type) {
  const std::string type = MediaType(content_type);
  return type == "application/json" || type == "application/merge-patch+json";
}

// "created_at[gte]" is the field created_at_gte; "status[]" is the repeated field status.
std::string FieldName(std::string parameter) {
  if (parameter.ends_with("[]")) return parameter.substr(0, parameter.size() - 2);
  const auto open = parameter.find('[');
  if (open == std::string::npos || parameter.back() != ']') return parameter;
  parameter.pop_back();
  parameter[open] = '_';
  return parameter;
}

Result<void> SetVariables(const RouteMatch& match, Message* request) {
  for (const auto& [name, value] : match.variables) {
    const auto* field = request->GetDescriptor()->FindFieldByName(name);
    if (field == nullptr) return Internal("the route's variable " + name + " is no field");
    const auto& rule = field->options().GetExtension(type::v1::field);
    const bool malformed = !rule.id().empty() && !ids::ParseTypeId(rule.id(), value);
    if (malformed) return NotFound("resource", value);
    if (!json::ReadText(value, *field, request)) return NotFound("resource", value);
  }
  return {};
}

Result<void> SetParameter(const RouteMatch& match, const std::string& name,
                          const std::string& value, Message* request) {
  const Route& route = *match.route;
  const std::string field_name = FieldName(name);
  const auto* field = request->GetDescriptor()->FindFieldByName(field_name);
  const bool bound = std::any_of(match.variables.begin(), match.variables.end(),
                                 [&](const auto& variable) { return variable.first == field_name; });
  const bool body_takes_all = route.has_body && route.body_field == nullptr;
  if (field == nullptr || bound || body_takes_all || field == route.body_field ||
      field_name == "update_mask" || EdgeOf(*field) != type::v1::EDGE_VALUE_UNSPECIFIED) {
    return UnknownParameter(name);
  }
  if (field->is_repeated() != name.ends_with("[]")) return UnknownParameter(name);
  // An absent limit is the default; a limit of nothing asks for nothing.
  if (field_name == "limit" && value.find_first_not_of('0') == std::string::npos) {
    return Invalid("limit", "OUT_OF_RANGE", "limit must be between 1 and 100.");
  }
  return json::ReadText(value, *field, request);
}

Result<void> SetQuery(const RestCall& call, Message* request, View* view) {
  std::set<std::string> seen;
  for (const auto& [name, value] : call.query) {
    // An empty value would be taken for an absent one: a filter that filters nothing.
    if (value.empty()) {
      return Invalid(name, "REQUIRED", "Give " + name + " a value, or leave the parameter out.");
    }
    if (name == "expand[]") {
      view->expand.push_back(value);
      continue;
    }
    if (!name.ends_with("[]") && !seen.insert(name).second) {
      return Invalid(name, "DUPLICATE", "Name the parameter " + name + " once.");
    }
    if (name == "fields") {
      view->fields = value;
      continue;
    }
    RETURN_IF_FAULT(SetParameter(call.match, name, value, request));
  }
  return {};
}

// Fields of the request by their names, as a page's form sends them; one left empty is absent. A repeated
// one comes as often as it has values.
Result<void> SetForm(const RestCall& call, Message* request) {
  const auto fields = http::SplitQuery(call.body);
  if (!fields) return Invalid("", "MALFORMED", "The form is not encoded as it should be.");
  std::set<std::string> seen;
  for (const auto& [name, value] : *fields) {
    const auto* field = request->GetDescriptor()->FindFieldByName(name);
    const auto& variables = call.match.variables;
    const bool bound = std::any_of(variables.begin(), variables.end(),
                                   [&](const auto& variable) { return variable.first == name; });
    const bool settable = field != nullptr && !bound &&
                          field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE &&
                          !field->options().GetExtension(type::v1::field).output_only();
    if (!settable || (!seen.insert(name).second && !field->is_repeated())) {
      return Invalid("/" + name, "UNKNOWN_FIELD", "The form has a field too many.");
    }
    if (!value.empty()) RETURN_IF_FAULT(json::ReadText(value, *field, request));
  }
  return {};
}

// Last, so that nobody can say them of themselves.
void SetEdge(const EdgeValues& edge, Message* request) {
  const auto& descriptor = *request->GetDescriptor();
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const auto* field = descriptor.field(i);
    const std::string* value = nullptr;
    switch (EdgeOf(*field)) {
      case type::v1::EDGE_VALUE_ACCEPT:
        value = &edge.accept;
        break;
      case type::v1::EDGE_VALUE_USER_AGENT:
        value = &edge.user_agent;
        break;
      case type::v1::EDGE_VALUE_CLIENT_ADDRESS:
        value = &edge.client_address;
        break;
      default:
        continue;
    }
    request->GetReflection()->SetString(request, field, *value);
  }
}

Result<void> SetBody(const RestCall& call, Message* request) {
  const Route& route = *call.match.route;
  if (!route.has_body) {
    if (call.body.empty()) return {};
    return Invalid("", "UNEXPECTED_BODY", "This operation takes no body.");
  }
  const auto* reflection = request->GetReflection();
  if (route.raw_body) {
    auto* body = static_cast<google::api::HttpBody*>(
        reflection->MutableMessage(request, route.body_field));
    body->set_content_type(std::string(call.content_type));
    body->set_data(std::string(call.body));
    return {};
  }
  if (route.takes_form && IsForm(call.content_type)) return SetForm(call, request);
  ASSIGN_OR_RETURN(const auto text, JsonText(call.body, call.content_type));
  Message* target = route.body_field == nullptr
                        ? request
                        : reflection->MutableMessage(request, route.body_field);
  // The path has the last word on its variables: a body that names one too is contradictory.
  ASSIGN_OR_RETURN(const auto named, json::ReadMessage(text, target, json::Direction::kRequest));
  if (const auto* mask = request->GetDescriptor()->FindFieldByName("update_mask")) {
    for (const auto& field : named) reflection->AddString(request, mask, field);
  }
  return {};
}

}  // namespace

Failure UnknownParameter(const std::string& name) {
  return Failure(Fault{.code = Code::kInvalidArgument,
                       .reason = "UNKNOWN_PARAMETER",
                       .message = "There is no query parameter " + name + " here. Remove it.",
                       .metadata = {{"parameter", name}}});
}

Result<std::string_view> JsonText(std::string_view body, std::string_view content_type) {
  // An action without anything to say may come without a body.
  if (body.empty()) return std::string_view("{}");
  if (!IsJson(content_type)) return UnsupportedMediaType(content_type);
  return body;
}

Result<Transcoded> ToRequest(const RestCall& call) {
  const Route& route = *call.match.route;
  Transcoded transcoded;
  transcoded.request.reset(google::protobuf::MessageFactory::generated_factory()
                               ->GetPrototype(route.method->input_type())
                               ->New());
  // First, so that an unknown thing is 404 whatever the body says.
  RETURN_IF_FAULT(SetVariables(call.match, transcoded.request.get()));
  RETURN_IF_FAULT(SetBody(call, transcoded.request.get()));
  // Again: with body "*" the body could have named them.
  RETURN_IF_FAULT(SetVariables(call.match, transcoded.request.get()));
  RETURN_IF_FAULT(SetQuery(call, transcoded.request.get(), &transcoded.view));
  SetEdge(call.edge, transcoded.request.get());
  return transcoded;
}

void PointIntoBody(const Route& route, Fault* fault) {
  if (route.body_field == nullptr) return;
  const std::string prefix = "/" + route.body_field->name();
  for (auto& violation : fault->violations) {
    if (violation.pointer == prefix || violation.pointer.starts_with(prefix + "/")) {
      violation.pointer.erase(0, prefix.size());
    }
  }
}

std::optional<std::string> EtagOf(const Message& answer) {
  const auto* field = answer.GetDescriptor()->FindFieldByName("revision");
  if (field == nullptr || field->cpp_type() != FieldDescriptor::CPPTYPE_INT64 ||
      field->is_repeated()) {
    return std::nullopt;
  }
  return "\"" + std::to_string(answer.GetReflection()->GetInt64(answer, field)) + "\"";
}

}  // namespace continuo::gateway
