#include "services/quoting/domain/difference.h"

#include <deque>
#include <set>

#include "libs/calendar/date.h"
#include "libs/money/decimal.h"

namespace continuo::quoting::domain {
namespace {

constexpr std::string_view kLines = "lines/";
constexpr char kNothing[] = "null";

// A path "lines/<id>/<field>" in its parts; no id for the header's.
struct PathParts {
  std::string line_id;
  std::string field;
};
PathParts Split(const std::string& path) {
  if (!path.starts_with(kLines)) return {"", path};
  const size_t end = path.find('/', kLines.size());
  if (end == std::string::npos) return {"", path};
  return {path.substr(kLines.size(), end - kLines.size()), path.substr(end + 1)};
}

std::string Unquoted(const std::string& json) {
  const bool quoted = json.size() >= 2 && json.front() == '"' && json.back() == '"';
  return quoted ? json.substr(1, json.size() - 2) : json;
}

// The text of one member of an object as content.h's makers write it: {"amount":"5.00",...}.
std::string Member(const std::string& json, const std::string& name) {
  const std::string opening = "\"" + name + "\":\"";
  const size_t found = json.find(opening);
  if (found == std::string::npos) return "";
  const size_t start = found + opening.size();
  return json.substr(start, json.find('"', start) - start);
}

std::optional<Direction> DirectionOfTexts(const std::string& from, const std::string& to) {
  if (from.starts_with('{') && to.starts_with('{')) {
    if (Member(from, "currency") != Member(to, "currency")) return std::nullopt;
    return DirectionOfTexts(Member(from, "amount"), Member(to, "amount"));
  }
  const std::string before = Unquoted(from), after = Unquoted(to);
  const auto before_number = money::Decimal::Parse(before);
  const auto after_number = money::Decimal::Parse(after);
  if (before_number && after_number) return DirectionOf(*before_number, *after_number);
  const auto before_day = calendar::Date::Parse(before);
  const auto after_day = calendar::Date::Parse(after);
  if (!before_day || !after_day) return std::nullopt;
  return *before_day < *after_day ? Direction::kUp : Direction::kDown;
}

using Fields = std::map<std::string, std::string>;

std::vector<FieldDifference> CompareFields(const Fields& from, const Fields& to) {
  std::map<std::string, FieldDifference> all;
  for (const auto& [field, value] : from) all[field] = {field, value, kNothing, std::nullopt};
  for (const auto& [field, value] : to) {
    const auto [found, added] =
        all.try_emplace(field, FieldDifference{field, kNothing, kNothing, std::nullopt});
    found->second.to = value;
  }
  std::vector<FieldDifference> changed;
  for (auto& [field, difference] : all) {
    if (difference.from == difference.to) continue;
    difference.direction = DirectionOfTexts(difference.from, difference.to);
    changed.push_back(std::move(difference));
  }
  return changed;
}

struct Parts {
  Fields header;
  std::map<std::string, Fields> lines;  // ids are of UUIDv7: their order is that of adding
};
Parts PartsOf(const State& state) {
  Parts parts;
  for (const auto& [path, value] : state) {
    const PathParts split = Split(path);
    (split.line_id.empty() ? parts.header : parts.lines[split.line_id])[split.field] = value;
  }
  return parts;
}

std::string ProductOf(const Fields& line) {
  const auto found = line.find("product_id");
  return found == line.end() ? "" : Unquoted(found->second);
}

}  // namespace

StateDifference CompareStates(const State& from, const State& to) {
  const Parts before = PartsOf(from), after = PartsOf(to);
  StateDifference difference{.header = CompareFields(before.header, after.header)};
  std::set<std::string> ids;
  for (const auto& [id, fields] : before.lines) ids.insert(id);
  for (const auto& [id, fields] : after.lines) ids.insert(id);
  for (const std::string& id : ids) {
    const auto old_line = before.lines.find(id);
    const auto new_line = after.lines.find(id);
    LineDifference line;
    if (old_line == before.lines.end()) {
      line = {.fate = LineFate::kAdded,
              .to_line_id = id,
              .product_id = ProductOf(new_line->second),
              .fields = CompareFields({}, new_line->second)};
    } else if (new_line == after.lines.end()) {
      line = {.fate = LineFate::kRemoved,
              .from_line_id = id,
              .product_id = ProductOf(old_line->second),
              .fields = CompareFields(old_line->second, {})};
    } else {
      line = {.fate = LineFate::kChanged,
              .from_line_id = id,
              .to_line_id = id,
              .product_id = ProductOf(new_line->second),
              .fields = CompareFields(old_line->second, new_line->second)};
    }
    if (!line.fields.empty()) difference.lines.push_back(std::move(line));
  }
  return difference;
}

std::map<std::string, std::string> MatchByProduct(const State& from, const State& to) {
  std::map<std::string, std::deque<std::string>> free_lines;  // of `to`, by product
  for (const auto& [id, fields] : PartsOf(to).lines) free_lines[ProductOf(fields)].push_back(id);
  std::map<std::string, std::string> matches;
  for (const auto& [id, fields] : PartsOf(from).lines) {
    std::deque<std::string>& candidates = free_lines[ProductOf(fields)];
    if (candidates.empty()) continue;
    matches[id] = candidates.front();
    candidates.pop_front();
  }
  return matches;
}

State WithLineIds(const State& state, const std::map<std::string, std::string>& new_ids) {
  State renamed;
  for (const auto& [path, value] : state) {
    const PathParts split = Split(path);
    const auto own = new_ids.find(split.line_id);
    std::string to_path = path;
    if (own != new_ids.end()) to_path = std::string(kLines) + own->second + "/" + split.field;
    std::string to_value = value;
    if (split.field == "covers") {
      // Ids are of one length and no part of another.
      for (const auto& [old_id, new_id] : new_ids) {
        const size_t found = to_value.find("\"" + old_id + "\"");
        if (found != std::string::npos) to_value.replace(found + 1, old_id.size(), new_id);
      }
    }
    renamed[to_path] = std::move(to_value);
  }
  return renamed;
}

}  // namespace continuo::quoting::domain
