#include <google/api/annotations.pb.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <map>

#include "continuo/directory/v1/operations.pb.h"
#include "libs/conformance/examples.h"
#include "libs/json/read.h"
#include "libs/json/write.h"
#include "libs/rpc/peers.h"
#include "libs/rpc/proto_files.h"
#include "services/directory/app/app.h"
#include "services/directory/app/operations.h"

namespace continuo::directory::app {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

constexpr std::string_view kCalculations = "/v1/calculations/";

// By route: "/v1/calculations/price".
std::map<std::string, const MethodDescriptor*> Calculations() {
  std::map<std::string, const MethodDescriptor*> found;
  for (const auto* file : rpc::LinkedProtoFiles()) {
    for (int i = 0; i < file->service_count(); ++i) {
      for (int j = 0; j < file->service(i)->method_count(); ++j) {
        const MethodDescriptor* method = file->service(i)->method(j);
        const std::string& route = method->options().GetExtension(google::api::http).post();
        if (route.starts_with(kCalculations)) found.emplace(route, method);
      }
    }
  }
  return found;
}

std::unique_ptr<Message> NewMessage(const Descriptor* type) {
  auto* factory = google::protobuf::MessageFactory::generated_factory();
  return std::unique_ptr<Message>(factory->GetPrototype(type)->New());
}

Result<rapidjson::Document> Calculate(rpc::Peers& peers, const rpc::Call& call,
                                      const MethodDescriptor& method, const std::string& body) {
  const auto request = NewMessage(method.input_type());
  RETURN_IF_FAULT(json::ReadMessage(body, request.get()));
  const auto answer = NewMessage(method.output_type());
  RETURN_IF_FAULT(peers.AskMessage(call, method.service()->full_name() + "/" + method.name(),
                                   *request, *answer));
  std::string text;
  json::WriteMessage(*answer, &text);
  rapidjson::Document document;
  document.Parse(text.data(), text.size());
  return document;
}

void Add(const conformance::Outcome& outcome, v1::ConformanceRun* run) {
  const bool passed = outcome.wrong.empty();
  passed ? run->set_passed(run->passed() + 1) : run->set_failed(run->failed() + 1);
  auto* each = run->add_cases();
  each->set_id(outcome.id);
  each->set_title(outcome.title);
  each->set_source(outcome.source);
  each->set_policy(outcome.policy);
  each->set_path(outcome.path);
  each->set_passed(passed);
  each->set_difference(outcome.wrong);
}

}  // namespace

Result<v1::ConformanceRun> CreateConformanceRun(const App& app, const rpc::Call& call,
                                                const v1::CreateConformanceRunRequest& request) {
  const auto calculations = Calculations();
  const std::string& wanted = request.calculation();
  if (!wanted.empty() && !calculations.contains(std::string(kCalculations) + wanted)) {
    return Invalid("/calculation", "REFERENCE_NOT_FOUND",
                   "There is no calculation \"" + wanted +
                       "\". /openapi.json lists them under /v1/calculations.");
  }
  auto inner = rpc::Call::AsService("directory", call.request_id);
  inner.traceparent = call.traceparent;
  inner.deadline = call.deadline;
  const auto calculate = [&](const std::string& path,
                             const std::string& body) -> Result<rapidjson::Document> {
    const auto found = calculations.find(path);
    if (found == calculations.end()) return NotFound("calculation", path);
    return Calculate(app.peers, inner, *found->second, body);
  };
  v1::ConformanceRun run;
  for (const conformance::ExampleFile& file : conformance::BuiltInExamples()) {
    if (!wanted.empty() && file.name != wanted + ".json") continue;
    for (const auto& outcome : conformance::RunFile(file.name, file.text, calculate)) {
      Add(outcome, &run);
    }
  }
  return run;
}

}  // namespace continuo::directory::app
