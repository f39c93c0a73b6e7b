// Stands last in the program: the tests before have run every statement that quoting has.
#include "libs/testing/catch/catch.h"
#include "services/quoting/app/stage_test.h"

namespace continuo::quoting {
namespace {

TEST_CASE("Every statement is run by some test") {
  std::set<std::string> missing;
  for (const postgres::Statement* statement : sql::statements()) {
    if (statement->name.starts_with("select_")) continue;  // run as part of lists, by their text
    if (!app::StatementsRun().contains(std::string(statement->name))) {
      missing.emplace(statement->name);
    }
  }
  CHECK(missing == std::set<std::string>{});
}

}  // namespace
}  // namespace continuo::quoting
