#include "services/gateway/describe/openapi.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <map>

#include "continuo/type/v1/batch.pb.h"
#include "continuo/type/v1/options.pb.h"
#include "services/gateway/describe/comments.h"
#include "services/gateway/describe/schema.h"
#include "services/gateway/problem.h"
#include "services/gateway/routes.h"

namespace continuo::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

const type::v1::MethodRule& RuleOf(const Route& route) {
  return route.method->options().GetExtension(type::v1::method);
}

std::set<std::string> PathVariables(const Route& route) {
  std::set<std::string> names;
  for (size_t open = route.path.find('{'); open != std::string::npos;
       open = route.path.find('{', open + 1)) {
    names.insert(route.path.substr(open + 1, route.path.find('}', open) - open - 1));
  }
  return names;
}

// created_at_gte is written created_at[gte] in a URL.
std::string ParameterName(const FieldDescriptor& field) {
  std::string name = field.name();
  if (field.is_repeated()) return name + "[]";
  for (const auto* suffix : {"_gte", "_gt", "_lte", "_lt"}) {
    if (!name.ends_with(suffix)) continue;
    name.resize(name.size() - std::string(suffix).size());
    return name + "[" + (suffix + 1) + "]";
  }
  return name;
}

class OpenApi {
 public:
  explicit OpenApi(const Routes& routes) : writer_(buffer_), schemas_(writer_) {
    writer_.SetIndent(' ', 1);
    writer_.StartObject();
    Member(writer_, "openapi", "3.1.0");
    Info();
    Tags(routes);
    Paths(routes);
    Components();
    writer_.EndObject();
  }
  std::string text() const { return std::string(buffer_.GetString(), buffer_.GetSize()) + "\n"; }

 private:
  void Info() {
    writer_.Key("info");
    writer_.StartObject();
    Member(writer_, "title", "Continuo");
    Member(writer_, "version", "1");
    Member(writer_, "description",
           "From lead to opportunity, quote, order, contract, schedule, invoice, revenue and "
           "commission. Every write takes an Idempotency-Key; errors are problem+json with a stable "
           "code; lists are paged with an opaque cursor.");
    writer_.Key("contact");
    writer_.StartObject();
    Member(writer_, "name", "Continuo");
    writer_.EndObject();
    writer_.EndObject();
    writer_.Key("servers");
    writer_.StartArray();
    writer_.StartObject();
    Member(writer_, "url", "/");
    writer_.EndObject();
    writer_.EndArray();
    writer_.Key("security");
    writer_.StartArray();
    writer_.StartObject();
    writer_.Key("api_key");
    writer_.StartArray();
    writer_.EndArray();
    writer_.EndObject();
    writer_.EndArray();
  }

  void Tags(const Routes& routes) {
    std::map<std::string, std::string> tags;
    for (const auto& route : routes.all()) {
      tags[route->rules.service] = CommentOf(route->method->service()->full_name());
    }
    writer_.Key("tags");
    writer_.StartArray();
    for (const auto& [name, comment] : tags) {
      writer_.StartObject();
      Member(writer_, "name", name);
      if (!comment.empty()) Member(writer_, "description", comment);
      writer_.EndObject();
    }
    writer_.EndArray();
  }

  void Paths(const Routes& routes) {
    std::map<std::string, std::map<std::string, const Route*>> paths;
    for (const auto& route : routes.all()) paths[route->path][route->verb] = route.get();
    for (const auto& route : routes.batches()) paths[route->path][route->verb] = route.get();
    writer_.Key("paths");
    writer_.StartObject();
    for (const auto& [path, verbs] : paths) {
      writer_.Key(path.c_str());
      writer_.StartObject();
      for (const auto& [verb, route] : verbs) {
        std::string lower = verb;
        std::transform(lower.begin(), lower.end(), lower.begin(),
                       [](char c) { return std::tolower(c); });
        writer_.Key(lower.c_str());
        if (route->batch) BatchOperation(*route);
        else Operation(*route);
      }
      writer_.EndObject();
    }
    writer_.EndObject();
  }

  void Operation(const Route& route) {
    const auto& rule = RuleOf(route);
    writer_.StartObject();
    Member(writer_, "operationId", route.rules.service + "_" + route.method->name());
    writer_.Key("tags");
    writer_.StartArray();
    writer_.String(route.rules.service.c_str());
    writer_.EndArray();
    Member(writer_, "summary", rule.summary().empty() ? route.method->name() : rule.summary());
    std::string description = CommentOf(route.method->full_name());
    if (!rule.permission().empty()) {
      description += (description.empty() ? "" : "\n\n") + ("Permission: `" + rule.permission() + "`.");
    }
    Member(writer_, "description", description.empty() ? route.method->name() : description);
    Parameters(route);
    Body(route);
    Responses(route);
    if (route.rules.audience == rpc::Audience::kPublic) {
      writer_.Key("security");
      writer_.StartArray();
      writer_.EndArray();
    }
    writer_.EndObject();
  }

