// The worked examples that the calculations are held to: public ones, each with its source and the
// policies that it follows made explicit.
//
//   {"id": "PRO-01", "title": "...", "source": "...", "policy": "...",
//    "path": "/v1/calculations/proration", "body": {...},
//    "expected": {"ratio": {"exact": "23/31"}}}
//
// `expected` is compared with the answer member by member; what it does not name is free. An array
// is compared whole; an object in an array's place names positions: {"0": ..., "7": ...}. In its
// stead `expected_problem` names the code, and the pointer, of a refusal.
#pragma once

#include <rapidjson/document.h>

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "libs/result/result.h"

namespace continuo::gateway {
class Routes;
}
namespace continuo::rpc {
class Methods;
}

namespace continuo {

struct ExampleFile {
  const char* name;
  std::string text;
};

// Of tests/examples when the program was built.
std::span<const ExampleFile> BuiltInExamples();

// Where an answer is not what an example expects: "/net/amount: expected \"5.00\", is \"5.01\"".
std::optional<std::string> Difference(const rapidjson::Value& expected,
                                      const rapidjson::Value& answer,
                                      const std::string& pointer = "");

// Calls the calculations in this process: the same route, reading, checks and functions as over
// REST, without a server or a database.
class Calculator {
 public:
  Calculator();
  ~Calculator();

  Result<rapidjson::Document> Call(const std::string& path, const std::string& body) const;

 private:
  std::unique_ptr<gateway::Routes> routes_;
  std::unique_ptr<rpc::Methods> methods_;
};

// None: the example holds.
std::optional<std::string> WhatIsWrong(const rapidjson::Value& example,
                                       const Calculator& calculator);

}  // namespace continuo
