#include "services/quoting/app/approvals.h"

#include <algorithm>
#include <chrono>

#include "continuo/directory/v1/user.pb.h"
#include "continuo/quoting/v1/approval.pb.h"
#include "continuo/quoting/v1/approval_events.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/resource.h"
#include "libs/rpc/peers.h"
#include "services/quoting/app/act_on_quote.h"
#include "services/quoting/domain/approval_flow.h"
#include "services/quoting/domain/approval_ids.h"
#include "services/quoting/store/quote_store.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using domain::Decider;
using domain::Seats;
using postgres::Transaction;
using store::StoredQuote;

const postgres::Resource kApproval{sql::select_approval, sql::lock_approval};

static_assert(v1::APPROVAL_STATUS_VOIDED - 1 == static_cast<int>(domain::ApprovalStatus::kVoided));
domain::ApprovalStatus StatusOf(const v1::Approval& approval) {
  return static_cast<domain::ApprovalStatus>(approval.status() - 1);
}

std::string StatusText(v1::ApprovalStatus status) {
  switch (status) {
    case v1::APPROVAL_STATUS_WAITING:
      return "waiting";
    case v1::APPROVAL_STATUS_OPEN:
      return "open";
    case v1::APPROVAL_STATUS_APPROVED:
      return "approved";
    case v1::APPROVAL_STATUS_REJECTED:
      return "rejected";
    default:
      return "voided";
  }
}

