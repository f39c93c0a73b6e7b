// The approvals that a version needs, made when it is submitted.
#pragma once

#include <vector>

#include "libs/result/result.h"
#include "services/quoting/domain/approval_policy.h"
#include "services/quoting/domain/findings.h"
#include "services/quoting/domain/margin.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::quoting::domain {
struct Quote;
}
namespace continuo::quoting::v1 {
class ApprovalPolicy;
}
namespace continuo::quoting::store {
struct StoredQuote;
}

namespace continuo::quoting::app {

// What has to be bought for the lines, from their frozen products, by currency.
Result<domain::Costs> CostsOf(const domain::Quote& quote);
// What policies look at and other services know; asked before the transaction.
struct KnownElsewhere {
  domain::Rates rates;
  domain::AccountFacts account;
};
// The active policies of its division that match what is chosen, or what else may be; in the order of
// their priority.
Result<std::vector<v1::ApprovalPolicy>> MatchingPolicies(postgres::Transaction& tx,
                                                         const domain::Quote& quote,
                                                         const KnownElsewhere& known);

// One approval for each step of each policy that matches, all waiting: OpenNext asks the first. The
// caller holds the quote's row. NO_APPROVER_LEFT where a step names the submitter alone. None
// where no policy matches: then whoever may approve quotes does, as ever.
Result<void> AskApprovals(postgres::Transaction& tx, const store::StoredQuote& stored,
                          const KnownElsewhere& known);

}  // namespace continuo::quoting::app
