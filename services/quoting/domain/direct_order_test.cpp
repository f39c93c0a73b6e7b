#include "services/quoting/domain/direct_order.h"

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

LinePrice Line(int list, int net) {
  const auto eur = money::Currency::Parse("EUR").value();
  return {.list_term_total = money::Money::FromMinor(list, eur),
          .term_total = money::Money::FromMinor(net, eur)};
}

TEST_CASE("What may be ordered without approval") {
  struct Row {
    const char* rule;
    std::vector<LinePrice> lines;
    bool allowed;
  };
  const Row rows[] = {
      {"list prices", {Line(100, 100), Line(0, 0)}, true},
      {"above them", {Line(100, 120)}, true},
      {"no discount, however small", {Line(100, 100), Line(100, 99)}, false},
      {"nor one that a dearer line outweighs", {Line(100, 120), Line(100, 99)}, false},
  };
  for (const Row& row : rows) {
    INFO(row.rule);
    CHECK(CheckAtListPrices(row.lines).has_value() == row.allowed);
  }
}

}  // namespace
}  // namespace continuo::quoting::domain
