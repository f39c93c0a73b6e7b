#include "services/webhooks/domain/condition.h"

#include "libs/testing/catch/catch.h"

namespace continuo::webhooks::domain {
namespace {

std::optional<money::Decimal> Number(const char* text) {
  if (text == nullptr) return std::nullopt;
  const auto number = money::Decimal::Parse(text);
  return number ? std::optional(*number) : std::nullopt;
}

TEST_CASE("what a condition asks of a change") {
  struct Row {
    Operator op;
    const char* value;
    const char* from;
    const char* to;
    bool holds;
  };
  using enum Operator;
  for (const auto& row : {Row{kChanged, nullptr, "draft", "open", true},
                          Row{kChanged, nullptr, "null", "open", true},
                          Row{kChanged, nullptr, "open", "open", false},
                          Row{kIncreasedBy, "10", "90", "100", true},
                          Row{kIncreasedBy, "10", "90.01", "100", false},
                          Row{kIncreasedBy, "10", "100", "90", false},
                          Row{kIncreasedBy, nullptr, "1", "2", true},
                          Row{kIncreasedBy, nullptr, "2", "2", false},
                          Row{kIncreasedBy, nullptr, "2", "1", false},
                          Row{kIncreasedBy, "0.1", "0.1", "0.2", true},
                          Row{kDecreasedBy, "10", "100", "90", true},
                          Row{kDecreasedBy, "10", "90", "100", false},
                          Row{kDecreasedBy, nullptr, "-1", "-1.5", true},
                          Row{kCrosses, "100", "99", "100", true},
                          Row{kCrosses, "100", "100", "99.99", true},
                          Row{kCrosses, "100", "100", "150", false},
                          Row{kCrosses, "100", "1", "99", false},
                          // Where a side is no number there is no more and no less.
                          Row{kIncreasedBy, nullptr, "null", "5", false},
                          Row{kCrosses, "5", "null", "5", false},
                          Row{kIncreasedBy, nullptr, "draft", "open", false}}) {
    INFO(static_cast<int>(row.op) << " " << (row.value ? row.value : "-") << ": " << row.from
                                  << " -> " << row.to);
    const Condition condition{"*", "field", row.op, Number(row.value)};
    CHECK(Holds(condition, {{row.from, Number(row.from), ""}, {row.to, Number(row.to), ""}}) ==
          row.holds);
  }
}

TEST_CASE("amounts of two currencies are not compared") {
  const Condition more{"*", "value", Operator::kIncreasedBy, {}};
  const FieldValue small{"{1 EUR}", Number("1"), "EUR"};
  CHECK(Holds(more, {small, {"{2 EUR}", Number("2"), "EUR"}}));
  CHECK_FALSE(Holds(more, {small, {"{2 USD}", Number("2"), "USD"}}));
  CHECK(Holds({"*", "value", Operator::kChanged, {}}, {small, {"{2 USD}", Number("2"), "USD"}}));
}

}  // namespace
}  // namespace continuo::webhooks::domain
