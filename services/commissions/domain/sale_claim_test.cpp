#include "services/commissions/domain/sale_claim.h"

#include "libs/testing/catch/catch.h"

namespace continuo::commissions::domain {
namespace {

constexpr SaleStatus kAll[] = {SaleStatus::kOpen, SaleStatus::kClaimed, SaleStatus::kVerified,
                               SaleStatus::kContested, SaleStatus::kResolved};

std::string ReasonOf(const Result<void>& result) {
  if (result) return "";
  return result.error().violations.empty() ? result.error().reason
                                           : result.error().violations.front().code;
}

TEST_CASE("what may happen to a sale in each status") {
  struct Row {
    SaleStatus status;
    const char* claim;
    const char* verify;
    const char* contest;
    const char* resolve;
  };
  const std::vector<Row> rows{
      {SaleStatus::kOpen, "", "SALE_LINK_NOT_CLAIMED", "SALE_LINK_NOT_CONTESTABLE",
       "SALE_LINK_NOT_CONTESTED"},
      {SaleStatus::kClaimed, "SALE_LINK_NOT_OPEN", "", "", "SALE_LINK_NOT_CONTESTED"},
      {SaleStatus::kVerified, "SALE_LINK_NOT_OPEN", "SALE_LINK_NOT_CLAIMED", "",
       "SALE_LINK_NOT_CONTESTED"},
      {SaleStatus::kContested, "SALE_LINK_NOT_OPEN", "SALE_LINK_NOT_CLAIMED",
       "SALE_LINK_NOT_CONTESTABLE", ""},
      {SaleStatus::kResolved, "SALE_LINK_NOT_OPEN", "SALE_LINK_NOT_CLAIMED",
       "SALE_LINK_NOT_CONTESTABLE", "SALE_LINK_NOT_CONTESTED"},
  };
  CHECK(rows.size() == std::size(kAll));
  for (const Row& row : rows) {
    CAPTURE(static_cast<int>(row.status));
    const Sale sale{row.status, "usr_claimer", "usr_contester"};
    CHECK(ReasonOf(CheckClaim(sale)) == row.claim);
    CHECK(ReasonOf(CheckVerification(sale, "usr_manager", {})) == row.verify);
    CHECK(ReasonOf(CheckContest(sale, "usr_other")) == row.contest);
    CHECK(ReasonOf(CheckResolution(sale, "usr_manager", {})) == row.resolve);
  }
}

TEST_CASE("nobody decides a sale in which they have a part") {
  const Sale claimed{SaleStatus::kClaimed, "usr_a", ""};
  const Sale contested{SaleStatus::kContested, "usr_a", "usr_b"};
  const std::vector<std::string> shares{"usr_a", "usr_c"};
  CHECK(ReasonOf(CheckVerification(claimed, "usr_a", {})) == "SALE_LINK_SELF_VERIFICATION");
  CHECK(ReasonOf(CheckVerification(claimed, "usr_c", shares)) == "SALE_LINK_SELF_VERIFICATION");
  CHECK(ReasonOf(CheckVerification(claimed, "usr_d", shares)) == "");
  for (const char* user : {"usr_a", "usr_b", "usr_c"}) {
    CHECK(ReasonOf(CheckResolution(contested, user, shares)) == "SALE_LINK_SELF_VERIFICATION");
  }
  CHECK(ReasonOf(CheckResolution(contested, "usr_d", shares)) == "");
  CHECK(ReasonOf(CheckContest(claimed, "usr_a")) == "SALE_LINK_OWN_CLAIM");
}

TEST_CASE("splits are whole, and one for each participant") {
  struct Row {
    std::vector<Split> splits;
    const char* reason;
  };
  const auto percent = [](const char* text) { return money::Decimal::Parse(text).value(); };
  const std::vector<Row> rows{
      {{{"part_a", 100}}, ""},
      {{{"part_a", 60}, {"part_b", 40}}, ""},
      {{{"part_a", percent("33.33333333")}, {"part_b", percent("66.66666667")}}, ""},
      {{{"part_a", 60}, {"part_b", 39}}, "SPLITS_NOT_100"},
      {{{"part_a", 60}, {"part_b", percent("40.00000001")}}, "SPLITS_NOT_100"},
      {{{"part_a", 60}, {"part_a", 40}}, "DUPLICATE"},
      {{}, "SPLITS_NOT_100"},
  };
  for (const Row& row : rows) CHECK(ReasonOf(CheckSplits(row.splits)) == row.reason);
}

TEST_CASE("a masked price is a band") {
  const auto band = [](const char* amount, const char* currency) {
    return PriceBand(money::Money::Parse(amount, currency).value());
  };
  CHECK(band("36000.00", "EUR") == "10000-100000 EUR");
  CHECK(band("10000.00", "EUR") == "10000-100000 EUR");
  CHECK(band("9999.99", "EUR") == "1000-10000 EUR");
  CHECK(band("5.00", "EUR") == "1-10 EUR");
  CHECK(band("0.50", "EUR") == "0-1 EUR");
  CHECK(band("0.00", "EUR") == "0 EUR");
  CHECK(band("-7.00", "EUR") == "0 EUR");
  CHECK(band("36000", "JPY") == "10000-100000 JPY");
}

}  // namespace
}  // namespace continuo::commissions::domain
