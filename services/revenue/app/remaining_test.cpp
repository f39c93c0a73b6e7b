// What is still to be earned, and who may see any of it.
#include "libs/access/access.h"
#include "libs/testing/catch/catch.h"
#include "services/revenue/app/journal_entries.h"
#include "services/revenue/app/performance_obligations.h"
#include "services/revenue/app/revenue_contracts.h"
#include "services/revenue/app/story_test.h"

namespace continuo::revenue::app {
namespace {

using Remaining = v1::RemainingPerformanceObligation;

v1::ListRemainingPerformanceObligationsResponse ListRemaining(Story& story,
                                                              const std::string& as_of) {
  v1::ListRemainingPerformanceObligationsRequest request;
  request.set_as_of(as_of);
  const auto listed = ListRemainingPerformanceObligations(
      story.app(), story.UserCall("ListRemainingPerformanceObligations"), request);
  REQUIRE(listed);
  return *listed;
}

// "remaining = within 12 + within 24 + later + undated"
std::string Bands(const Remaining& remaining) {
  return remaining.remaining().amount() + " = " + remaining.within_12_months().amount() + " + " +
         remaining.within_24_months().amount() + " + " + remaining.later().amount() + " + " +
         remaining.undated().amount();
}

TEST_CASE("what remains is banded by when it will be earned, as of any day") {
  Story story("2026-01-15T09:00:00Z");
  const auto order = story.Accept({{.sold = "3600.00"}, {.sold = "500.00"}});
  story.Initialise(order, 0, "2026-02-01", "2029-02-01");
  CHECK(ListRemaining(story, "2026-01-14").data_size() == 0);  // not agreed yet
  CHECK(Bands(ListRemaining(story, "2026-01-31").data(0)) ==
        "4100.00 = 1200.00 + 1200.00 + 1200.00 + 500.00");
  story.At("2026-03-10T09:00:00Z");
  CHECK(Bands(ListRemaining(story, "").data(0)) ==
        "4000.00 = 1200.00 + 1200.00 + 1100.00 + 500.00");
  // Looked back at from later: what has been earned since counts by its days.
  story.At("2027-06-10T09:00:00Z");
  CHECK(Bands(ListRemaining(story, "2026-02-28").data(0)) ==
        "4000.00 = 1200.00 + 1200.00 + 1100.00 + 500.00");
  // A change is known from its day on; the total of an earlier day stays.
  story.Cancel(order, 0, "2027-07-01", "1900.00", "0.00");
  CHECK(Bands(ListRemaining(story, "2027-06-10").data(0)) ==
        "600.00 = 100.00 + 0.00 + 0.00 + 500.00");
  CHECK(ListRemaining(story, "2027-06-09").data(0).remaining().amount() == "2500.00");
}

TEST_CASE("what is wholly earned is not listed") {
  Story story("2026-01-15T09:00:00Z");
  story.Accept({{.sold = "100.00", .rule = kAtOnce, .one_off = true}});
  CHECK(ListRemaining(story, "").data_size() == 1);
  story.At("2026-01-16T09:00:00Z");
  CHECK(ListRemaining(story, "").data_size() == 0);
}

TEST_CASE("the waterfall is paged, month by month") {
  Story story("2026-01-15T09:00:00Z");
  const auto order = story.Accept({{.sold = "1200.00"}});
  story.Initialise(order, 0, "2026-02-01", "2027-02-01");
  story.At("2026-03-10T09:00:00Z");
  v1::ListRevenueWaterfallRequest request;
  request.set_contract_id(order.contract_id());
  request.set_sort("month");
  request.set_limit(5);
  std::string months;
  int pages = 0;
  for (bool more = true; more; ++pages) {
    const auto page =
        ListRevenueWaterfall(story.app(), story.UserCall("ListRevenueWaterfall"), request);
    REQUIRE(page);
    for (const auto& entry : page->data()) {
      months += entry.month().substr(5, 2) + (entry.planned().amount() == "0.00" ? "r " : "p ");
    }
    more = page->has_more();
    request.set_cursor(page->next_cursor());
  }
  CHECK(pages == 3);
  CHECK(months == "02r 03p 04p 05p 06p 07p 08p 09p 10p 11p 12p 01p ");
  request.clear_cursor();
  request.set_month_gte("2026-12-01");
  const auto late =
      ListRevenueWaterfall(story.app(), story.UserCall("ListRevenueWaterfall"), request);
  CHECK(late->data_size() == 2);
}

TEST_CASE("the waterfall of everything is refused, whatever else it is filtered by") {
  Story story("2026-01-15T09:00:00Z");
  v1::ListRevenueWaterfallRequest request;
  const auto ask = [&] {
    return ListRevenueWaterfall(story.app(), story.UserCall("ListRevenueWaterfall"), request);
  };
  request.set_division_id(story.division);
  request.set_month_gte("2026-01-01");
  const auto refused = ask();
  REQUIRE(!refused);
  REQUIRE(refused.error().violations.size() == 1);
  CHECK(refused.error().violations.front().code == "REQUIRED");
  CHECK(refused.error().violations.front().detail.find("performance_obligation_id") !=
        std::string::npos);
  request.set_account_id(story.account);
  CHECK(ask());
  request.clear_account_id();
  request.set_revenue_contract_id(ids::RevenueContractId::New().ToString());
  CHECK(ask());
}

TEST_CASE("who is not linked to the account sees nothing of it") {
  Story story("2026-01-15T09:00:00Z");
  const auto order = story.Accept({{.sold = "100.00", .rule = kAtOnce, .one_off = true}});
  story.At("2026-01-16T09:00:00Z");
  story.Bill({{order, 0, "10.00"}}, "0.00", "2026-01-16");
  v1::ListRevenueWaterfallRequest of_account;
  of_account.set_account_id(story.account);
  const auto listed = [&](const std::string& user) {
    const auto call = [&](const std::string& method) {
      rpc::Call call = story.UserCall(method);
      call.principal.user_id = user;
      call.principal.sees_all = false;
      return call;
    };
    const App app = story.app();
    return ListRevenueContracts(app, call("ListRevenueContracts"), {})->data_size() +
           ListPerformanceObligations(app, call("ListPerformanceObligations"), {})->data_size() +
           ListJournalEntries(app, call("ListJournalEntries"), {})->data_size() +
           ListBalances(app, call("ListBalances"), {})->data_size() +
           ListRevenueWaterfall(app, call("ListRevenueWaterfall"), of_account)->data_size();
  };
  CHECK(listed(story.user) == 0);
  v1::GetRevenueContractRequest get;
  get.set_id(story.Contract(order).id());
  rpc::Call blind = story.UserCall("GetRevenueContract");
  blind.principal.sees_all = false;
  CHECK(ReasonOf(GetRevenueContract(story.app(), blind, get)) == "NOT_FOUND");
  REQUIRE(story.database->Work(story.ServiceCall(), [&](postgres::Transaction& tx) -> Result<bool> {
    const std::vector<access::Grant> grants = {{.user = ids::UserId::Parse(story.user).value(),
                                                .valid_from = calendar::Date(2026, 1, 1),
                                                .valid_to = std::nullopt}};
    return access::Replace(tx, ids::AccountId::Parse(story.account).value(), 1, grants);
  }));
  CHECK(listed(story.user) == 6);
  CHECK(GetRevenueContract(story.app(), blind, get));
}

}  // namespace
}  // namespace continuo::revenue::app
