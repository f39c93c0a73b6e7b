// Months that are closed for good, and what comes late.
#include "services/revenue/app/accounting_periods.h"

#include "libs/testing/catch/catch.h"
#include "libs/testing/catch/contains_substring.h"
#include "services/revenue/app/story_test.h"

namespace continuo::revenue::app {
namespace {

// A year from February, billed and earned up to a day in April.
struct Books {
  Books() : story("2026-02-01T09:00:00Z") {
    order = story.Accept({{.sold = "1200.00"}}, "2026-02-01");
    story.Initialise(order, 0, "2026-02-01", "2027-02-01");
    story.Bill({{order, 0, "1200.00"}}, "0.00", "2026-02-01");
    story.At("2026-04-10T09:00:00Z");
  }
  Story story;
  quoting::v1::Order order;
};

TEST_CASE("a period exists from its first posting on, and is closed in order") {
  Books books;
  Story& story = books.story;
  CHECK(story.Period("2026-02").status() == v1::ACCOUNTING_PERIOD_STATUS_OPEN);
  CHECK(story.Period("2026-02").start_on() == "2026-02-01");
  CHECK(story.Period("2026-02").end_on() == "2026-03-01");
  CHECK(ReasonOf(story.Close("2026-03")) == "EARLIER_PERIOD_OPEN");
  const auto closed = story.Close("2026-02");
  REQUIRE(closed);
  CHECK(closed->status() == v1::ACCOUNTING_PERIOD_STATUS_CLOSED);
  CHECK(closed->closed_by() == story.user);
  CHECK(closed->revision() == 2);
  CHECK(story.Events("accounting_period.closed") == 1);
  CHECK(ReasonOf(story.Close("2026-02")) == "ACCOUNTING_PERIOD_CLOSED");
  REQUIRE(story.Close("2026-03"));
  CHECK(story.Count("accounting_period WHERE closed_at IS NULL") == 0);
}

TEST_CASE("a month that is not over, or not posted, stays open") {
  Books books;
  Story& story = books.story;
  REQUIRE(story.Close("2026-02"));
  REQUIRE(story.Close("2026-03"));
  story.Bill({{books.order, 0, "10.00"}}, "0.00", "2026-04-10");
  CHECK(ReasonOf(story.Close("2026-04")) == "ACCOUNTING_PERIOD_NOT_OVER");
  story.test.SetClock("revenue", "2026-04-30T22:00:00Z");  // 1 May in Berlin, the job has not run
  CHECK(ReasonOf(story.Close("2026-04")) == "REVENUE_NOT_POSTED");
  story.At("2026-04-30T22:00:00Z");
  REQUIRE(story.Close("2026-04"));
}

TEST_CASE("what comes late is posted to the first open period, and keeps its own days") {
  Books books;
  Story& story = books.story;
  REQUIRE(story.Close("2026-02"));
  REQUIRE(story.Close("2026-03"));
  const auto late = story.Accept({{.sold = "1200.00"}}, "2026-02-01");
  story.Initialise(late, 0, "2026-02-01", "2027-02-01");
  story.Bill({{late, 0, "100.00"}}, "0.00", "2026-03-20");
  story.At("2026-04-10T10:00:00Z");
  CHECK(story.Earned(late, 0) == "2026-02 100.00, 2026-03 100.00");
  CHECK(story.One("SELECT string_agg(kind || ' ' || effective_on || ' ' || posted_on, ', ' ORDER "
                  "BY effective_on) FROM journal_entry WHERE posted_on >= '2026-04-01'") ==
        "revenue 2026-02-28 2026-04-01, invoice 2026-03-20 2026-04-01, revenue 2026-03-31 "
        "2026-04-01");
  CHECK(story.One("SELECT string_agg(data::jsonb->>'period', ',') FROM event_log WHERE type = "
                  "'revenue.recognised' AND data::jsonb->>'contract_id' = '" +
                  late.contract_id() + "'") == "2026-04,2026-04");
  story.CheckLaws();
}

TEST_CASE("a closed period is never written, whoever asks") {
  Books books;
  Story& story = books.story;
  REQUIRE(story.Close("2026-02"));
  const std::string into_february =
      "WITH e AS (INSERT INTO journal_entry (id, account_id, division_id, kind, source, currency, "
      "effective_on, posted_on, known_at) SELECT gen_random_uuid(), account_id, division_id, "
      "'invoice', gen_random_uuid(), currency, effective_on, '2026-02-28', known_at FROM "
      "journal_entry LIMIT 1 RETURNING id, account_id) INSERT INTO journal_line (journal_entry_id, "
      "position, account_id, ledger_account, debit_minor, credit_minor) SELECT id, p, account_id, "
      "'cash', CASE p WHEN 1 THEN 5 ELSE 0 END, CASE p WHEN 1 THEN 0 ELSE 5 END FROM e, "
      "generate_series(1, 2) AS p";
  CHECK_THROWS_WITH(story.One(into_february), testing::ContainsSubstring("closed period"));
  CHECK_THROWS(story.One("UPDATE accounting_period SET closed_at = NULL"));
}

TEST_CASE("a period of a division that is not one's own looks like none") {
  Books books;
  Story& story = books.story;
  v1::CloseAccountingPeriodRequest request;
  request.set_id(story.Period("2026-02").id());
  rpc::Call stranger = story.UserCall("CloseAccountingPeriod");
  stranger.principal.division_ids = {ids::DivisionId::New().ToString()};
  CHECK(ReasonOf(CloseAccountingPeriod(story.app(), stranger, request)) == "NOT_FOUND");
}

TEST_CASE("one who sees no account cannot close over what they do not see") {
  Books books;
  Story& story = books.story;
  REQUIRE(story.Close("2026-02"));
  REQUIRE(story.Close("2026-03"));
  story.Bill({{books.order, 0, "10.00"}}, "0.00", "2026-04-10");
  story.test.SetClock("revenue", "2026-04-30T22:00:00Z");
  v1::CloseAccountingPeriodRequest request;
  request.set_id(story.Period("2026-04").id());
  rpc::Call accountant = story.UserCall("CloseAccountingPeriod");
  accountant.principal.sees_all = false;
  CHECK(ReasonOf(CloseAccountingPeriod(story.app(), accountant, request)) == "REVENUE_NOT_POSTED");
}

}  // namespace
}  // namespace continuo::revenue::app
