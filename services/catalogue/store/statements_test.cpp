// Stands last in the program: the tests before have run every statement that catalogue has.
#include "libs/testing/catch/catch.h"
#include "services/catalogue/app/stage_test.h"

namespace continuo::catalogue::app {
namespace {

TEST_CASE("Every statement was run by the tests above") {
  for (const postgres::Statement* statement : sql::statements()) {
    if (statement->name == "select_refused_price_rows") continue;  // a list's, run by its text
    INFO(statement->name);
    CHECK(StatementsRun().contains(std::string(statement->name)));
  }
}

}  // namespace
}  // namespace continuo::catalogue::app
