#include "services/quoting/domain/difference.h"

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

State Seats(const std::string& id, const std::string& quantity) {
  return {{"lines/" + id + "/product_id", "\"prod_seat\""},
          {"lines/" + id + "/quantity", "\"" + quantity + "\""}};
}

TEST_CASE("A field that differs says which way it went") {
  struct Row {
    const char* rule;
    const char* from;
    const char* to;
    std::optional<Direction> direction;
  };
  const Row rows[] = {
      {"a number", "\"5\"", "\"12.5\"", Direction::kUp},
      {"a bare number", "30", "14", Direction::kDown},
      {"as a number, not as a text", "\"100\"", "\"50\"", Direction::kDown},
      {"an amount", R"({"amount":"100.00","currency":"EUR"})",
       R"({"amount":"99.00","currency":"EUR"})", Direction::kDown},
      {"another currency has no direction", R"({"amount":"100.00","currency":"EUR"})",
       R"({"amount":"99.00","currency":"USD"})", std::nullopt},
      {"later is up", "\"2026-03-10\"", "\"2026-04-01\"", Direction::kUp},
      {"a text has none", "\"gold\"", "\"silver\"", std::nullopt},
      {"from nothing there is none", "null", "\"5\"", std::nullopt},
  };
  for (const Row& row : rows) {
    INFO(row.rule);
    const StateDifference found = CompareStates({{"field", row.from}}, {{"field", row.to}});
    REQUIRE(found.header.size() == 1);
    CHECK(found.header[0] == FieldDifference{"field", row.from, row.to, row.direction});
  }
  CHECK(CompareStates({{"field", "1"}}, {{"field", "1"}}).header.empty());
}

TEST_CASE("Lines are added, removed and changed") {
  State before = Seats("ql_1", "100"), after = Seats("ql_1", "50");
  before.merge(Seats("ql_2", "1"));
  after.merge(Seats("ql_3", "2"));
  const StateDifference found = CompareStates(before, after);
  CHECK(found.header.empty());
  REQUIRE(found.lines.size() == 3);
  CHECK(found.lines[0].fate == LineFate::kChanged);
  CHECK(found.lines[0].fields ==
        std::vector<FieldDifference>{{"quantity", "\"100\"", "\"50\"", Direction::kDown}});
  CHECK(found.lines[1].fate == LineFate::kRemoved);
  CHECK(found.lines[1].from_line_id == "ql_2");
  CHECK(found.lines[1].to_line_id.empty());
  CHECK(found.lines[2].fate == LineFate::kAdded);
  CHECK(found.lines[2].product_id == "prod_seat");
}

TEST_CASE("Lines of two quotes meet by product, in their order") {
  State one = Seats("ql_1", "100"), other = Seats("ql_7", "100");
  one.merge(Seats("ql_2", "5"));
  one["lines/ql_3/product_id"] = "\"prod_support\"";
  one["lines/ql_3/covers"] = R"(["ql_1"])";
  other.merge(Seats("ql_8", "6"));
  other["lines/ql_9/product_id"] = "\"prod_support\"";
  other["lines/ql_9/covers"] = R"(["ql_7"])";
  const auto matches = MatchByProduct(one, other);
  CHECK(matches == std::map<std::string, std::string>{
                       {"ql_1", "ql_7"}, {"ql_2", "ql_8"}, {"ql_3", "ql_9"}});
  const StateDifference found = CompareStates(WithLineIds(one, matches), other);
  REQUIRE(found.lines.size() == 1);
  CHECK(found.lines[0].to_line_id == "ql_8");
  CHECK(found.lines[0].fields[0].direction == Direction::kUp);

  one.merge(Seats("ql_4", "9"));
  CHECK_FALSE(MatchByProduct(one, other).contains("ql_4"));
}

}  // namespace
}  // namespace continuo::quoting::domain
