#include "services/directory/domain/link_closure.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::directory::domain {
namespace {

using calendar::Date;
using ids::AccountId;
using ids::UserId;

template <class Id>
Id Numbered(int number) {
  ids::Uuid::Bytes bytes{};
  bytes[15] = static_cast<std::uint8_t>(number);
  return Id(ids::Uuid(bytes));
}
AccountId Account(int number) { return Numbered<AccountId>(number); }
UserId User(int number) { return Numbered<UserId>(number); }

const AccountId kGroup = Account(1);
const AccountId kHolding = Account(2);
const AccountId kPlant = Account(3);
const AccountId kOther = Account(4);
const UserId kAda = User(1);
const UserId kBob = User(2);
const Date kMarch(2026, 3, 1);
const Date kMay(2026, 5, 1);
const Date kJuly(2026, 7, 1);

const std::vector<AccountNode> kTree{{kGroup, {}}, {kHolding, kGroup}, {kPlant, kHolding}, {kOther, {}}};

TEST_CASE("a link opens its account and all below it, never above or beside") {
  const auto closed = CloseLinks(kTree, std::vector<LinkWindow>{{kHolding, kAda, kMarch, {}}});
  const std::vector<Grant> ada{{kAda, kMarch, {}}};
  CHECK(closed.at(kGroup).empty());
  CHECK(closed.at(kHolding) == ada);
  CHECK(closed.at(kPlant) == ada);
  CHECK(closed.at(kOther).empty());
}

TEST_CASE("windows of one user on one account are joined where they touch") {
  struct Row {
    std::string name;
    std::vector<LinkWindow> links;
    std::vector<Grant> on_plant;
  };
  const Row row = GENERATE(values<Row>({
      {"none", {}, {}},
      {"touching", {{kPlant, kAda, kMarch, kMay}, {kPlant, kAda, kMay, kJuly}}, {{kAda, kMarch, kJuly}}},
      {"overlapping, from two levels", {{kGroup, kAda, kMarch, kJuly}, {kPlant, kAda, kMay, {}}},
       {{kAda, kMarch, {}}}},
      {"one within the other", {{kPlant, kAda, kMarch, {}}, {kPlant, kAda, kMay, kJuly}},
       {{kAda, kMarch, {}}}},
      {"apart", {{kPlant, kAda, kMarch, Date(2026, 4, 1)}, {kPlant, kAda, kMay, {}}},
       {{kAda, kMarch, Date(2026, 4, 1)}, {kAda, kMay, {}}}},
      {"of two users", {{kPlant, kBob, kMarch, kMay}, {kPlant, kAda, kMay, {}}},
       {{kAda, kMay, {}}, {kBob, kMarch, kMay}}},
      {"ended before it began", {{kPlant, kAda, kMay, kMay}}, {}},
  }));
  INFO(row.name);
  CHECK(CloseLinks(kTree, row.links).at(kPlant) == row.on_plant);
}

TEST_CASE("a loop of accounts ends, and everybody on it sees all of it") {
  const std::vector<AccountNode> loop{{kGroup, kPlant}, {kHolding, kGroup}, {kPlant, kHolding}};
  const auto closed = CloseLinks(loop, std::vector<LinkWindow>{{kHolding, kAda, kMarch, {}}});
  CHECK(closed.at(kGroup) == closed.at(kHolding));
  CHECK(closed.at(kPlant) == closed.at(kHolding));
  CHECK(closed.at(kPlant).size() == 1);
}

// Accounts 0 .. n-1, each below an earlier one or a root: a random forest.
std::vector<AccountNode> RandomForest() {
  const int size = *rc::gen::inRange(1, 20);
  std::vector<AccountNode> nodes;
  for (int i = 0; i < size; ++i) {
    const int parent = *rc::gen::inRange(-1, i);
    nodes.push_back({Account(i), parent < 0 ? std::nullopt : std::optional(Account(parent))});
  }
  return nodes;
}

std::vector<LinkWindow> RandomLinks(size_t accounts) {
  std::vector<LinkWindow> links;
  const int size = *rc::gen::inRange(0, 12);
  for (int i = 0; i < size; ++i) {
    const Date from = Date(2026, 1, 1).AddDays(*rc::gen::inRange(0, 30));
    const bool open = *rc::gen::arbitrary<bool>();
    links.push_back({Account(*rc::gen::inRange<int>(0, accounts)), User(*rc::gen::inRange(0, 3)),
                     from,
                     open ? std::nullopt : std::optional(from.AddDays(*rc::gen::inRange(0, 20)))});
  }
  return links;
}

bool IsWithin(const std::vector<AccountNode>& nodes, AccountId below, AccountId above) {
  std::optional<AccountId> at = below;
  while (at) {
    if (*at == above) return true;
    const auto node = std::find_if(nodes.begin(), nodes.end(), [&](auto& n) { return n.id == *at; });
    at = node->parent;
  }
  return false;
}

bool Covers(const Date& from, const std::optional<Date>& to, Date day) {
  return from <= day && (!to || day < *to);
}

TEST_CASE("law: on each day a user sees an account exactly when a valid link is on it or above it") {
  CHECK(rc::check([] {
    const auto nodes = RandomForest();
    const auto links = RandomLinks(nodes.size());
    const auto closed = CloseLinks(nodes, links);
    RC_ASSERT(closed.size() == nodes.size());
    const Date day = Date(2026, 1, 1).AddDays(*rc::gen::inRange(0, 60));
    for (const AccountNode& node : nodes) {
      for (int user = 0; user < 3; ++user) {
        const bool linked = std::any_of(links.begin(), links.end(), [&](const LinkWindow& link) {
          return link.user == User(user) && Covers(link.valid_from, link.valid_to, day) &&
                 IsWithin(nodes, node.id, link.account);
        });
        const auto& grants = closed.at(node.id);
        const auto seen = std::count_if(grants.begin(), grants.end(), [&](const Grant& grant) {
          return grant.user == User(user) && Covers(grant.valid_from, grant.valid_to, day);
        });
        RC_ASSERT(seen == (linked ? 1 : 0));
      }
    }
  }));
}

TEST_CASE("law: what is seen above is seen below, and the links' order does not matter") {
  CHECK(rc::check([] {
    const auto nodes = RandomForest();
    auto links = RandomLinks(nodes.size());
    const auto closed = CloseLinks(nodes, links);
    for (const AccountNode& node : nodes) {
      if (!node.parent) continue;
      for (const Grant& grant : closed.at(*node.parent)) {
        const auto& below = closed.at(node.id);
        RC_ASSERT(std::any_of(below.begin(), below.end(), [&](const Grant& g) {
          return g.user == grant.user && g.valid_from <= grant.valid_from &&
                 (!g.valid_to || (grant.valid_to && *grant.valid_to <= *g.valid_to));
        }));
      }
    }
    std::reverse(links.begin(), links.end());
    RC_ASSERT(CloseLinks(nodes, links) == closed);
  }));
}

}  // namespace
}  // namespace continuo::directory::domain
