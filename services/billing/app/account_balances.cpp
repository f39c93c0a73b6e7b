#include "services/billing/app/account_balances.h"

#include "continuo/billing/v1/account_balance.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "services/billing/store/sql.h"

namespace continuo::billing::app {

Result<v1::ListAccountBalancesResponse> ListAccountBalances(
    const App& app, const rpc::Call& call, const v1::ListAccountBalancesRequest& request) {
  return app.database.Read(
      call, [&](postgres::Transaction& tx) -> Result<v1::ListAccountBalancesResponse> {
        v1::ListAccountBalancesResponse response;
        RETURN_IF_FAULT(
            postgres::List(tx, {.select = sql::select_account_balances}, request, &response));
        return response;
      });
}

}  // namespace continuo::billing::app
