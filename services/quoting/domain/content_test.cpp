#include "services/quoting/domain/content.h"

#include <algorithm>

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

TEST_CASE("The binding text holds the binding statements, in one order") {
  const Content content{{"b", "2"}, {"a", "\"x\""}, {"note", "\"y\"", false}, {"c", "null"}};
  CHECK(BindingText(content) == "1:a=3:\"x\"\n1:b=1:2\n");
  Content reversed = content;
  std::reverse(reversed.begin(), reversed.end());
  CHECK(BindingText(reversed) == BindingText(content));
}

TEST_CASE("No two contents share a text") {
  const Content one{{"a", "1\n1:b=1:2"}};
  const Content two{{"a", "1"}, {"b", "2"}};
  CHECK(BindingText(one) != BindingText(two));
}

TEST_CASE("A difference names what changed, came and went") {
  const Content before{{"kept", "1"}, {"changed", "1"}, {"gone", "1"}, {"unset", "null"}};
  const Content after{{"kept", "1"}, {"changed", "2"}, {"new", "3"}, {"empty", "null"}};
  CHECK(Compare(before, after) == Difference{{"changed", {"1", "2"}},
                                             {"gone", {"1", "null"}},
                                             {"new", {"null", "3"}}});
  CHECK(Compare(after, after).empty());
}

}  // namespace
}  // namespace continuo::quoting::domain
