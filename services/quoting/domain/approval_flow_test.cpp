#include "services/quoting/domain/approval_flow.h"

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

using enum ApprovalStatus;
using Users = std::vector<std::string>;

TEST_CASE("Steps of one policy are asked in order") {
  CHECK(TurnsCome({{10, "finance", 1, kWaiting}, {10, "finance", 2, kWaiting}}) ==
        std::vector<size_t>{0});
  CHECK(TurnsCome({{10, "finance", 1, kOpen}, {10, "finance", 2, kWaiting}}).empty());
  CHECK(TurnsCome({{10, "finance", 1, kApproved}, {10, "finance", 2, kWaiting}}) ==
        std::vector<size_t>{1});
}

TEST_CASE("Policies of one priority are asked side by side, those of a higher one after them") {
  CHECK(TurnsCome({{10, "finance", 1, kWaiting}, {10, "legal", 1, kWaiting},
                   {20, "board", 1, kWaiting}}) == std::vector<size_t>{0, 1});
  CHECK(TurnsCome({{10, "finance", 1, kApproved}, {10, "legal", 1, kOpen},
                   {20, "board", 1, kWaiting}}).empty());
  CHECK(TurnsCome({{10, "finance", 1, kApproved}, {10, "legal", 1, kApproved},
                   {20, "board", 1, kWaiting}}) == std::vector<size_t>{2});
}

TEST_CASE("Who may decide") {
  const Seats named{.users = {"ann", "bob"}, .submitter = "ann"};
  CHECK(CheckDecider(named, {"bob", ""}));
  CHECK(CheckDecider(named, {"eve", ""}).error().reason == "NOT_AN_APPROVER");
  CHECK(CheckDecider(named, {"ann", ""}).error().reason == "OWN_APPROVAL");
  const Seats lenient{.users = {"ann"}, .submitter = "ann", .submitter_may_approve = true};
  CHECK(CheckDecider(lenient, {"ann", ""}));
  const Seats profile{.profile = "finance", .submitter = "ann"};
  CHECK(CheckDecider(profile, {"bob", "finance"}));
  CHECK(CheckDecider(profile, {"bob", "sales"}).error().reason == "NOT_AN_APPROVER");
  CHECK(CheckDecider(profile, {"ann", "finance"}).error().reason == "OWN_APPROVAL");
  // No profile on either side is no match.
  CHECK(CheckDecider({.users = {"ann"}}, {"bob", ""}).error().reason == "NOT_AN_APPROVER");
}

TEST_CASE("Any approves for all; all wait for each") {
  CHECK(LeftAfter({.users = {"ann", "bob"}}, "ann").empty());
  CHECK(LeftAfter({.users = {"ann", "bob"}, .all = true}, "ann") == Users{"bob"});
  CHECK(LeftAfter({.users = {"bob"}, .all = true}, "bob").empty());
}

TEST_CASE("A delegate takes the seat") {
  CHECK(Delegated({.users = {"ann", "bob"}}, "ann", "eve") == Users{"bob", "eve"});
  // The profile's other users keep theirs: only the delegate is named.
  CHECK(Delegated({.profile = "finance"}, "ann", "eve") == Users{"eve"});
}

TEST_CASE("Whoever submits has no seat, unless the policy gives one") {
  CHECK(SeatedUsers({"ann", "bob"}, "ann", false) == Users{"bob"});
  CHECK(SeatedUsers({"ann"}, "ann", false).empty());
  CHECK(SeatedUsers({"ann", "bob"}, "ann", true) == Users{"ann", "bob"});
}

}  // namespace
}  // namespace continuo::quoting::domain
