// Price guidance from a handful of deals that a reader can work out, on a real Postgres.
#include "services/quoting/app/price_guidance.h"

#include "continuo/quoting/v1/price_guidance.pb.h"
#include "services/quoting/app/stage_test.h"

namespace continuo::quoting::app {
namespace {

struct Stage : Quoting {
  void Win(const std::string& quantity, const std::string& percent) {
    Must(Accept(Release(Open({Line(installation, quantity, percent)}))));
  }
  void Lose(const std::string& quantity, const std::string& percent) {
    const v1::Quote quote = Release(Open({Line(installation, quantity, percent)}));
    auto request = Of<v1::DeclineQuoteRequest>(quote);
    request.set_reason("too dear");
    Must(DeclineQuote(app, Call(), request));
  }
  v1::PriceGuidance Ask(const std::string& quantity = "", const std::string& about = "") {
    v1::GetPriceGuidanceRequest request;
    request.set_product_id(installation);
    request.set_currency("EUR");
    request.set_quantity(quantity);
    request.set_account_id(about);
    return Must(GetPriceGuidance(app, Call(), request));
  }
};

// The list's price of an installation is 2,500.
TEST_CASE("Quartiles, win rates and the last price paid") {
  Stage stage;
  const v1::PriceGuidance none = stage.Ask("", stage.account);
  CHECK(none.won_lines() == 0);
  CHECK(none.median().empty());
  CHECK(none.win_rates_size() == 0);
  CHECK_FALSE(none.has_last_price());

  for (const char* percent : {"0", "4", "5", "10"}) stage.Win("1", percent);
  for (const char* percent : {"0", "0", "6"}) stage.Lose("1", percent);
  stage.Win("10", "20");  // 2,000 each
  const v1::PriceGuidance all = stage.Ask("", stage.account);
  CHECK(all.won_lines() == 5);
  // 2000, 2250, 2375, 2400, 2500: the second, third and fourth
  CHECK(all.lowest() == "2000");
  CHECK(all.lower_quartile() == "2250");
  CHECK(all.median() == "2375");
  CHECK(all.upper_quartile() == "2400");
  CHECK(all.highest() == "2500");
  std::vector<std::string> rates;
  for (const v1::DiscountBand& band : all.win_rates()) {
    rates.push_back(band.above() + "-" + band.up_to() + " " + std::to_string(band.won()) + ":" +
                    std::to_string(band.lost()) + " " + band.win_rate_percent());
  }
  CHECK(rates == std::vector<std::string>{"-0 1:2 33.33", "0-5 2:0 100", "5-10 1:1 50", "10-20 1:0 100"});
  CHECK(all.last_price().quantity() == "10");
  CHECK(all.last_price().unit_price() == "2000");
  CHECK(all.last_price().ordered_on() == "2026-03-10");

  SECTION("deals of another size do not count") {
    const v1::PriceGuidance small = stage.Ask("2");
    CHECK(small.won_lines() == 4);
    CHECK(small.lowest() == "2250");
    CHECK_FALSE(small.has_last_price());
    CHECK(stage.Ask("6").won_lines() == 1);
    CHECK(stage.Ask("1000").won_lines() == 0);
  }
  SECTION("nor do deals of accounts that the caller does not see") {
    v1::GetPriceGuidanceRequest request;
    request.set_product_id(stage.installation);
    request.set_currency("EUR");
    request.set_account_id(stage.account);
    const rpc::Call stranger = stage.As(ids::UserId::New().ToString(), false);
    const v1::PriceGuidance seen = stage.Must(GetPriceGuidance(stage.app, stranger, request));
    CHECK(seen.won_lines() == 0);
    CHECK(seen.win_rates_size() == 0);
    CHECK_FALSE(seen.has_last_price());
  }
}

}  // namespace
}  // namespace continuo::quoting::app
