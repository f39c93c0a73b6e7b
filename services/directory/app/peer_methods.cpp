#include "services/directory/app/peer_methods.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "libs/json/read.h"
#include "libs/rpc/peers.h"

namespace continuo::directory::app {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const google::protobuf::MethodDescriptor* FindMethod(std::string name) {
  std::replace(name.begin(), name.end(), '/', '.');
  return google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name);
}

std::unique_ptr<Message> NewMessage(const google::protobuf::Descriptor* type) {
  auto* factory = google::protobuf::MessageFactory::generated_factory();
  return std::unique_ptr<Message>(factory->GetPrototype(type)->New());
}

}  // namespace

Result<std::unique_ptr<Message>> AskByName(rpc::Peers& peers, const rpc::Call& call,
                                           const std::string& method,
                                           const std::map<std::string, std::string>& fields) {
  const auto* descriptor = FindMethod(method);
  if (descriptor == nullptr) {
    return Failure(Fault{.code = Code::kUnimplemented,
                         .reason = "UNIMPLEMENTED",
                         .message = "This build has no method " + method + "."});
  }
  const auto request = NewMessage(descriptor->input_type());
  for (const auto& [name, text] : fields) {
    const FieldDescriptor* field = descriptor->input_type()->FindFieldByName(name);
    if (field == nullptr) return Internal(method + " takes no " + name + ".");
    RETURN_IF_FAULT(json::ReadText(text, *field, request.get()));
  }
  auto answer = NewMessage(descriptor->output_type());
  RETURN_IF_FAULT(peers.AskMessage(call, method, *request, *answer));
  return answer;
}

std::string TextField(const Message& message, const std::string& name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr || field->is_repeated() ||
      field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) {
    return {};
  }
  return message.GetReflection()->GetString(message, field);
}

int DataSize(const Message& list_answer) {
  const FieldDescriptor* data = list_answer.GetDescriptor()->FindFieldByName("data");
  if (data == nullptr || !data->is_repeated()) return 0;
  return list_answer.GetReflection()->FieldSize(list_answer, data);
}

}  // namespace continuo::directory::app
