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
    bool may_discount;
    bool allowed;
  };
  const Row rows[] = {
      {"list prices", {Line(100, 100), Line(0, 0)}, false, true},
      {"above them", {Line(100, 120)}, false, true},
      {"no discount, however small", {Line(100, 100), Line(100, 99)}, false, false},
      {"nor one that a dearer line outweighs", {Line(100, 120), Line(100, 99)}, false, false},
      {"unless one may", {Line(100, 50)}, true, true},
  };
  for (const Row& row : rows) {
    INFO(row.rule);
    CHECK(CheckDirectOrder(row.lines, row.may_discount).has_value() == row.allowed);
  }
}

}  // namespace
}  // namespace continuo::quoting::domain
