#include "services/gateway/problem.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <map>

#include "continuo/type/v1/options.pb.h"
#include "libs/document/html.h"
#include "libs/json/write.h"
#include "libs/rpc/method_rules.h"
#include "libs/rpc/proto_files.h"

namespace continuo::gateway {
namespace {

std::vector<ErrorEntry> ReadErrors() {
  std::vector<ErrorEntry> errors;
  for (const auto* file : rpc::LinkedProtoFiles()) {
    for (int e = 0; e < file->enum_type_count(); ++e) {
      for (int v = 0; v < file->enum_type(e)->value_count(); ++v) {
        const auto* value = file->enum_type(e)->value(v);
        if (!value->options().HasExtension(type::v1::error)) continue;
        const auto& rule = value->options().GetExtension(type::v1::error);
        errors.push_back({value->name(), rpc::ServiceOf(file->package()), rule.status(),
                          rule.title(), rule.remedy()});
      }
    }
  }
  std::sort(errors.begin(), errors.end(), [](const auto& a, const auto& b) {
    return std::tie(a.service, a.code) < std::tie(b.service, b.code);
  });
  return errors;
}

int StatusOf(Code code) {
  switch (code) {
    case Code::kInvalidArgument:
    case Code::kOutOfRange:
      return 400;
    case Code::kUnauthenticated:
      return 401;
    case Code::kPermissionDenied:
      return 403;
    case Code::kNotFound:
      return 404;
    case Code::kFailedPrecondition:
    case Code::kAborted:
    case Code::kAlreadyExists:
      return 409;
    case Code::kResourceExhausted:
      return 429;
    case Code::kUnimplemented:
      return 501;
    case Code::kUnavailable:
      return 503;
    case Code::kDeadlineExceeded:
      return 504;
    default:
      return 500;
  }
}

void Member(std::string_view name, std::string_view value, std::string* out) {
  *out += ',';
  json::WriteString(name, out);
  *out += ':';
  json::WriteString(value, out);
}

// Links are not needed to tell problems apart: the code is. The type is a stable reference into
// the documentation that the server itself hosts.
std::string TypeOf(const std::string& code) { return "/docs/errors#" + code; }

}  // namespace

const std::vector<ErrorEntry>& AllErrors() {
  static const std::vector<ErrorEntry> errors = ReadErrors();
  return errors;
}

const ErrorEntry* FindError(const std::string& reason) {
  static const auto by_code = [] {
    std::map<std::string, const ErrorEntry*> index;
    for (const auto& entry : AllErrors()) index.emplace(entry.code, &entry);
    return index;
  }();
  const auto found = by_code.find(reason);
  return found == by_code.end() ? nullptr : found->second;
}

int StatusOf(const Fault& fault) {
  const auto* entry = FindError(fault.reason);
  return entry == nullptr ? StatusOf(fault.code) : entry->status;
}

std::string ProblemJson(const Fault& fault, const std::string& request_id) {
  const int status = StatusOf(fault);
  const auto* entry = FindError(fault.reason);
  std::string out = "{\"type\":";
  json::WriteString(TypeOf(fault.reason), &out);
  Member("title", entry == nullptr ? "The request failed" : entry->title, &out);
  out += ",\"status\":" + std::to_string(status);
  // What went wrong inside stays inside.
  Member("detail",
         status == 500 ? "An error on our side. Quote the request id if it persists."
                       : fault.message,
         &out);
  Member("instance", "/v1/requests/" + request_id, &out);
  Member("code", fault.reason, &out);
  Member("request_id", request_id, &out);
  out += ",\"metadata\":{";
  bool first = true;
  for (const auto& [key, value] : fault.metadata) {
    if (key == "transport" || status == 500) continue;
    if (!first) out += ',';
    first = false;
    json::WriteString(key, &out);
    out += ':';
    json::WriteString(value, &out);
  }
  out += "},\"errors\":[";
  for (size_t i = 0; i < fault.violations.size(); ++i) {
    const auto& violation = fault.violations[i];
    out += i == 0 ? "{\"pointer\":" : ",{\"pointer\":";
    json::WriteString(violation.pointer, &out);
    Member("code", violation.code, &out);
    Member("detail", violation.detail, &out);
    out += '}';
  }
  out += "]}";
  return out;
}

std::string ProblemPage(const Fault& fault) {
  const auto* entry = FindError(fault.reason);
  const std::string title = entry == nullptr ? "The request failed" : entry->title;
  document::Document page{.language = "en", .title = title};
  page.blocks.push_back(document::Heading{1, title});
  if (entry != nullptr) page.blocks.push_back(document::Paragraph{entry->remedy});
  return document::ToHtml(page);
}

}  // namespace continuo::gateway
