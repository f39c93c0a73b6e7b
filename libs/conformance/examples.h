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

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libs/result/result.h"

namespace continuo::conformance {

struct ExampleFile {
  const char* name;
  std::string text;
};

// Of tests/examples when the program was built.
std::span<const ExampleFile> BuiltInExamples();

// The answer of a calculation, by its path, to a body; or its refusal.
using Calculate = std::function<Result<rapidjson::Document>(const std::string& path,
                                                            const std::string& body)>;

// What became of one example. `wrong` is empty when it holds.
struct Outcome {
  std::string id;
  std::string title;
  std::string source;
  std::string policy;
  std::string path;
  std::string wrong;
};

// One outcome for each example of a file; one that names the file when it is not what it should be.
std::vector<Outcome> RunFile(const std::string& name, const std::string& text,
                             const Calculate& calculate);

// Where an answer is not what an example expects: "/net/amount: expected \"5.00\", is \"5.01\"".
std::optional<std::string> Difference(const rapidjson::Value& expected,
                                      const rapidjson::Value& answer,
                                      const std::string& pointer = "");

}  // namespace continuo::conformance