  void BatchOperation(const Route& route) {
    const std::string plural = route.path.substr(4, route.path.rfind('/') - 4);
    std::string permissions;
    for (const auto* each : route.batch->All()) {
      permissions += (permissions.empty() ? "`" : ", `") + each->rules.permission + "`";
    }
    writer_.StartObject();
    Member(writer_, "operationId", route.rules.service + "_batch_" + plural);
    writer_.Key("tags");
    writer_.StartArray();
    writer_.String(route.rules.service.c_str());
    writer_.EndArray();
    Member(writer_, "summary", "Several calls to " + plural + " in one request");
    Member(writer_, "description",
           "Actions: " + route.batch->Actions() +
               ". They are made one after the other, in their order, each with an outcome of its "
               "own; a batch is no transaction.\n\nPermission: " +
               permissions + ", each call its own.");
    writer_.Key("parameters");
    writer_.StartArray();
    Header("Idempotency-Key", false,
           "Item n gets the key, a slash and n from 0, unless it names its own.",
           "^[!#-~][!-~]{0,249}$");
    writer_.EndArray();
    writer_.Key("requestBody");
    writer_.StartObject();
    JsonContent(*type::v1::BatchRequest::descriptor(), SchemaWriter::Use::kInput);
    writer_.EndObject();
    writer_.Key("responses");
    writer_.StartObject();
    writer_.Key("200");
    writer_.StartObject();
    Member(writer_, "description", "The outcome of each.");
    JsonContent(*type::v1::BatchResponse::descriptor(), SchemaWriter::Use::kAnswer);
    writer_.EndObject();
    DefaultResponse();
    writer_.EndObject();
    writer_.EndObject();
  }

  void JsonContent(const Descriptor& message, SchemaWriter::Use use) {
    writer_.Key("content");
    writer_.StartObject();
    writer_.Key("application/json");
    writer_.StartObject();
    writer_.Key("schema");
    schemas_.Reference(message, use);
    writer_.EndObject();
    writer_.EndObject();
  }

  void DefaultResponse() {
    writer_.Key("default");
    writer_.StartObject();
    Member(writer_, "$ref", "#/components/responses/problem");
    writer_.EndObject();
  }

  template <class Schema>
  void Parameter(const std::string& name, const char* in, bool required,
                 const std::string& description, Schema schema) {
    writer_.StartObject();
    Member(writer_, "name", name);
    Member(writer_, "in", in);
    writer_.Key("required");
    writer_.Bool(required);
    if (!description.empty()) Member(writer_, "description", description);
    writer_.Key("schema");
    schema();
    writer_.EndObject();
  }

  // "-" in front: descending.
  void Sort(const type::v1::ListRule& list) {
    writer_.StartObject();
    Member(writer_, "type", "string");
    writer_.Key("enum");
    writer_.StartArray();
    for (const char* order : {"", "-"}) {
      writer_.String((std::string(order) + "id").c_str());
      for (const auto& column : list.sort()) writer_.String((order + column).c_str());
    }
    writer_.EndArray();
    writer_.EndObject();
  }

  void Header(const char* name, bool required, const char* description, const char* pattern) {
    Parameter(name, "header", required, description, [&] {
      writer_.StartObject();
      Member(writer_, "type", "string");
      Member(writer_, "pattern", pattern);
      writer_.EndObject();
    });
  }

  void Parameters(const Route& route) {
    const auto variables = PathVariables(route);
    const Descriptor& input = *route.method->input_type();
    writer_.Key("parameters");
    writer_.StartArray();
    for (const auto& name : variables) {
      const auto* field = input.FindFieldByName(name);
      Parameter(name, "path", true, CommentOf(field->full_name()),
                [&] { schemas_.Parameter(*field); });
    }
    const bool body_takes_all = route.has_body && route.body_field == nullptr;
    for (int i = 0; i < input.field_count() && !body_takes_all; ++i) {
      const auto& field = *input.field(i);
      if (variables.contains(field.name()) || &field == route.body_field ||
          field.name() == "update_mask" || field.message_type() != nullptr) {
        continue;
      }
      const auto& rule = field.options().GetExtension(type::v1::field);
      if (rule.edge() != type::v1::EDGE_VALUE_UNSPECIFIED) continue;
      const bool sorts = field.name() == "sort" && RuleOf(route).has_list();
      Parameter(ParameterName(field), "query", rule.required(), CommentOf(field.full_name()),
                [&] { sorts ? Sort(RuleOf(route).list()) : schemas_.Parameter(field); });
    }
    if (route.rules.idempotency == rpc::Idempotency::kRequired) {
      Header("Idempotency-Key", true, "Unique for each write; a repeat gets the first answer.",
             "^[!#-~][!-~]{0,254}$");
    }
    if (route.rules.if_match != rpc::IfMatch::kNone) {
      Header("If-Match", route.rules.if_match == rpc::IfMatch::kRequired,
             "The ETag that was read; * for whatever there is.",
             "^(\"[0-9]+(-gzip)?\"|\\*)$");
    }
    writer_.EndArray();
  }

