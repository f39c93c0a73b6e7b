// Who may see which account: links closed over the tree, kept and published.
//
// RecomputeAccess runs with the consumers, as the worker: who ends a link on an account need not
// see the links above it, and still they count. One closing follows another (access_closure), so
// each sees all that was true before, and its number is the revision that the others project.
#pragma once

#include <string>

#include "libs/ids/kinds.h"
#include "libs/result/result.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::directory::v1 {
class AccessExplanation;
class AccountAccess;
class ExplainAccessRequest;
class GetAccountAccessRequest;
}  // namespace continuo::directory::v1

namespace continuo::directory::app {

struct App;

// Closes the links over the account and all below it; publishes account_access.changed for each
// account whose grants have changed.
void RecomputeAccess(postgres::Transaction& tx, ids::AccountId account);

Result<v1::AccountAccess> GetAccountAccess(const App& app, const rpc::Call& call,
                                           const v1::GetAccountAccessRequest& request);
Result<v1::AccessExplanation> ExplainAccess(const App& app, const rpc::Call& call,
                                            const v1::ExplainAccessRequest& request);

}  // namespace continuo::directory::app
