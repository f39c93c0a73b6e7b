// Calls the calculations in this process: the same route, reading, checks and functions as over REST,
// without a server or a database.
#pragma once

#include <rapidjson/document.h>

#include <memory>
#include <string>

#include "libs/result/result.h"

namespace continuo::gateway {
class Routes;
}
namespace continuo::rpc {
class Methods;
}

namespace continuo {

class Calculator {
 public:
  Calculator();
  ~Calculator();

  Result<rapidjson::Document> Call(const std::string& path, const std::string& body) const;

 private:
  std::unique_ptr<gateway::Routes> routes_;
  std::unique_ptr<rpc::Methods> methods_;
};

}  // namespace continuo
