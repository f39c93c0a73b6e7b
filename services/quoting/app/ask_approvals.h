// The approvals that a version needs, made when it is submitted.
#pragma once

#include "libs/result/result.h"
#include "services/quoting/domain/approval_policy.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::quoting::domain {
struct Quote;
}
namespace continuo::quoting::store {
struct StoredQuote;
}

namespace continuo::quoting::app {

// What policies look at. Costs are those of the frozen products.
Result<domain::ApprovalFacts> ApprovalFactsOf(const domain::Quote& quote);

// One approval for each step of each policy that matches, all waiting: OpenNext asks the first. The
// caller holds the quote's row. NO_APPROVER_LEFT where a step names the submitter alone. None
// where no policy matches: then whoever may approve quotes does, as ever.
Result<void> AskApprovals(postgres::Transaction& tx, const store::StoredQuote& stored);

}  // namespace continuo::quoting::app