google::protobuf::Timestamp Stamp(calendar::Instant at) {
  google::protobuf::Timestamp stamp;
  stamp.set_seconds(std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
  return stamp;
}

template <class Fact>
Fact About(const v1::Approval& approval) {
  Fact fact;
  fact.set_id(approval.id());
  fact.set_revision(approval.revision());
  fact.set_account_id(approval.account_id());
  fact.set_quote_id(approval.quote_id());
  fact.set_quote_version(approval.quote_version());
  return fact;
}

template <class Fact>
void Tell(Transaction& tx, const Fact& fact) {
  events::Append(tx, fact, {.source_version = fact.revision()});
}

Seats SeatsOf(const v1::Approval& approval) {
  return {.users = {approval.waits_for().begin(), approval.waits_for().end()},
          .profile = approval.profile_id(),
          .all = approval.mode() == v1::APPROVAL_MODE_ALL,
          .submitter = approval.submitted_by(),
          .submitter_may_approve = approval.submitter_may_approve()};
}

void SetWaitsFor(const std::vector<std::string>& users, v1::Approval* approval) {
  approval->mutable_waits_for()->Assign(users.begin(), users.end());
}

void Save(Transaction& tx, v1::Approval* approval) {
  approval->set_revision(approval->revision() + 1);
  const std::string document = postgres::Document(*approval);
  tx.Run(sql::update_approval, postgres::IdOrNull("appr", approval->id()), approval->revision(),
         StatusText(approval->status()), postgres::IdArray("usr", approval->waits_for()),
         postgres::Json{document});
}

std::vector<v1::Approval> OfVersion(Transaction& tx, const domain::Quote& quote) {
  std::vector<v1::Approval> approvals;
  for (const postgres::Row row : tx.Run(sql::list_version_approvals, quote.id, quote.version)) {
    postgres::Fill(row, &approvals.emplace_back());
  }
  return approvals;
}

bool AllApproved(const std::vector<v1::Approval>& approvals) {
  return std::all_of(approvals.begin(), approvals.end(), [](const v1::Approval& approval) {
    return approval.status() == v1::APPROVAL_STATUS_APPROVED;
  });
}

void AddDecision(Transaction& tx, const Decider& decider, bool approved, const std::string& reason,
                 v1::Approval* approval) {
  v1::ApprovalDecision& decision = *approval->add_decisions();
  decision.set_user_id(decider.user);
  decision.set_approved(approved);
  decision.set_reason(reason);
  *decision.mutable_decided_at() = Stamp(tx.now());
}

void Approve(Transaction& tx, const Decider& decider, const std::string& reason,
             v1::Approval* approval) {
  const std::vector<std::string> left = domain::LeftAfter(SeatsOf(*approval), decider.user);
  AddDecision(tx, decider, true, reason, approval);
  SetWaitsFor(left, approval);
  if (left.empty()) approval->set_status(v1::APPROVAL_STATUS_APPROVED);
  Save(tx, approval);
  auto fact = About<v1::ApprovalApproved>(*approval);
  fact.set_approved_by(decider.user);
  fact.set_complete(left.empty());
  Tell(tx, fact);
}

void Reject(Transaction& tx, const Decider& decider, const std::string& reason,
            v1::Approval* approval) {
  AddDecision(tx, decider, false, reason, approval);
  SetWaitsFor({}, approval);
  approval->set_status(v1::APPROVAL_STATUS_REJECTED);
  Save(tx, approval);
  auto fact = About<v1::ApprovalRejected>(*approval);
  fact.set_rejected_by(decider.user);
  fact.set_reason(reason);
  Tell(tx, fact);
}

// The quote first, then the approval: everyone who changes either locks in this order.
struct Locked {
  StoredQuote stored;
  v1::Approval approval;
};
Result<Locked> Lock(Transaction& tx, const std::string& id) {
  const postgres::Rows found = tx.Run(sql::find_approval_quote, postgres::IdOrNull("appr", id));
  if (found.empty()) return NotFound("approval", id);
  Locked locked;
  ASSIGN_OR_RETURN(locked.stored,
                   store::LockQuote(tx, ids::QuoteId(found.front().Uuid("quote_id"))));
  ASSIGN_OR_RETURN(locked.approval, postgres::LoadForChange<v1::Approval>(tx, kApproval, id));
  return locked;
}

Result<void> CheckOpen(const v1::Approval& approval) {
  if (approval.status() == v1::APPROVAL_STATUS_OPEN) return {};
  const std::string status = StatusText(approval.status());
  return FailedPrecondition("APPROVAL_NOT_OPEN",
                            "The approval is " + status + "; only open ones are decided.",
                            {{"status", status}});
}

Result<Decider> DeciderOfApproval(const App& app, const rpc::Call& call, const std::string& id) {
  const Result<domain::ApprovalId> approval = domain::ApprovalId::Parse(id);
  if (!approval) return NotFound("approval", id);
  ASSIGN_OR_RETURN(const ids::QuoteId quote,
                   app.database.Read(call, [&](Transaction& tx) -> Result<ids::QuoteId> {
                     const postgres::Rows found = tx.Run(sql::find_approval_quote, *approval);
                     if (found.empty()) return NotFound("approval", id);
                     return ids::QuoteId(found.front().Uuid("quote_id"));
                   }));
  return DeciderOf(app, call, quote.ToString());
}

// An open approval of terms that still stand, which this decider may decide.
Result<Locked> LockDecidable(Transaction& tx, const std::string& id, const Decider& decider) {
  ASSIGN_OR_RETURN(Locked locked, Lock(tx, id));
  RETURN_IF_FAULT(CheckOpen(locked.approval));
  RETURN_IF_FAULT(domain::CheckDecider(SeatsOf(locked.approval), decider));
  RETURN_IF_FAULT(CheckContent(tx, locked.stored));
  return locked;
}

Result<void> CheckDelegate(const v1::Approval& approval, const std::string& to) {
  const auto refuse = [](const std::string& why) {
    return Invalid("/to_user_id", "NOT_ALLOWED", why);
  };
  if (to == approval.submitted_by() && !approval.submitter_may_approve()) {
    return refuse("Whoever submitted the version may not approve it.");
  }
  const auto& waits_for = approval.waits_for();
  if (std::find(waits_for.begin(), waits_for.end(), to) != waits_for.end()) {
    return refuse("The user is an approver already; two parts would become one.");
  }
  for (const v1::ApprovalDecision& decision : approval.decisions()) {
    if (decision.user_id() == to) return refuse("The user has decided already.");
  }
  return {};
}

}  // namespace

