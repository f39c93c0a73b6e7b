#include "services/quoting/domain/demand.h"

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

using money::Decimal;

const ids::ProductId kSeats = ids::ProductId::New();
const ids::ProductId kSupport = ids::ProductId::New();

// Asked quantities of seats in turn, then what was bought: first, peak and what is left.
TEST_CASE("What was asked for and not bought stays known") {
  struct Row {
    const char* rule;
    std::vector<int> asked;
    int bought;
    int first;
    int peak;
    int rest;
  };
  const Row row = GENERATE(values<Row>({
      {"100 asked, 50 bought", {100, 50}, 50, 100, 100, 50},
      {"the peak counts, not the first", {100, 120, 50}, 50, 100, 120, 70},
      {"all bought", {100}, 100, 100, 100, 0},
      {"more bought than first asked", {100, 150}, 150, 100, 150, 0},
      {"taken off the quote", {100, 0}, 0, 100, 100, 100},
  }));
  INFO(row.rule);
  std::vector<Demand> known;
  for (const int asked : row.asked) {
    for (const Demand& demand : Followed(known, {{kSeats, Decimal(asked)}})) known = {demand};
  }
  CHECK(known == std::vector<Demand>{{kSeats, row.first, row.peak, row.asked.back()}});
  const std::vector<Unbought> rest = NotBought(known, {{kSeats, Decimal(row.bought)}});
  if (row.rest == 0) {
    CHECK(rest.empty());
  } else {
    CHECK(rest == std::vector<Unbought>{{known[0], row.bought, row.rest}});
  }
}

TEST_CASE("Only what changed is told") {
  const std::vector<Demand> known{{kSeats, 100, 100, 100}};
  CHECK(Followed(known, {{kSeats, 100}}).empty());
  CHECK(Followed(known, {{kSeats, 50}, {kSupport, 1}}) ==
        std::vector<Demand>{{kSeats, 100, 100, 50}, {kSupport, 1, 1, 1}});
  CHECK(Followed(known, {}) == std::vector<Demand>{{kSeats, 100, 100, 0}});
  CHECK(Followed({{kSeats, 100, 100, 0}}, {}).empty());
}

TEST_CASE("A product that is no longer on the quote was not bought at all") {
  const std::vector<Unbought> rest = NotBought({{kSupport, 1, 2, 0}}, {});
  CHECK(rest == std::vector<Unbought>{{{kSupport, 1, 2, 0}, 0, 2}});
}

}  // namespace
}  // namespace continuo::quoting::domain
