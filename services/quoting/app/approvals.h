// Approvals of a version: decided, delegated, voided. Whoever changes one holds its quote's row.
#pragma once

#include <string>

#include "services/quoting/app/app.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::quoting::domain {
struct Decider;
struct Quote;
}  // namespace continuo::quoting::domain
namespace continuo::quoting::store {
struct StoredQuote;
}
namespace continuo::quoting::v1 {
class Approval;
class ApproveApprovalRequest;
class DelegateApprovalRequest;
class GetApprovalRequest;
class ListApprovalsRequest;
class ListApprovalsResponse;
class RejectApprovalRequest;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::Approval> GetApproval(const App& app, const rpc::Call& call,
                                 const v1::GetApprovalRequest& request);
Result<v1::ListApprovalsResponse> ListApprovals(const App& app, const rpc::Call& call,
                                                const v1::ListApprovalsRequest& request);
Result<v1::Approval> ApproveApproval(const App& app, const rpc::Call& call,
                                     const v1::ApproveApprovalRequest& request);
Result<v1::Approval> RejectApproval(const App& app, const rpc::Call& call,
                                    const v1::RejectApprovalRequest& request);
Result<v1::Approval> DelegateApproval(const App& app, const rpc::Call& call,
                                      const v1::DelegateApprovalRequest& request);

// The security profile of a user, by directory; empty: there is no such user.
Result<std::string> ProfileOf(const App& app, const rpc::Call& call, const std::string& user_id);
// The caller, with their profile where an open approval of the quote is a profile's.
Result<domain::Decider> DeciderOf(const App& app, const rpc::Call& call,
                                  const std::string& quote_id);
// For POST /v1/quotes/{id}/approve and reject. Where no policy asked anything, nothing happens and
// everybody may. Approving decides every open approval that waits for the decider; the first that
// does not let them answers where none does.
enum class Standing { kComplete, kOpen };
Result<Standing> ApproveOwn(postgres::Transaction& tx, const store::StoredQuote& stored,
                            const domain::Decider& decider);
Result<void> RejectOwn(postgres::Transaction& tx, const store::StoredQuote& stored,
                       const domain::Decider& decider, const std::string& reason);

// Asks those whose turn has come.
void OpenNext(postgres::Transaction& tx, const domain::Quote& quote);
// Of the versions before the quote's, all; of its own, those that are not decided.
void VoidApprovals(postgres::Transaction& tx, const domain::Quote& quote);

}  // namespace continuo::quoting::app