  void Body(const Route& route) {
    if (!route.has_body) return;
    writer_.Key("requestBody");
    writer_.StartObject();
    writer_.Key("content");
    writer_.StartObject();
    if (route.raw_body) {
      EmptyObject("*/*");
    } else {
      BodyOf(route, "application/json");
      if (route.takes_form) BodyOf(route, "application/x-www-form-urlencoded");
    }
    writer_.EndObject();
    writer_.EndObject();
  }

  void BodyOf(const Route& route, const char* media_type) {
    writer_.Key(media_type);
    writer_.StartObject();
    writer_.Key("schema");
    if (route.body_field != nullptr) {
      const bool patch = route.method->input_type()->FindFieldByName("update_mask") != nullptr;
      schemas_.Reference(*route.body_field->message_type(),
                         patch ? SchemaWriter::Use::kPatch : SchemaWriter::Use::kInput);
    } else {
      schemas_.Request(*route.method->input_type(), PathVariables(route));
    }
    writer_.EndObject();
  }

  void Responses(const Route& route) {
    writer_.Key("responses");
    writer_.StartObject();
    writer_.Key(std::to_string(route.success_status).c_str());
    writer_.StartObject();
    Member(writer_, "description", route.success_status == 201 ? "It was made." : "The answer.");
    writer_.Key("content");
    writer_.StartObject();
    if (route.raw_answer) {
      const auto& types = RuleOf(route).media_types();
      for (const auto& type : types) EmptyObject(type.c_str());
      if (types.empty()) EmptyObject("text/html");
    } else {
      writer_.Key("application/json");
      writer_.StartObject();
      writer_.Key("schema");
      schemas_.Reference(*route.method->output_type(), SchemaWriter::Use::kAnswer);
      writer_.EndObject();
    }
    writer_.EndObject();
    writer_.EndObject();
    DefaultResponse();
    writer_.EndObject();
  }

  void EmptyObject(const char* key) {
    writer_.Key(key);
    writer_.StartObject();
    writer_.EndObject();
  }

  void Components() {
    writer_.Key("components");
    writer_.StartObject();
    writer_.Key("securitySchemes");
    writer_.StartObject();
    writer_.Key("api_key");
    writer_.StartObject();
    Member(writer_, "type", "http");
    Member(writer_, "scheme", "bearer");
    Member(writer_, "description", "An API key: ck_live_... or, in sandbox mode, ck_test_...");
    writer_.EndObject();
    writer_.EndObject();
    writer_.Key("responses");
    writer_.StartObject();
    writer_.Key("problem");
    writer_.StartObject();
    Member(writer_, "description", "What is wrong and what to do (RFC 9457).");
    writer_.Key("content");
    writer_.StartObject();
    writer_.Key("application/problem+json");
    writer_.StartObject();
    writer_.Key("schema");
    writer_.StartObject();
    Member(writer_, "$ref", "#/components/schemas/Problem");
    writer_.EndObject();
    writer_.EndObject();
    writer_.EndObject();
    writer_.EndObject();
    writer_.EndObject();
    writer_.Key("schemas");
    writer_.StartObject();
    schemas_.Components();
    Problem();
    writer_.EndObject();
    writer_.EndObject();
  }

  void Problem() {
    writer_.Key("Problem");
    constexpr char kProblem[] =
        R"({"type":"object","description":"RFC 9457, with a stable code.","required":["type","title","status","code","request_id"],)"
        R"("properties":{"type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},"detail":{"type":"string"},)"
        R"("instance":{"type":"string"},"code":{"type":"string"},"request_id":{"type":"string"},)"
        R"("metadata":{"type":"object","additionalProperties":{"type":"string"}},)"
        R"("errors":{"type":"array","items":{"type":"object","properties":{"pointer":{"type":"string"},"code":{"type":"string"},"detail":{"type":"string"}}}}}})";
    writer_.RawValue(kProblem, sizeof kProblem - 1, rapidjson::kObjectType);
  }

  rapidjson::StringBuffer buffer_;
  JsonWriter writer_;
  SchemaWriter schemas_;
};

std::string Escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') out += "&lt;";
    else if (c == '&') out += "&amp;";
    else out += c;
  }
  return out;
}

}  // namespace

std::string OpenApiDocument(const Routes& routes) { return OpenApi(routes).text(); }

std::string ReferencePage() {
  return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Continuo API</title>"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
         "<style>body{margin:0}</style></head><body>"
         "<noscript><p>The reference page needs scripts; the same is in <a href=\"/openapi.json\">"
         "/openapi.json</a>.</p></noscript>"
         "<redoc spec-url=\"/openapi.json\" disable-google-font=\"true\"></redoc>"
         "<script src=\"/docs/redoc.js\"></script></body></html>";
}

std::string ErrorsPage() {
  std::string page =
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Continuo error codes"
      "</title></head><body><h1>Error codes</h1><dl>";
  for (const auto& error : AllErrors()) {
    page += "<dt id=\"" + error.code + "\"><code>" + error.code + "</code> (" +
            std::to_string(error.status) + ")</dt><dd>" + Escaped(error.title) + ". " +
            Escaped(error.remedy) + "</dd>";
  }
  return page + "</dl></body></html>";
}

}  // namespace continuo::gateway
