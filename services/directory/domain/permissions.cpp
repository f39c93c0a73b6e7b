#include "services/directory/domain/permissions.h"

#include <algorithm>

namespace continuo::directory::domain {
namespace {

bool AnyIncludes(const Permissions& held, std::string_view wanted) {
  return std::any_of(held.begin(), held.end(),
                     [&](const std::string& one) { return Includes(one, wanted); });
}

// Without what another of the list includes.
Permissions Simplified(Permissions list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  Permissions kept;
  for (const std::string& one : list) {
    const bool within_other = std::any_of(list.begin(), list.end(), [&](const std::string& other) {
      return other != one && Includes(other, one);
    });
    if (!within_other) kept.push_back(one);
  }
  return kept;
}

}  // namespace

bool Includes(std::string_view wider, std::string_view narrower) {
  if (wider == "*" || wider == narrower) return true;
  if (!wider.ends_with(".*")) return false;
  return narrower.starts_with(wider.substr(0, wider.size() - 1));
}

Permissions Narrow(const Permissions& profile, const Permissions& scopes) {
  if (scopes.empty()) return Simplified(profile);
  Permissions both;
  for (const std::string& permission : profile) {
    if (AnyIncludes(scopes, permission)) both.push_back(permission);
  }
  for (const std::string& scope : scopes) {
    if (AnyIncludes(profile, scope)) both.push_back(scope);
  }
  return Simplified(std::move(both));
}

std::optional<std::string> FirstNotHeld(const Permissions& held, const Permissions& wanted) {
  for (const std::string& permission : wanted) {
    if (!AnyIncludes(held, permission)) return permission;
  }
  return std::nullopt;
}

}  // namespace continuo::directory::domain
