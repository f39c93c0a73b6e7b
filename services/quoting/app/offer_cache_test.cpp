#include "services/quoting/app/offer_cache.h"

#include "continuo/catalogue/v1/product.pb.h"
#include "services/quoting/app/stage_test.h"

namespace continuo::quoting::app {
namespace {

OfferCache::Version Version(int number) {
  auto version = std::make_shared<catalogue::v1::ProductVersion>();
  version->set_version(number);
  return version;
}

std::string Stamps(OfferCache& cache, const std::string& product) {
  std::string stamps;
  for (const auto& [stamp, version] : cache.Of(product)) {
    stamps += (stamps.empty() ? "" : " ") + stamp + ":" + std::to_string(version->version());
  }
  return stamps;
}

TEST_CASE("What is kept is bounded, and what was asked for last stays") {
  OfferCache cache(2, 2);
  cache.Keep("a", "a1", Version(1));
  cache.Keep("b", "b1", Version(1));
  CHECK(Stamps(cache, "a") == "a1:1");
  cache.Keep("c", "c1", Version(1));
  CHECK(Stamps(cache, "b").empty());
  CHECK(Stamps(cache, "a") == "a1:1");
  cache.Keep("a", "a2", Version(2));
  cache.Keep("a", "a2", Version(2));
  CHECK(Stamps(cache, "a") == "a1:1 a2:2");
  cache.Keep("a", "a3", Version(3));
  CHECK(Stamps(cache, "a") == "a2:2 a3:3");
}

TEST_CASE("A version that was published between two prices is the one that is sold") {
  Quoting quoting;
  const auto publish = [&](const std::string& price) {
    quoting.PublishAs(quoting.installation, R"("code":"INST","name":"Installation","kind":"one_off",
        "pricing":{"model":"flat","prices":[{"currency":"EUR","unit_price":")" + price + R"("}]},
        "revenue":{"rule":"point_in_time"})");
  };
  const auto price = [&] {
    const v1::Quote quote = quoting.Open({Quoting::Line(quoting.installation, "1"),
                                          Quoting::Line(quoting.starter, "1")});
    return quote.lines(0).list_unit_price() + " " + quote.lines(2).list_unit_price();
  };
  CHECK(price() == "2500 2500");
  const int told = quoting.peers.told;
  CHECK(price() == "2500 2500");
  CHECK(quoting.peers.told == told);  // asked again, and told nothing new
  publish("2600");
  CHECK(price() == "2600 2600");
  CHECK(quoting.peers.told == told + 1);
  publish("2700");
  publish("2500");
  CHECK(price() == "2500 2500");
  CHECK(quoting.peers.told == told + 2);
}

}  // namespace
}  // namespace continuo::quoting::app
