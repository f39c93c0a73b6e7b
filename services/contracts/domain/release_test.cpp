#include "services/contracts/domain/release.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::contracts::domain {
namespace {

using calendar::Date;
using calendar::FormatInstant;
using calendar::Zone;
using money::Currency;
using money::Money;

ZoneDue Due(std::string_view zone, std::string_view release_on) {
  return {Zone::Find(zone).value(), Date::Parse(release_on).value()};
}

TEST_CASE("A line is due at the start of its local day") {
  struct Row {
    std::string rule;
    std::vector<std::pair<std::string, std::string>> zones;
    std::string at;
  };
  const auto row = GENERATE(values<Row>({
      {"nothing is open", {}, ""},
      {"winter", {{"Europe/Berlin", "2026-03-01"}}, "2026-02-28T23:00:00Z"},
      {"the day the clocks go forward", {{"Europe/Berlin", "2026-03-29"}}, "2026-03-28T23:00:00Z"},
      {"the day after", {{"Europe/Berlin", "2026-03-30"}}, "2026-03-29T22:00:00Z"},
      {"the day the clocks go back", {{"America/New_York", "2026-11-01"}}, "2026-11-01T04:00:00Z"},
      {"a zone that skips midnight", {{"America/Santiago", "2026-09-06"}}, "2026-09-06T04:00:00Z"},
      {"the earliest of several zones",
       {{"America/New_York", "2026-02-28"}, {"Pacific/Auckland", "2026-02-28"}},
       "2026-02-27T11:00:00Z"},
  }));
  CAPTURE(row.rule);
  std::vector<ZoneDue> zones;
  for (const auto& [zone, day] : row.zones) zones.push_back(Due(zone, day));
  const auto at = NextReleaseAt(zones);
  CHECK((at ? FormatInstant(*at) : "") == row.at);
  for (const ZoneDue& zone : zones) {
    const calendar::Instant start = calendar::StartOfDay(zone.release_on, zone.zone);
    CHECK(IsDue(zone, start));
    CHECK_FALSE(IsDue(zone, start - std::chrono::microseconds(1)));
  }
}

TEST_CASE("A slice is handed over in one batch for each account and division") {
  const Currency eur = Currency::Parse("EUR").value();
  const Currency usd = Currency::Parse("USD").value();
  const auto acme = ids::AccountId::New();
  const auto beta = ids::AccountId::New();
  const auto de = ids::DivisionId::New();
  const auto us = ids::DivisionId::New();
  const auto line = [](ids::AccountId account, ids::DivisionId division, Money amount,
                       Side side = Side::kSell) {
    return DueLine{ids::ScheduleLineId::New(), account, division, side, amount};
  };
  const std::vector<DueLine> slice = {
      line(acme, de, Money::FromMinor(100, eur)), line(beta, de, Money::FromMinor(7, eur)),
      line(acme, us, Money::FromMinor(9, usd)),   line(acme, de, Money::FromMinor(250, eur)),
      line(acme, de, Money::FromMinor(1, usd)),
      line(acme, de, Money::FromMinor(999, usd), Side::kBuy)};
  const auto batches = PlanBatches(slice);
  REQUIRE(batches.size() == 3);
  CHECK(batches[0].account_id == acme);
  CHECK(batches[0].division_id == de);
  CHECK(batches[0].lines == std::vector{slice[0].id, slice[3].id, slice[4].id});
  CHECK(batches[0].totals.count == 3);
  CHECK(batches[0].totals.sums == std::map{std::pair{eur, Money::FromMinor(350, eur)},
                                           std::pair{usd, Money::FromMinor(1, usd)}});
  CHECK(batches[1].division_id == us);
  CHECK(batches[2].account_id == beta);
}

TEST_CASE("No sold line is lost between a slice and its batches") {
  CHECK(rc::check([] {
    std::vector<ids::AccountId> accounts = {ids::AccountId::New(), ids::AccountId::New()};
    std::vector<DueLine> slice;
    Totals sold;
    const Currency eur = Currency::Parse("EUR").value();
    for (const int minor : *rc::gen::container<std::vector<int>>(rc::gen::inRange(-500, 500))) {
      const Money amount = Money::FromMinor(minor, eur);
      const Side side = *rc::gen::element(Side::kSell, Side::kBuy);
      slice.push_back({ids::ScheduleLineId::New(), *rc::gen::elementOf(accounts),
                       ids::DivisionId{}, side, amount});
      if (side == Side::kSell) sold.Add(amount);
    }
    Totals handed_over;
    for (const BatchPlan& batch : PlanBatches(slice)) {
      RC_ASSERT(batch.totals.count == static_cast<std::int64_t>(batch.lines.size()));
      handed_over.count += batch.totals.count;
      for (const auto& [currency, sum] : batch.totals.sums) {
        auto [total, is_first] = handed_over.sums.try_emplace(currency, sum);
        if (!is_first) total->second += sum;
      }
    }
    RC_ASSERT(handed_over == sold);
  }));
}

}  // namespace
}  // namespace continuo::contracts::domain
