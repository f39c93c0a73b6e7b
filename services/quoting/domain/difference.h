// What two states of quotes differ in, field by field and line by line, with the direction.
//
//   State before{{"lines/ql_1/quantity", "\"100\""}, ...}, after{{"lines/ql_1/quantity", "\"50\""}, ...}
//   CompareStates(before, after).lines == {{kChanged, "ql_1", "ql_1", ..., {{"quantity", ..., kDown}}}}
//
// A state is what the revisions of a quote add up to (content.h): each path with its value as JSON
// text. Lines meet by their ids. Lines of two quotes have no ids in common: MatchByProduct first
// gives the lines of one state the ids of those that they correspond to in the other.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/quoting/domain/trajectory.h"

namespace continuo::quoting::domain {

using State = std::map<std::string, std::string>;

struct FieldDifference {
  std::string field;
  std::string from;  // JSON text; "null": it said nothing
  std::string to;
  std::optional<Direction> direction;  // numbers, amounts of one currency, days
  friend bool operator==(const FieldDifference&, const FieldDifference&) = default;
};

enum class LineFate { kAdded, kRemoved, kChanged };
struct LineDifference {
  LineFate fate = LineFate::kChanged;
  std::string from_line_id;  // "" where it was added
  std::string to_line_id;    // "" where it was removed
  std::string product_id;
  std::vector<FieldDifference> fields;
};

struct StateDifference {
  std::vector<FieldDifference> header;
  std::vector<LineDifference> lines;  // in the order in which they were added
};

StateDifference CompareStates(const State& from, const State& to);

// Line ids of `from` with those of `to` that they correspond to: the first line of a product with
// the first, the second with the second. Lines that are left have no entry.
std::map<std::string, std::string> MatchByProduct(const State& from, const State& to);
State WithLineIds(const State& state, const std::map<std::string, std::string>& new_ids);

}  // namespace continuo::quoting::domain
