#include "services/quoting/app/residual_demands.h"

#include "continuo/quoting/v1/residual_demand.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "libs/postgres/revision.h"
#include "services/quoting/app/show.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using postgres::Rows;
using postgres::Transaction;

Result<ids::ResidualDemandId> ReadId(const std::string& text) {
  const Result<ids::ResidualDemandId> id = ids::ResidualDemandId::Parse(text);
  if (!id) return NotFound("residual_demand", text);
  return id;
}

Result<v1::ResidualDemand> Show(Transaction& tx, const ids::ResidualDemandId& id) {
  const Rows found = RowsOf(tx, sql::select_residual_demands, "id = $1", id.uuid());
  if (found.empty()) return NotFound("residual_demand", id.ToString());
  v1::ResidualDemand demand;
  postgres::Fill(found.front(), &demand);
  return demand;
}

}  // namespace

Result<v1::ResidualDemand> GetResidualDemand(const App& app, const rpc::Call& call,
                                             const v1::GetResidualDemandRequest& request) {
  ASSIGN_OR_RETURN(const ids::ResidualDemandId id, ReadId(request.id()));
  return app.database.Read(call, [&](Transaction& tx) { return Show(tx, id); });
}

Result<v1::ListResidualDemandsResponse> ListResidualDemands(
    const App& app, const rpc::Call& call, const v1::ListResidualDemandsRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListResidualDemandsResponse> {
    v1::ListResidualDemandsResponse response;
    RETURN_IF_FAULT(
        postgres::List(tx, {.select = sql::select_residual_demands}, request, &response));
    return response;
  });
}

Result<v1::ResidualDemand> DismissResidualDemand(const App& app, const rpc::Call& call,
                                                 const v1::DismissResidualDemandRequest& request) {
  ASSIGN_OR_RETURN(const ids::ResidualDemandId id, ReadId(request.id()));
  return app.database.Command<v1::ResidualDemand>(
      call, [&](Transaction& tx) -> Result<v1::ResidualDemand> {
        const Rows locked = tx.Run(sql::lock_residual_demand, id);
        if (locked.empty()) return NotFound("residual_demand", request.id());
        RETURN_IF_FAULT(postgres::CheckRevision(call, locked.front().Int("revision")));
        if (locked.front().Text("status") != "open") {
          return FailedPrecondition("RESIDUAL_DEMAND_CLOSED",
                                    "The residual demand was dismissed before.");
        }
        ASSIGN_OR_RETURN(const v1::ResidualDemand before, Show(tx, id));
        tx.AuditBefore(before);
        tx.Run(sql::dismiss_residual_demand, id, request.reason());
        return Show(tx, id);
      });
}

}  // namespace continuo::quoting::app
