// Tax rates and what they were.
#include "continuo/billing/v1/tax_rate.pb.h"
#include "services/billing/app/fixture_test.h"

namespace continuo::billing::app {
namespace {

TEST_CASE("Tax rates are entered, changed and deleted") {
  Fixture fixture("2026-02-01T09:00:00Z");
  const v1::TaxRate rate = fixture.AddRate("19");
  CHECK(rate.customer_country() == "DE");
  CHECK(rate.rate() == "19");
  v1::CreateTaxRateRequest again;
  *again.mutable_tax_rate() = rate;
  CHECK(ReasonOf(CreateTaxRate(fixture.app(), fixture.UserCall("CreateTaxRate"), again)) ==
        "TAX_RATE_EXISTS");
  v1::UpdateTaxRateRequest update;
  update.set_id(rate.id());
  update.mutable_tax_rate()->set_rate("16");
  update.add_update_mask("rate");
  const auto changed = UpdateTaxRate(fixture.app(), fixture.UserCall("UpdateTaxRate"), update);
  REQUIRE(changed);
  CHECK(changed->rate() == "16");
  CHECK(changed->revision() == 2);
  v1::ListTaxRatesRequest list;
  list.set_country("DE");
  CHECK(ListTaxRates(fixture.app(), fixture.UserCall("ListTaxRates"), list)->data_size() == 1);
  v1::DeleteTaxRateRequest gone;
  gone.set_id(rate.id());
  REQUIRE(DeleteTaxRate(fixture.app(), fixture.UserCall("DeleteTaxRate"), gone));
  v1::GetTaxRateRequest get;
  get.set_id(rate.id());
  CHECK(ReasonOf(GetTaxRate(fixture.app(), fixture.UserCall("GetTaxRate"), get)) == "NOT_FOUND");
}

TEST_CASE("A tax rate that changes on a day is what it was before that day") {
  Fixture fixture("2020-06-15T09:00:00Z");
  const v1::TaxRate rate = fixture.AddRate("19");
  const auto patch = [&](const std::string& percent, const std::string& from) {
    v1::UpdateTaxRateRequest update;
    update.set_id(rate.id());
    update.mutable_tax_rate()->set_rate(percent);
    update.mutable_tax_rate()->set_valid_from(from);
    update.add_update_mask("rate");
    update.add_update_mask("valid_from");
    return UpdateTaxRate(fixture.app(), fixture.UserCall("UpdateTaxRate"), update);
  };
  REQUIRE(patch("15", "2020-07-01"));
  fixture.test.SetClock("billing", "2020-06-20T09:00:00Z");
  REQUIRE(patch("16", "2020-07-01"));  // it was told wrongly
  REQUIRE(patch("19", "2021-01-01"));
  const v1::TaxRate other = fixture.AddRate("20", "standard", "2025-01-01");

  struct Row {
    std::string day;
    std::string percent;  // empty: none
  };
  for (const Row& row : std::vector<Row>{{"2006-12-31", ""},
                                         {"2007-01-01", "19"},
                                         {"2020-06-30", "19"},
                                         {"2020-07-01", "16"},
                                         {"2020-12-31", "16"},
                                         {"2021-01-01", "19"},
                                         {"2025-01-01", ""}}) {
    CAPTURE(row.day);
    v1::GetTaxRateRequest get;
    get.set_id(rate.id());
    get.set_valid_on(row.day);
    const auto found = GetTaxRate(fixture.app(), fixture.UserCall("GetTaxRate"), get);
    CHECK((found ? found->rate() : "") == row.percent);
    v1::ListTaxRatesRequest list;
    list.set_valid_on(row.day);
    const auto listed = ListTaxRates(fixture.app(), fixture.UserCall("ListTaxRates"), list);
    REQUIRE(listed);
    const std::string first = listed->data_size() == 0 ? "" : listed->data(0).rate();
    CHECK(first == (row.day == "2025-01-01" ? "20" : row.percent));
    CHECK(listed->data_size() <= 1);
  }

  v1::GetTaxRateRequest get;
  get.set_id(rate.id());
  const auto told = GetTaxRate(fixture.app(), fixture.UserCall("GetTaxRate"), get);
  REQUIRE(told);
  CHECK(told->valid_from() == "2021-01-01");
  REQUIRE(told->versions_size() == 4);
  CHECK(told->versions(1).rate() == "15");
  CHECK(told->versions(1).known_at().seconds() < told->versions(2).known_at().seconds());
  CHECK(ReasonOf(patch("21", "2025-01-01")) == "TAX_RATE_EXISTS");  // the other rate's day
  CHECK_THROWS(fixture.One("UPDATE billing.tax_rate_version SET rate = 0"));
  CHECK_THROWS(fixture.One("DELETE FROM billing.tax_rate_version"));
}

TEST_CASE("A tax rate that is deleted stays to be read in its versions") {
  Fixture fixture("2020-06-15T09:00:00Z");
  const v1::TaxRate rate = fixture.AddRate("19");
  v1::DeleteTaxRateRequest gone;
  gone.set_id(rate.id());
  REQUIRE(DeleteTaxRate(fixture.app(), fixture.UserCall("DeleteTaxRate"), gone));
  CHECK(fixture.One("SELECT count(*) FROM billing.tax_rate_version") == "2");
  CHECK(fixture.One("SELECT count(*) FROM billing.tax_rate") == "0");
  // Its day is free again.
  CHECK(fixture.AddRate("16").rate() == "16");
}

}  // namespace
}  // namespace continuo::billing::app
