// Faults as RFC 9457 problem+json, by the one table of reasons that the protos' error enums make.
#pragma once

#include <optional>
#include <string>

#include "libs/result/result.h"

namespace continuo::gateway {

struct ErrorEntry {
  std::string code;     // "QUOTE_NOT_EDITABLE"
  std::string service;  // "quoting"; "type" for those that any operation may answer
  int status = 500;
  std::string title;
  std::string remedy;
};

// Null: no enum declares it.
const ErrorEntry* FindError(const std::string& reason);
// Ordered by service and code, for the documentation.
const std::vector<ErrorEntry>& AllErrors();

// By the table; by the canonical code where a reason is not in it.
int StatusOf(const Fault& fault);
std::string ProblemJson(const Fault& fault, const std::string& request_id);
// For people who came by a link: what is wrong and what to do, nothing else.
std::string ProblemPage(const Fault& fault);

}  // namespace continuo::gateway
