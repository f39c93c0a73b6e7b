#include "services/commissions/app/participants.h"

#include "continuo/commissions/v1/participant.pb.h"
#include "continuo/directory/v1/user.pb.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "libs/postgres/revision.h"
#include "libs/rpc/peers.h"
#include "services/commissions/store/sql.h"

namespace continuo::commissions::app {
namespace {

using postgres::IdOrNull;
using postgres::Parameter;
using postgres::Transaction;

Result<v1::Participant> Load(Transaction& tx, const std::string& id) {
  const postgres::Rows found = tx.Run(sql::select_participant, IdOrNull("part", id));
  if (found.empty()) return NotFound("participant", id);
  v1::Participant participant;
  postgres::Fill(found.front(), &participant);
  postgres::FillAll(tx.Run(sql::list_plan_assignments, IdOrNull("part", id)),
                    participant.mutable_assignments());
  return participant;
}

// On commissions' own behalf: who sets up participants need not be allowed to read users.
Result<void> CheckUser(const App& app, const rpc::Call& call, const std::string& user_id) {
  rpc::Call own = rpc::Call::AsService("commissions", call.request_id);
  own.traceparent = call.traceparent;
  own.deadline = call.deadline;
  directory::v1::GetUserRequest request;
  request.set_id(user_id);
  const Result<directory::v1::User> user = app.peers.Ask<directory::v1::User>(
      own, "continuo.directory.v1.DirectoryService/GetUser", request);
  if (user) return {};
  if (user.error().code != Code::kNotFound) return Failure(user.error());
  return Invalid("/user_id", "REFERENCE_NOT_FOUND", "There is no user " + user_id + ".");
}

Result<void> CheckPlan(Transaction& tx, const std::string& plan_id) {
  if (!tx.Run(sql::select_commission_plan, IdOrNull("plan", plan_id)).empty()) return {};
  return Invalid("/plan_id", "REFERENCE_NOT_FOUND", "There is no commission plan " + plan_id + ".");
}

Result<void> CheckEnd(const std::string& valid_to, calendar::Date valid_from) {
  ASSIGN_OR_RETURN(const calendar::Date end, calendar::Date::Parse(valid_to));
  if (end > valid_from) return {};
  return Invalid("/valid_to", "OUT_OF_RANGE",
                 "The participant begins on " + valid_from.ToString() + ". Use a later day.");
}

Result<postgres::Row> Lock(Transaction& tx, const std::string& id) {
  const postgres::Rows found = tx.Run(sql::lock_participant, IdOrNull("part", id));
  if (found.empty()) return NotFound("participant", id);
  RETURN_IF_FAULT(postgres::CheckRevision(tx.call(), found.front().Int("revision")));
  ASSIGN_OR_RETURN(const v1::Participant before, Load(tx, id));
  tx.AuditBefore(before);
  return found.front();
}

}  // namespace

Result<v1::Participant> CreateParticipant(const App& app, const rpc::Call& call,
                                          const v1::CreateParticipantRequest& request) {
  const v1::Participant& wanted = request.participant();
  RETURN_IF_FAULT(CheckUser(app, call, wanted.user_id()));
  return app.database.Command<v1::Participant>(
      call, [&](Transaction& tx) -> Result<v1::Participant> {
        RETURN_IF_FAULT(CheckPlan(tx, wanted.plan_id()));
        const auto id = ids::ParticipantId::New();
        const bool is_new = tx.Run(sql::insert_participant, id, IdOrNull("usr", wanted.user_id()),
                                   wanted.valid_from(), tx.now())
                                .affected() > 0;
        if (!is_new) {
          return FailedPrecondition("PARTICIPANT_EXISTS",
                                    "User " + wanted.user_id() +
                                        " is a participant already. Use that one; end without "
                                        "valid_to opens it again where it has ended.",
                                    {{"user_id", wanted.user_id()}});
        }
        tx.Run(sql::insert_plan_assignment, id, wanted.valid_from(),
               IdOrNull("plan", wanted.plan_id()), tx.now());
        return Load(tx, id.ToString());
      });
}

Result<v1::Participant> AssignCommissionPlan(const App& app, const rpc::Call& call,
                                             const v1::AssignCommissionPlanRequest& request) {
  return app.database.Command<v1::Participant>(
      call, [&](Transaction& tx) -> Result<v1::Participant> {
        ASSIGN_OR_RETURN(const postgres::Row participant, Lock(tx, request.id()));
        RETURN_IF_FAULT(CheckPlan(tx, request.plan_id()));
        ASSIGN_OR_RETURN(const calendar::Date valid_from,
                         calendar::Date::Parse(request.valid_from()));
        if (valid_from <= participant.Date("assigned_from")) {
          return FailedPrecondition("COMMISSION_TERMS_NOT_LATER",
                                    "The last plan is assigned from " +
                                        participant.Date("assigned_from").ToString() +
                                        " on. Use a later valid_from.");
        }
        tx.Run(sql::insert_plan_assignment, IdOrNull("part", request.id()), request.valid_from(),
               IdOrNull("plan", request.plan_id()), tx.now());
        tx.Run(sql::bump_participant, IdOrNull("part", request.id()));
        return Load(tx, request.id());
      });
}

Result<v1::Participant> EndParticipant(const App& app, const rpc::Call& call,
                                       const v1::EndParticipantRequest& request) {
  return app.database.Command<v1::Participant>(
      call, [&](Transaction& tx) -> Result<v1::Participant> {
        ASSIGN_OR_RETURN(const postgres::Row participant, Lock(tx, request.id()));
        RETURN_IF_FAULT(CheckEnd(request.valid_to(), participant.Date("valid_from")));
        tx.Run(sql::end_participant, IdOrNull("part", request.id()), request.valid_to());
        return Load(tx, request.id());
      });
}

Result<v1::Participant> ReopenParticipant(const App& app, const rpc::Call& call,
                                          const v1::ReopenParticipantRequest& request) {
  return app.database.Command<v1::Participant>(
      call, [&](Transaction& tx) -> Result<v1::Participant> {
        RETURN_IF_FAULT(Lock(tx, request.id()));
        tx.Run(sql::end_participant, IdOrNull("part", request.id()), postgres::NullIfEmpty(""));
        return Load(tx, request.id());
      });
}

Result<v1::Participant> GetParticipant(const App& app, const rpc::Call& call,
                                       const v1::GetParticipantRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) { return Load(tx, request.id()); });
}

Result<v1::ListParticipantsResponse> ListParticipants(const App& app, const rpc::Call& call,
                                                      const v1::ListParticipantsRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListParticipantsResponse> {
    v1::ListParticipantsResponse response;
    const Parameter all[] = {Parameter()};
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_participant, .parameters = all},
                                   request, &response));
    return response;
  });
}

}  // namespace continuo::commissions::app
