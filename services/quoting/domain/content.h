// What a quote says, as a flat list, so that two states can be compared and one can be bound.
//
//   {"header_discount_percent", "\"5\"", true}, {"lines/ql_01h.../group", "\"Phase 1\"", false}
//
// BindingText is what an approval and an acceptance are bound to (its SHA-256 is the content hash):
// the binding statements only, in one canonical form that no two contents share. Difference is what
// the revision keeps. The caller decides what is binding; here are no names of fields.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace continuo::quoting::domain {

struct Statement {
  std::string path;
  std::string value;  // JSON text; "null": says nothing
  bool binding = true;
};
using Content = std::vector<Statement>;

struct Change {
  std::string from;
  std::string to;
  friend bool operator==(const Change&, const Change&) = default;
};
using Difference = std::map<std::string, Change>;

// Independent of the statements' order; says nothing of those that are null.
std::string BindingText(const Content& content);
// A path that only one side has is null on the other.
Difference Compare(const Content& before, const Content& after);

}  // namespace continuo::quoting::domain
