#include "services/quoting/app/buyer.h"

#include "continuo/crm/v1/account.pb.h"
#include "libs/postgres/database.h"
#include "libs/rpc/peers.h"
#include "services/quoting/store/sql.h"

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

Result<std::set<ids::ProductId>> FindOwned(const App& app, const rpc::Call& call,
                                           const ids::AccountId& account_id) {
  return app.database.Read(
      call, [&](postgres::Transaction& tx) -> Result<std::set<ids::ProductId>> {
        std::set<ids::ProductId> owned;
        for (const postgres::Row row : tx.Run(sql::list_owned_products, account_id)) {
          owned.insert(ids::ProductId(row.Uuid("product_id")));
        }
        return owned;
      });
}

}  // namespace continuo::quoting::app
