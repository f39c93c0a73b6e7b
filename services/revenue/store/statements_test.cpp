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

TEST_CASE("what a list may be filtered by has an index") {
  struct Row {
    const postgres::Statement& select;
    const char* condition;
    const char* index;
  };
  const std::vector<Row> rows = {
      {sql::select_performance_obligations, "contract_id = 'ID'",
       "performance_obligation_of_contract"},
      {sql::select_revenue_waterfall, "contract_id = 'ID'", "performance_obligation_of_contract"},
      {sql::select_journal_entries, "invoice_id = 'ID'", "journal_entry_invoice"},
      {sql::select_journal_entries, "credit_note_id = 'ID'", "journal_entry_credit_note"},
      {sql::select_journal_entries, "revenue_contract_id = 'ID'",
       "journal_entry_revenue_contract"},
      {sql::select_journal_entries,
       "posted_on >= '2026-01-01' AND posted_on <= '2026-01-31' ORDER BY posted_on, id LIMIT 26",
       "journal_entry_posted"},
  };
  app::Story story("2026-02-01T09:00:00Z");
  for (const Row& row : rows) {
    std::string condition = row.condition;
    if (const size_t at = condition.find("ID"); at != std::string::npos) {
      condition.replace(at, 2, ids::Uuid().ToString());
    }
    CAPTURE(row.select.name, condition);
    // A table without rows is read as a whole by preference.
    CHECK(story
              .One("SET enable_seqscan = off; EXPLAIN (FORMAT JSON) SELECT * FROM (" +
                   std::string(row.select.text) + ") AS r WHERE " + condition)
              .find('"' + std::string(row.index) + '"') != std::string::npos);
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
