#include "services/quoting/app/residual_demands.h"

#include "continuo/quoting/v1/events.pb.h"
#include "continuo/quoting/v1/residual_demand.pb.h"
#include "libs/events/append.h"
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

// An open demand that `change` closes and `tell` tells of.
template <class Change, class Tell>
Result<v1::ResidualDemand> Close(const App& app, const rpc::Call& call, const std::string& id_text,
                                 Change change, Tell tell) {
  ASSIGN_OR_RETURN(const ids::ResidualDemandId id, ReadId(id_text));
  return app.database.Command<v1::ResidualDemand>(
      call, [&](Transaction& tx) -> Result<v1::ResidualDemand> {
        const Rows locked = tx.Run(sql::lock_residual_demand, id);
        if (locked.empty()) return NotFound("residual_demand", id_text);
        RETURN_IF_FAULT(postgres::CheckRevision(call, locked.front().Int("revision")));
        if (locked.front().Text("status") != "open") {
          return FailedPrecondition("RESIDUAL_DEMAND_CLOSED",
                                    "The residual demand was dismissed or pursued before.");
        }
        ASSIGN_OR_RETURN(const v1::ResidualDemand before, Show(tx, id));
        tx.AuditBefore(before);
        change(tx, id);
        ASSIGN_OR_RETURN(const v1::ResidualDemand after, Show(tx, id));
        tell(tx, after);
        return after;
      });
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
  return Close(app, call, request.id(),
               [&](Transaction& tx, const ids::ResidualDemandId& id) {
                 tx.Run(sql::dismiss_residual_demand, id, request.reason());
               },
               [](Transaction& tx, const v1::ResidualDemand& demand) {
                 v1::ResidualDemandDismissed fact;
                 fact.set_id(demand.id());
                 fact.set_revision(demand.revision());
                 fact.set_account_id(demand.account_id());
                 fact.set_reason(demand.reason());
                 events::Append(tx, fact, {.source_version = demand.revision()});
               });
}

Result<v1::ResidualDemand> PursueResidualDemand(const App& app, const rpc::Call& call,
                                                const v1::PursueResidualDemandRequest& request) {
  return Close(app, call, request.id(),
               [&](Transaction& tx, const ids::ResidualDemandId& id) {
                 tx.Run(sql::pursue_residual_demand, id, ids::OpportunityId::New(),
                        postgres::IdOrNull("usr", call.principal.user_id), tx.now());
               },
               [](Transaction& tx, const v1::ResidualDemand& demand) {
                 v1::ResidualDemandPursued fact;
                 fact.set_id(demand.id());
                 fact.set_revision(demand.revision());
                 fact.set_account_id(demand.account_id());
                 fact.set_product_id(demand.product_id());
                 fact.set_product_code(demand.product_code());
                 fact.set_quantity(demand.quantity());
                 fact.set_opportunity_id(demand.opportunity_id());
                 fact.set_pursued_by(demand.pursued_by());
                 events::Append(tx, fact, {.source_version = demand.revision()});
               });
}

}  // namespace continuo::quoting::app
