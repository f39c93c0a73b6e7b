#include "services/billing/domain/issue.h"

#include "libs/testing/catch/catch.h"

namespace continuo::billing::domain {
namespace {

using calendar::Date;

TEST_CASE("an invoice is due its payment days after the day it goes out") {
  struct Row {
    Date issue_on;
    Date today;
    int payment_days;
    Date due_on;
  };
  const Row row =
      GENERATE(Row{Date(2026, 3, 1), Date(2026, 3, 1), 30, Date(2026, 3, 31)},
               Row{Date(2026, 3, 1), Date(2026, 3, 5), 30, Date(2026, 4, 4)},  // issued later
               Row{Date(2028, 2, 1), Date(2028, 2, 1), 28, Date(2028, 2, 29)},
               Row{Date(2026, 1, 31), Date(2026, 1, 31), 0, Date(2026, 1, 31)});  // at once
  const auto issued = Issue(
      {.id = "inv_1", .issue_on = row.issue_on, .payment_days = row.payment_days}, row.today);
  REQUIRE(issued);
  CHECK(issued->issued_on == row.today);
  CHECK(issued->due_on == row.due_on);
}

TEST_CASE("only a draft whose day has come is issued") {
  struct Row {
    DraftState state;
    Date today;
    const char* reason;
  };
  const Row row = GENERATE(Row{DraftState::kIssued, Date(2026, 3, 1), "INVOICE_NOT_DRAFT"},
                           Row{DraftState::kVoid, Date(2026, 3, 1), "INVOICE_NOT_DRAFT"},
                           Row{DraftState::kDraft, Date(2026, 2, 28), "INVOICE_NOT_DUE_YET"});
  const auto issued =
      Issue({.id = "inv_1", .state = row.state, .issue_on = Date(2026, 3, 1)}, row.today);
  REQUIRE_FALSE(issued);
  CHECK(issued.error().reason == row.reason);
}

TEST_CASE("numbers name their series") {
  CHECK(DocumentNumber("DE", DocumentKind::kInvoice, 1) == "DE-000001");
  CHECK(DocumentNumber("DE", DocumentKind::kCreditNote, 42) == "DE-CN-000042");
  CHECK(DocumentNumber("DE", DocumentKind::kInvoice, 999'999) == "DE-999999");
  CHECK(DocumentNumber("DE", DocumentKind::kInvoice, 1'000'000) == "DE-1000000");
}

}  // namespace
}  // namespace continuo::billing::domain
