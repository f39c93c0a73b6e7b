#include "services/webhooks/domain/event_types.h"

#include <algorithm>

namespace continuo::webhooks::domain {
namespace {

bool IsWord(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

bool IsPattern(std::string_view text) {
  if (text == "*") return true;
  if (text.ends_with(".*")) text.remove_suffix(2);
  while (true) {
    const auto dot = text.find('.');
    if (!IsWord(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool Matches(std::string_view pattern, std::string_view type) {
  if (pattern == "*") return true;
  if (!pattern.ends_with(".*")) return pattern == type;
  const std::string_view with_dot = pattern.substr(0, pattern.size() - 1);
  return type.size() > with_dot.size() && type.starts_with(with_dot);
}

bool MatchesAny(std::span<const std::string> patterns, std::string_view type) {
  return std::ranges::any_of(patterns, [&](const auto& pattern) { return Matches(pattern, type); });
}

}  // namespace continuo::webhooks::domain
