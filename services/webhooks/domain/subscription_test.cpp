#include "services/webhooks/domain/subscription.h"

#include "libs/testing/catch/catch.h"

namespace continuo::webhooks::domain {
namespace {

TEST_CASE("an endpoint wants what it listens to, of its division or of none") {
  struct Row {
    const char* division_of_endpoint;
    const char* type;
    const char* division_of_event;
    bool wants;
  };
  for (const auto& row : {Row{"", "invoice.issued", "", true},
                          Row{"", "invoice.issued", "div_1", true},
                          Row{"div_1", "invoice.issued", "div_1", true},
                          Row{"div_1", "invoice.issued", "div_2", false},
                          Row{"div_1", "invoice.issued", "", true},
                          Row{"", "quote.created", "", false}}) {
    INFO(row.division_of_endpoint << " " << row.type << " " << row.division_of_event);
    const Subscription subscription{"we_1", {"invoice.*"}, row.division_of_endpoint};
    CHECK(Wants(subscription, {row.type, "inv_1", row.division_of_event}) == row.wants);
  }
}

TEST_CASE("what is of many divisions is for an endpoint of all") {
  const FeedEvent paid{"commission_statement.paid", "stmt_1", ""};
  CHECK(Wants({"we_1", {"*"}, ""}, paid));
  CHECK_FALSE(Wants({"we_1", {"*"}, "div_1"}, paid));
  CHECK_FALSE(OfManyDivisions("credit.created"));
}

TEST_CASE("conditions hold back events of the types that they name") {
  const auto value = [](const char* from, const char* to) {
    const auto read = [](const char* text) {
      return FieldValue{text, money::Decimal::Parse(text).value(), ""};
    };
    return FeedEvent{"opportunity.value_changed", "opp_1", "", {{"value", {read(from), read(to)}}}};
  };
  const auto thousand = money::Decimal::Parse("1000").value();
  Subscription subscription{"we_1", {"*"}, "", {}};
  subscription.conditions = {{"opportunity.*", "value", Operator::kIncreasedBy, thousand}};
  CHECK(Wants(subscription, value("500", "1500")));
  CHECK_FALSE(Wants(subscription, value("500", "600")));
  CHECK_FALSE(Wants(subscription, {"opportunity.won", "opp_1", "", {}}));
  CHECK(Wants(subscription, {"invoice.issued", "inv_1", "", {}}));
  // All of them.
  subscription.conditions.push_back(
      {"opportunity.value_changed", "value", Operator::kCrosses, thousand});
  CHECK(Wants(subscription, value("500", "1500")));
  CHECK_FALSE(Wants(subscription, value("1500", "3000")));
}

TEST_CASE("a test goes to the tested endpoint alone") {
  const FeedEvent test{kTestType, "we_1", ""};
  CHECK(Wants({"we_1", {"invoice.*"}, "div_1"}, test));
  CHECK_FALSE(Wants({"we_2", {"*"}, ""}, test));
}

}  // namespace
}  // namespace continuo::webhooks::domain