Result<std::string> ProfileOf(const App& app, const rpc::Call& call, const std::string& user_id) {
  if (user_id.empty()) return std::string();
  directory::v1::GetUserRequest request;
  request.set_id(user_id);
  const auto user = app.peers.Ask<directory::v1::User>(
      AsQuoting(call), "continuo.directory.v1.DirectoryService/GetUser", request);
  if (user) return user->profile_id();
  if (user.error().code == Code::kNotFound) return std::string();
  return Failure(user.error());
}

Result<Decider> DeciderOf(const App& app, const rpc::Call& call, const std::string& quote_id) {
  const Result<ids::QuoteId> id = ids::QuoteId::Parse(quote_id);
  if (!id) return NotFound("quote", quote_id);
  ASSIGN_OR_RETURN(const bool by_profile,
                   app.database.Read(call, [&](Transaction& tx) -> Result<bool> {
                     return tx.Run(sql::find_profile_step, *id).front().Bool("found");
                   }));
  Decider decider{.user = call.principal.user_id};
  if (!by_profile) return decider;
  ASSIGN_OR_RETURN(decider.profile, ProfileOf(app, call, decider.user));
  return decider;
}

Result<Standing> ApproveOwn(Transaction& tx, const StoredQuote& stored, const Decider& decider) {
  std::vector<v1::Approval> approvals = OfVersion(tx, stored.quote);
  if (approvals.empty()) return Standing::kComplete;
  Result<void> refusal = {};
  bool decided = false;
  for (v1::Approval& approval : approvals) {
    if (approval.status() != v1::APPROVAL_STATUS_OPEN) continue;
    const Result<void> may = domain::CheckDecider(SeatsOf(approval), decider);
    if (may) {
      Approve(tx, decider, "", &approval);
      decided = true;
    } else if (refusal || refusal.error().reason == "NOT_AN_APPROVER") {
      refusal = may;
    }
  }
  if (!decided) RETURN_IF_FAULT(refusal);
  if (AllApproved(approvals)) return Standing::kComplete;
  OpenNext(tx, stored.quote);
  return Standing::kOpen;
}

Result<void> RejectOwn(Transaction& tx, const StoredQuote& stored, const Decider& decider,
                       const std::string& reason) {
  std::vector<v1::Approval> approvals = OfVersion(tx, stored.quote);
  if (approvals.empty()) return {};
  Result<void> refusal = {};
  for (v1::Approval& approval : approvals) {
    if (approval.status() != v1::APPROVAL_STATUS_OPEN) continue;
    const Result<void> may = domain::CheckDecider(SeatsOf(approval), decider);
    if (!may) {
      refusal = may;
      continue;
    }
    Reject(tx, decider, reason, &approval);
    return {};
  }
  return refusal;
}

void OpenNext(Transaction& tx, const domain::Quote& quote) {
  std::vector<v1::Approval> approvals = OfVersion(tx, quote);
  std::vector<domain::Turn> turns;
  for (const v1::Approval& approval : approvals) {
    turns.push_back(
        {approval.priority(), approval.policy_id(), approval.step(), StatusOf(approval)});
  }
  for (const size_t index : domain::TurnsCome(turns)) {
    v1::Approval& approval = approvals[index];
    approval.set_status(v1::APPROVAL_STATUS_OPEN);
    Save(tx, &approval);
    auto fact = About<v1::ApprovalRequested>(approval);
    fact.mutable_approver_ids()->CopyFrom(approval.waits_for());
    fact.set_profile_id(approval.profile_id());
    Tell(tx, fact);
  }
}

void VoidApprovals(Transaction& tx, const domain::Quote& quote) {
  for (const postgres::Row row : tx.Run(sql::void_approvals, quote.id, quote.version)) {
    v1::Approval approval;
    postgres::Fill(row, &approval);
    Tell(tx, About<v1::ApprovalVoided>(approval));
  }
}

Result<v1::Approval> GetApproval(const App& app, const rpc::Call& call,
                                 const v1::GetApprovalRequest& request) {
  return postgres::Get<v1::Approval>(app.database, call, kApproval, request);
}

