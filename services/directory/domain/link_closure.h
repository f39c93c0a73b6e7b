// Responsibility links closed over the tree of accounts: a link opens its account and all below it.
//
//   group <- holding <- plant          Ada is linked to holding from March
//   CloseLinks(nodes, links)           holding: Ada from March; plant: Ada from March; group: nobody
//
// Windows of one user on one account that touch or overlap become one. Roles and levels do not
// matter for seeing. A tree that has become none (a loop, by an error elsewhere) is walked once
// around and ends.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/ids/kinds.h"

namespace continuo::directory::domain {

struct AccountNode {
  ids::AccountId id;
  std::optional<ids::AccountId> parent;
};

struct LinkWindow {
  ids::AccountId account;
  ids::UserId user;
  calendar::Date valid_from;
  std::optional<calendar::Date> valid_to;  // exclusive; none: open
};

struct Grant {
  ids::UserId user;
  calendar::Date valid_from;
  std::optional<calendar::Date> valid_to;

  friend bool operator==(const Grant&, const Grant&) = default;
};

// By user, then by day.
using GrantsByAccount = std::map<ids::AccountId, std::vector<Grant>>;

// An entry for each node, empty where nobody sees it. A parent that is no node is a root.
GrantsByAccount CloseLinks(std::span<const AccountNode> nodes, std::span<const LinkWindow> links);

}  // namespace continuo::directory::domain
