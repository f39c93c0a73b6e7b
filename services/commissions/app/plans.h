// Commission plans, and the participants under them.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::commissions::v1 {
class CommissionPlan;
class CreateCommissionPlanRequest;
class CreateParticipantRequest;
class ListCommissionPlansRequest;
class ListCommissionPlansResponse;
class ListParticipantsRequest;
class ListParticipantsResponse;
class Participant;
}  // namespace continuo::commissions::v1

namespace continuo::commissions::app {

Result<v1::CommissionPlan> CreateCommissionPlan(postgres::Database& database, const rpc::Call& call,
                                                const v1::CreateCommissionPlanRequest& request);
Result<v1::ListCommissionPlansResponse> ListCommissionPlans(
    postgres::Database& database, const rpc::Call& call,
    const v1::ListCommissionPlansRequest& request);
Result<v1::Participant> CreateParticipant(postgres::Database& database, const rpc::Call& call,
                                          const v1::CreateParticipantRequest& request);
Result<v1::ListParticipantsResponse> ListParticipants(postgres::Database& database,
                                                      const rpc::Call& call,
                                                      const v1::ListParticipantsRequest& request);

}  // namespace continuo::commissions::app
