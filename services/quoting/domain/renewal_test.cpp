#include "services/quoting/domain/renewal.h"

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

using money::Decimal;

std::optional<Decimal> Maybe(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return Decimal::Parse(text).value();
}

TEST_CASE("What a price becomes at a renewal") {
  struct Row {
    std::string rule, percent, cap, floor, price;
  };
  const Row row = GENERATE(values<Row>({
      {"raised", "3", "", "", "20.6"},
      {"not above the cap", "3", "2", "", "20.4"},
      {"not below the floor", "-1", "", "0", "20"},
      {"the cap wins over the floor", "1", "2", "5", "20.4"},
      {"lowered", "-10", "", "", "18"},
      {"to eight places", "3.3333333", "", "", "20.66666666"},
  }));
  INFO(row.rule);
  const Raise raise{Decimal::Parse(row.percent).value(), Maybe(row.cap), Maybe(row.floor)};
  CHECK(RaisedPrice(20, raise).value().ToString() == row.price);
}

}  // namespace
}  // namespace continuo::quoting::domain
