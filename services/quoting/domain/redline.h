// What changed between two texts, word by word.
//
//   Redline("within 30 days", "within 45 working days")
//     == {{kEqual, "within "}, {kDelete, "30"}, {kInsert, "45 working"}, {kEqual, " days"}}
//
// A word is what stands between white space; the white space is a word too, so nothing is lost: equal
// and deleted runs are the old text, equal and inserted ones the new. The longest common subsequence
// is kept (Hirschberg, linear memory); time is the product of the two lengths in the worst case, so
// callers bound the texts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace continuo::quoting::domain {

struct RedlineRun {
  enum class Kind { kEqual, kInsert, kDelete };
  Kind kind = Kind::kEqual;
  std::string text;
  friend bool operator==(const RedlineRun&, const RedlineRun&) = default;
};

// Runs of one kind are joined; where a stretch was replaced, what went stands before what came.
std::vector<RedlineRun> Redline(std::string_view before, std::string_view after);
// <ins> and <del> around escaped text.
std::string RedlineHtml(const std::vector<RedlineRun>& runs);

}  // namespace continuo::quoting::domain
