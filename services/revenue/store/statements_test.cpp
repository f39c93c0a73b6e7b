// Stands last in the program: the stories before have run every statement that revenue has.
#include "libs/testing/catch/catch.h"
#include "services/revenue/app/accounting_periods.h"
#include "services/revenue/app/story_test.h"
#include "services/revenue/store/sql.h"

namespace continuo::revenue {
namespace {

TEST_CASE("every statement prepares against the schema") {
  app::Story story("2026-02-01T09:00:00Z");
  for (const postgres::Statement* statement : sql::statements()) {
    CAPTURE(statement->name);
    CHECK_NOTHROW(story.One("PREPARE s AS " + std::string(statement->text) + "; DEALLOCATE s"));
  }
}

TEST_CASE("every statement was run by the stories before") {
  for (const postgres::Statement* statement : sql::statements()) {
    // A list's statement is wrapped into another text and counted under that.
    if (statement->name.starts_with("select_")) continue;
    CAPTURE(statement->name);
    CHECK(app::StatementsRun().contains(std::string(statement->name)));
  }
}

}  // namespace
}  // namespace continuo::revenue
