// Asking other services by the names of methods and fields, where directory needs one field of many
// kinds of thing, or only whether there is any. What it needs by type it asks by type.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "libs/result/result.h"

namespace google::protobuf {
class Message;
}
namespace continuo::rpc {
struct Call;
class Peers;
}  // namespace continuo::rpc

namespace continuo::directory::app {

// Fields of the request by name, as the text of a query parameter: {{"limit", "1"}}.
// UNIMPLEMENTED when this build has no such method.
Result<std::unique_ptr<google::protobuf::Message>> AskByName(
    rpc::Peers& peers, const rpc::Call& call, const std::string& method,
    const std::map<std::string, std::string>& fields);

// "" when the message has no such text field.
std::string TextField(const google::protobuf::Message& message, const std::string& field);
// The elements of the list answer's `data`.
int DataSize(const google::protobuf::Message& list_answer);

}  // namespace continuo::directory::app
