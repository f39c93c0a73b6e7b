#include "services/quoting/domain/content.h"

namespace continuo::quoting::domain {
namespace {

constexpr char kNothing[] = "null";

}  // namespace

std::string BindingText(const Content& content) {
  std::map<std::string, std::string> binding;
  for (const Statement& statement : content) {
    if (statement.binding && statement.value != kNothing) {
      binding.emplace(statement.path, statement.value);
    }
  }
  std::string text;
  for (const auto& [path, value] : binding) {
    // Lengths in front keep a path or value with a line break from passing for another pair.
    text += std::to_string(path.size()) + ":" + path + "=";
    text += std::to_string(value.size()) + ":" + value + "\n";
  }
  return text;
}

Difference Compare(const Content& before, const Content& after) {
  Difference difference;
  for (const Statement& statement : before) {
    difference[statement.path] = {statement.value, kNothing};
  }
  for (const Statement& statement : after) {
    const auto [found, added] = difference.try_emplace(statement.path, Change{kNothing, kNothing});
    found->second.to = statement.value;
  }
  std::erase_if(difference, [](const auto& entry) { return entry.second.from == entry.second.to; });
  return difference;
}

}  // namespace continuo::quoting::domain
