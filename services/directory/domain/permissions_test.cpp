#include "services/directory/domain/permissions.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::directory::domain {
namespace {

TEST_CASE("a wildcard includes what it covers, and no more") {
  struct Row {
    std::string wider;
    std::string narrower;
    bool includes;
  };
  const Row row = GENERATE(values<Row>({
      {"*", "quotes.approve", true},
      {"*", "quotes.*", true},
      {"*", "*", true},
      {"quotes.*", "quotes.approve", true},
      {"quotes.*", "quotes.*", true},
      {"quotes.*", "*", false},
      {"quotes.*", "quotes_archive.read", false},
      {"quotes.read", "quotes.read", true},
      {"quotes.read", "quotes.*", false},
      {"quotes.read", "quotes.readers", false},
  }));
  INFO(row.wider << " includes " << row.narrower);
  CHECK(Includes(row.wider, row.narrower) == row.includes);
}

TEST_CASE("a key may do what its user's profile allows, within its scopes") {
  struct Row {
    Permissions profile;
    Permissions scopes;
    Permissions allowed;
  };
  const Row row = GENERATE(values<Row>({
      {{"quotes.read", "orders.read"}, {}, {"orders.read", "quotes.read"}},
      {{"*"}, {"quotes.read"}, {"quotes.read"}},
      {{"quotes.read"}, {"*"}, {"quotes.read"}},
      {{"quotes.*", "orders.read"}, {"quotes.read", "orders.*"}, {"orders.read", "quotes.read"}},
      {{"quotes.*"}, {"orders.*"}, {}},
      {{}, {"*"}, {}},
      {{"quotes.*", "quotes.read"}, {"quotes.*"}, {"quotes.*"}},
      {{"quotes.read", "*"}, {}, {"*"}},
  }));
  CHECK(Narrow(row.profile, row.scopes) == row.allowed);
}

TEST_CASE("nobody gives more than they have") {
  CHECK(FirstNotHeld({"quotes.*"}, {"quotes.read", "quotes.approve"}) == std::nullopt);
  CHECK(FirstNotHeld({"quotes.*"}, {"quotes.read", "orders.read"}) == "orders.read");
  CHECK(FirstNotHeld({"quotes.*"}, {"*"}) == "*");
  CHECK(FirstNotHeld({}, {}) == std::nullopt);
}

rc::Gen<Permissions> SomePermissions() {
  return rc::gen::container<Permissions>(rc::gen::element<std::string>(
      "*", "quotes.*", "quotes.read", "quotes.approve", "orders.*", "orders.read"));
}

TEST_CASE("law: an operation is allowed exactly when both profile and scopes allow it") {
  CHECK(rc::check([] {
    const auto profile = *SomePermissions();
    const auto scopes = *rc::gen::nonEmpty(SomePermissions());
    const auto operation = *rc::gen::element<std::string>("quotes.read", "quotes.approve",
                                                          "orders.read", "orders.create");
    const auto allows = [&](const Permissions& list) { return !FirstNotHeld(list, {operation}); };
    RC_ASSERT(allows(Narrow(profile, scopes)) == (allows(profile) && allows(scopes)));
    RC_ASSERT(!FirstNotHeld(profile, Narrow(profile, scopes)));
  }));
}

}  // namespace
}  // namespace continuo::directory::domain
