#include "services/directory/domain/link_closure.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace continuo::directory::domain {
namespace {

bool EndsBefore(const std::optional<calendar::Date>& a, const std::optional<calendar::Date>& b) {
  if (!a) return false;
  return !b || *a < *b;
}

// Sorted by user and start, joined where they touch, without the empty ones.
std::vector<Grant> Joined(std::vector<Grant> windows) {
  std::erase_if(windows, [](const Grant& w) { return w.valid_to && *w.valid_to <= w.valid_from; });
  std::sort(windows.begin(), windows.end(), [](const Grant& a, const Grant& b) {
    return std::tie(a.user, a.valid_from) < std::tie(b.user, b.valid_from);
  });
  std::vector<Grant> joined;
  for (const Grant& window : windows) {
    const bool touches = !joined.empty() && joined.back().user == window.user &&
                         !EndsBefore(joined.back().valid_to, window.valid_from);
    if (!touches) {
      joined.push_back(window);
    } else if (EndsBefore(joined.back().valid_to, window.valid_to)) {
      joined.back().valid_to = window.valid_to;
    }
  }
  return joined;
}

}  // namespace

GrantsByAccount CloseLinks(std::span<const AccountNode> nodes, std::span<const LinkWindow> links) {
  std::map<ids::AccountId, std::optional<ids::AccountId>> parent_of;
  for (const AccountNode& node : nodes) parent_of[node.id] = node.parent;
  std::map<ids::AccountId, std::vector<Grant>> own;
  for (const LinkWindow& link : links) {
    own[link.account].push_back({link.user, link.valid_from, link.valid_to});
  }
  GrantsByAccount closed;
  for (const auto& [account, parent] : parent_of) {
    std::vector<Grant> reaching;
    std::set<ids::AccountId> walked;
    std::optional<ids::AccountId> at = account;
    while (at && walked.insert(*at).second) {
      if (const auto found = own.find(*at); found != own.end()) {
        reaching.insert(reaching.end(), found->second.begin(), found->second.end());
      }
      const auto node = parent_of.find(*at);
      at = node == parent_of.end() ? std::nullopt : node->second;
    }
    closed[account] = Joined(std::move(reaching));
  }
  return closed;
}

}  // namespace continuo::directory::domain
