// Findings of a quote, for who asks and for approval policies.
#pragma once

#include <vector>

#include "services/quoting/app/app.h"
#include "services/quoting/domain/findings.h"

namespace continuo::crm::v1 {
class Account;
}
namespace continuo::postgres {
class Transaction;
}
namespace continuo::quoting::v1 {
class GetQuoteFindingsRequest;
class QuoteFindings;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

// What crm knows of an account, 30 where it says nothing.
int PaymentDaysOf(const crm::v1::Account& account);
// Of an account, those that are not completed.
Result<std::vector<domain::OpenOnboarding>> AskOnboardings(const App& app, const rpc::Call& call,
                                                           const ids::AccountId& account_id);
// Of the account of a quote, asked before any transaction.
Result<domain::AccountFacts> AskAccountFacts(const App& app, const rpc::Call& call,
                                             const std::string& quote_id);

// Of what is sold of the quote; priced since it was loaded or not.
std::vector<domain::Finding> FindingsOf(postgres::Transaction& tx, const domain::Quote& quote,
                                        const domain::AccountFacts& account);

Result<v1::QuoteFindings> GetQuoteFindings(const App& app, const rpc::Call& call,
                                           const v1::GetQuoteFindingsRequest& request);

}  // namespace continuo::quoting::app
