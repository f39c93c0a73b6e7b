// Issuing drafts: numbers, due dates, what is owed, and the facts that follow. One or thousands, in
// the caller's transaction, which has written or locked the drafts; the last thing that it does, as
// the series' row stays locked until it commits.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/ids/kinds.h"
#include "libs/money/money.h"
#include "libs/result/result.h"

namespace continuo::postgres {
class Transaction;
}

namespace continuo::billing::app {

struct DraftToIssue {
  ids::InvoiceId id;
  ids::AccountId account_id;
  calendar::Date issue_on;
  int payment_days = 0;
  money::Money net;
  money::Money tax;
  int64_t lines = 0;
};

struct IssueFor {
  ids::DivisionId division_id;
  std::string invoice_series;
  calendar::Date today;  // the division's
};

// INVOICE_NOT_DUE_YET when a draft is planned for a later day. The drafts get their numbers in the
// order given.
Result<void> IssueInvoices(postgres::Transaction& tx, const IssueFor& issuer,
                           std::span<const DraftToIssue> drafts);

}  // namespace continuo::billing::app
