// Stands last in the program: the tests before have run every statement that directory has.
#include "libs/testing/catch/catch.h"
#include "services/directory/app/stage_test.h"

namespace continuo::directory {
namespace {

TEST_CASE("every statement was run by the tests above") {
  for (const postgres::Statement* statement : sql::statements()) {
    // Read through List and FindById, which run a text around it.
    if (statement->name.starts_with("select_")) continue;
    INFO(statement->name);
    CHECK(StatementsRun().contains(std::string(statement->name)));
  }
}

}  // namespace
}  // namespace continuo::directory
