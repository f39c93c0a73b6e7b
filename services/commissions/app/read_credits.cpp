#include "services/commissions/app/read_credits.h"

#include "continuo/commissions/v1/credit.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "services/commissions/store/sql.h"

namespace continuo::commissions::app {

using postgres::Parameter;
using postgres::Transaction;

Result<v1::Credit> GetCredit(const App& app, const rpc::Call& call,
                             const v1::GetCreditRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::Credit> {
    const postgres::Rows found =
        tx.Run(sql::select_credit, postgres::IdOrNull("cred", request.id()));
    if (found.empty()) return NotFound("credit", request.id());
    v1::Credit credit;
    postgres::Fill(found.front(), &credit);
    return credit;
  });
}

Result<v1::ListCreditsResponse> ListCredits(const App& app, const rpc::Call& call,
                                            const v1::ListCreditsRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListCreditsResponse> {
    v1::ListCreditsResponse response;
    const Parameter all[] = {Parameter()};
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_credit, .parameters = all}, request,
                                   &response));
    return response;
  });
}

}  // namespace continuo::commissions::app
