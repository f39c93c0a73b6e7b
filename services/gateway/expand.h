// `expand[]=account` puts the account beside account_id, in the answer or below it
// (`expand[]=lines.product`), read by the same caller through the account's own RPC: what the caller
// may not see stays null.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "libs/json/write.h"
#include "libs/result/result.h"
#include "libs/rpc/call.h"
#include "services/gateway/routes.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
class Message;
}  // namespace google::protobuf
namespace continuo::rpc {
class Channels;
}

namespace continuo::gateway {

// The rows of an answer that is a page; null: it is none. What callers name is below them.
const google::protobuf::FieldDescriptor* PageData(const google::protobuf::Descriptor& answer);

class Expansions {
 public:
  // 400 when a path names no id that can be expanded, or goes deeper than four levels.
  static Result<Expansions> Parse(const std::vector<std::string>& paths, const Routes& routes,
                                  const google::protobuf::Descriptor& answer);

  bool empty() const { return wanted_.empty(); }
  // Reads what the answer refers to, then calls `done`. The answer must stay until then.
  void Fetch(rpc::Channels& channels, const rpc::Call& call,
             const google::protobuf::Message& answer, std::function<void(Result<void>)> done);
  // For json::WriteMessage, after Fetch.
  json::WriteOptions Options(const json::Selection* selection) const;

 private:
  struct Wanted {
    std::string path;        // of the id's field: "lines.product_id"
    std::string name;        // what it is shown as: "product"
    const Route* getter;
  };
  struct Found;

  const Wanted* Find(std::string_view path) const;

  std::vector<Wanted> wanted_;
  std::shared_ptr<Found> found_;
};

}  // namespace continuo::gateway