Result<v1::ListApprovalsResponse> ListApprovals(const App& app, const rpc::Call& call,
                                                const v1::ListApprovalsRequest& request) {
  const std::string approver = request.mine() ? call.principal.user_id : request.approver_id();
  ASSIGN_OR_RETURN(const std::string profile, ProfileOf(app, call, approver));
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListApprovalsResponse> {
    constexpr std::string_view kTreated[] = {"approver_id", "mine"};
    const postgres::Parameter parameters[] = {postgres::IdOrNull("usr", approver),
                                              postgres::IdOrNull("prof", profile)};
    v1::ListApprovalsResponse response;
    RETURN_IF_FAULT(postgres::List(
        tx, {.select = sql::select_approvals, .parameters = parameters, .treated = kTreated},
        request, &response));
    return response;
  });
}

Result<v1::Approval> ApproveApproval(const App& app, const rpc::Call& call,
                                     const v1::ApproveApprovalRequest& request) {
  ASSIGN_OR_RETURN(const Decider decider, DeciderOfApproval(app, call, request.id()));
  return app.database.Command<v1::Approval>(call, [&](Transaction& tx) -> Result<v1::Approval> {
    ASSIGN_OR_RETURN(Locked locked, LockDecidable(tx, request.id(), decider));
    Approve(tx, decider, request.reason(), &locked.approval);
    if (AllApproved(OfVersion(tx, locked.stored.quote))) {
      RETURN_IF_FAULT(MoveToApproved(tx, locked.stored));
    } else {
      OpenNext(tx, locked.stored.quote);
    }
    return postgres::Load<v1::Approval>(tx, kApproval, request.id());
  });
}

Result<v1::Approval> RejectApproval(const App& app, const rpc::Call& call,
                                    const v1::RejectApprovalRequest& request) {
  ASSIGN_OR_RETURN(const Decider decider, DeciderOfApproval(app, call, request.id()));
  return app.database.Command<v1::Approval>(call, [&](Transaction& tx) -> Result<v1::Approval> {
    ASSIGN_OR_RETURN(Locked locked, LockDecidable(tx, request.id(), decider));
    Reject(tx, decider, request.reason(), &locked.approval);
    RETURN_IF_FAULT(MoveToRejected(tx, locked.stored, request.reason()));
    return postgres::Load<v1::Approval>(tx, kApproval, request.id());
  });
}

Result<v1::Approval> DelegateApproval(const App& app, const rpc::Call& call,
                                      const v1::DelegateApprovalRequest& request) {
  ASSIGN_OR_RETURN(const Decider decider, DeciderOfApproval(app, call, request.id()));
  ASSIGN_OR_RETURN(const std::string profile, ProfileOf(app, call, request.to_user_id()));
  if (profile.empty()) {
    return Invalid("/to_user_id", "REFERENCE_NOT_FOUND", "There is no such user.");
  }
  return app.database.Command<v1::Approval>(call, [&](Transaction& tx) -> Result<v1::Approval> {
    ASSIGN_OR_RETURN(Locked locked, LockDecidable(tx, request.id(), decider));
    v1::Approval& approval = locked.approval;
    RETURN_IF_FAULT(CheckDelegate(approval, request.to_user_id()));
    v1::ApprovalDelegation& delegation = *approval.add_delegations();
    delegation.set_from_user_id(decider.user);
    delegation.set_to_user_id(request.to_user_id());
    delegation.set_reason(request.reason());
    *delegation.mutable_delegated_at() = Stamp(tx.now());
    SetWaitsFor(domain::Delegated(SeatsOf(approval), decider.user, request.to_user_id()),
                &approval);
    Save(tx, &approval);
    auto fact = About<v1::ApprovalDelegated>(approval);
    fact.set_from_user_id(decider.user);
    fact.set_to_user_id(request.to_user_id());
    Tell(tx, fact);
    return postgres::Load<v1::Approval>(tx, kApproval, request.id());
  });
}

}  // namespace continuo::quoting::app
