#include "libs/http/target.h"

#include "libs/testing/catch/catch.h"

namespace continuo::http {
namespace {

TEST_CASE("a path is split, then decoded once") {
  using Segments = std::vector<std::string>;
  struct Row {
    const char* path;
    std::optional<Segments> segments;
  };
  const Row rows[] = {
      {"/", Segments{}},
      {"/v1/quotes", Segments{"v1", "quotes"}},
      {"/v1/quotes/", Segments{"v1", "quotes", ""}},
      {"//v1", Segments{"", "v1"}},
      {"/a%2Fb/c", Segments{"a/b", "c"}},
      {"/a%2fb", Segments{"a/b"}},
      {"/100%25", Segments{"100%"}},
      {"/%2525", Segments{"%25"}},
      {"/a+b", Segments{"a+b"}},
      {"/%C3%A9", Segments{"\xC3\xA9"}},
      {"/%F0%9F%98%80", Segments{"\xF0\x9F\x98\x80"}},
      {"/...", Segments{"..."}},
      {"/.well-known", Segments{".well-known"}},
      {"", std::nullopt},
      {"v1", std::nullopt},
      {"/.", std::nullopt},
      {"/..", std::nullopt},
      {"/a/../b", std::nullopt},
      {"/a/./b", std::nullopt},
      {"/%2e%2E/b", std::nullopt},
      {"/.%2e", std::nullopt},
      {"/%", std::nullopt},
      {"/%2", std::nullopt},
      {"/%2G", std::nullopt},
      {"/%00", std::nullopt},
      {"/%FF", std::nullopt},
      {"/%C0%AF", std::nullopt},
      {"/%ED%A0%80", std::nullopt},
      {"/%E2%82", std::nullopt},
      {"/%F4%90%80%80", std::nullopt},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CHECK(SplitPath(row.path) == row.segments);
  }
  CHECK(SplitPath(std::string(16'000, '/'))->size() == 16'000);
}

TEST_CASE("a query is split, then decoded once") {
  struct Row {
    const char* query;
    const char* pairs;  // "name=value;"; null: refused
  };
  const Row rows[] = {
      {"", ""},
      {"a=1", "a=1;"},
      {"a=1&a=2", "a=1;a=2;"},
      {"&&a=1&", "a=1;"},
      {"a", "a=;"},
      {"a=b=c", "a=b=c;"},
      {"=1", "=1;"},
      {"q=a+b%2Bc", "q=a b+c;"},
      {"created_at%5Bgte%5D=2026", "created_at[gte]=2026;"},
      {"created_at[gte]=2026", "created_at[gte]=2026;"},
      {"a=%26%3D", "a=&=;"},
      {"a=%", nullptr},
      {"%zz=1", nullptr},
      {"a=%00", nullptr},
      {"a=%80", nullptr},
  };
  for (const Row& row : rows) {
    CAPTURE(row.query);
    auto parameters = SplitQuery(row.query);
    REQUIRE(parameters.has_value() == (row.pairs != nullptr));
    if (!parameters) continue;
    std::string pairs;
    for (const Parameter& parameter : *parameters) {
      pairs += parameter.name + "=" + parameter.value + ";";
    }
    CHECK(pairs == row.pairs);
  }
}

}  // namespace
}  // namespace continuo::http
