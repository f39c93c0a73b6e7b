// Participants: users who earn commission, from a day on, under plans that are assigned to them.
#pragma once

#include "libs/result/result.h"
#include "services/commissions/app/app.h"

namespace continuo::commissions::v1 {
class AssignCommissionPlanRequest;
class CreateParticipantRequest;
class EndParticipantRequest;
class ReopenParticipantRequest;
class GetParticipantRequest;
class ListParticipantsRequest;
class ListParticipantsResponse;
class Participant;
}  // namespace continuo::commissions::v1

namespace continuo::commissions::app {

Result<v1::Participant> CreateParticipant(const App& app, const rpc::Call& call,
                                          const v1::CreateParticipantRequest& request);
Result<v1::Participant> AssignCommissionPlan(const App& app, const rpc::Call& call,
                                             const v1::AssignCommissionPlanRequest& request);
Result<v1::Participant> EndParticipant(const App& app, const rpc::Call& call,
                                       const v1::EndParticipantRequest& request);
Result<v1::Participant> ReopenParticipant(const App& app, const rpc::Call& call,
                                          const v1::ReopenParticipantRequest& request);
Result<v1::Participant> GetParticipant(const App& app, const rpc::Call& call,
                                       const v1::GetParticipantRequest& request);
Result<v1::ListParticipantsResponse> ListParticipants(const App& app, const rpc::Call& call,
                                                      const v1::ListParticipantsRequest& request);

}  // namespace continuo::commissions::app
