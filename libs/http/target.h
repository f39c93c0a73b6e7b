// The parts of a request target, percent-decoded exactly once.
//
//   SplitPath("/v1/quotes/a%2Fb") is {"v1", "quotes", "a/b"}
//   SplitQuery("status=draft&q=a+b%26c") is {{"status", "draft"}, {"q", "a b&c"}}
//
// Nothing comes back for a target that two readers could understand differently: a bad escape, a
// NUL, bytes that are not UTF-8, a dot segment (also an escaped one).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/http/message.h"

namespace continuo::http {

// `path` begins with a slash.
std::optional<std::vector<std::string>> SplitPath(std::string_view path);
// A plus is a space; empty pairs are left out; a name without "=" has an empty value.
std::optional<std::vector<Parameter>> SplitQuery(std::string_view query);

}  // namespace continuo::http
