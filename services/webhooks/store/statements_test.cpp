// Linked after all other tests: it looks at what they have run.
#include "services/webhooks/app/stage_test.h"

namespace continuo::webhooks {
namespace {

TEST_CASE("every statement prepares against the schema, and is run by some test") {
  Stage stage;
  for (const postgres::Statement* statement : sql::statements()) {
    CAPTURE(statement->name);
    CHECK_NOTHROW(stage.test.Execute("SET search_path = webhooks; PREPARE s AS " +
                                     std::string(statement->text) + "; DEALLOCATE s"));
    CHECK(StatementsRun().contains(std::string(statement->name)));
  }
}

}  // namespace
}  // namespace continuo::webhooks
