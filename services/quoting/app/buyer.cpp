#include "services/quoting/app/buyer.h"

#include "continuo/crm/v1/account.pb.h"
#include "libs/rpc/peers.h"

namespace continuo::quoting::app {

Result<std::string> AskSegment(const App& app, const rpc::Call& call,
                               const ids::AccountId& account_id) {
  crm::v1::GetAccountRequest request;
  request.set_id(account_id.ToString());
  ASSIGN_OR_RETURN(const auto account,
                   app.peers.Ask<crm::v1::Account>(
                       AsQuoting(call), "continuo.crm.v1.CrmService/GetAccount", request));
  return account.segment();
}

}  // namespace continuo::quoting::app
