#include "services/commissions/app/plans.h"

#include "continuo/commissions/v1/participant.pb.h"
#include "continuo/commissions/v1/plan.pb.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "services/commissions/store/sql.h"

namespace continuo::commissions::app {

using postgres::IdOrNull;
using postgres::Parameter;

Result<v1::CommissionPlan> CreateCommissionPlan(postgres::Database& database, const rpc::Call& call,
                                                const v1::CreateCommissionPlanRequest& request) {
  return database.Command<v1::CommissionPlan>(
      call, [&](postgres::Transaction& tx) -> Result<v1::CommissionPlan> {
        const auto id = ids::CommissionPlanId::New();
        tx.Run(sql::insert_commission_plan, id, request.commission_plan().name(),
               request.commission_plan().rate_percent(), tx.now());
        v1::CommissionPlan plan;
        postgres::Fill(tx.Run(sql::select_commission_plan, id).front(), &plan);
        return plan;
      });
}

Result<v1::ListCommissionPlansResponse> ListCommissionPlans(
    postgres::Database& database, const rpc::Call& call,
    const v1::ListCommissionPlansRequest& request) {
  return database.Read(call,
                       [&](postgres::Transaction& tx) -> Result<v1::ListCommissionPlansResponse> {
                         v1::ListCommissionPlansResponse response;
                         const Parameter all[] = {Parameter()};
                         RETURN_IF_FAULT(postgres::List(
                             tx, {.select = sql::select_commission_plan, .parameters = all},
                             request, &response));
                         return response;
                       });
}

Result<v1::Participant> CreateParticipant(postgres::Database& database, const rpc::Call& call,
                                          const v1::CreateParticipantRequest& request) {
  return database.Command<v1::Participant>(
      call, [&](postgres::Transaction& tx) -> Result<v1::Participant> {
        const Parameter plan_id = IdOrNull("plan", request.participant().plan_id());
        if (tx.Run(sql::select_commission_plan, plan_id).empty()) {
          return Invalid("/plan_id", "REFERENCE_NOT_FOUND", "There is no such commission plan.");
        }
        const auto id = ids::ParticipantId::New();
        const bool is_new =
            tx.Run(sql::insert_participant, id, IdOrNull("usr", request.participant().user_id()),
                   plan_id, tx.now())
                .affected() > 0;
        if (!is_new) {
          return FailedPrecondition("PARTICIPANT_EXISTS",
                                    "The user is a participant already. Use that one.");
        }
        v1::Participant participant;
        postgres::Fill(tx.Run(sql::select_participant, id).front(), &participant);
        return participant;
      });
}

Result<v1::ListParticipantsResponse> ListParticipants(postgres::Database& database,
                                                      const rpc::Call& call,
                                                      const v1::ListParticipantsRequest& request) {
  return database.Read(
      call, [&](postgres::Transaction& tx) -> Result<v1::ListParticipantsResponse> {
        v1::ListParticipantsResponse response;
        const Parameter all[] = {Parameter()};
        RETURN_IF_FAULT(postgres::List(
            tx, {.select = sql::select_participant, .parameters = all}, request, &response));
        return response;
      });
}

}  // namespace continuo::commissions::app
