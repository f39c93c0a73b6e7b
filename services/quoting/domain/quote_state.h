// What may happen to a quote, as one table.
//
//   Next(Status::kReleased, Action::kAccept)   -> accepted
//   Next(Status::kDraft, Action::kAccept)      -> QUOTE_ACTION_NOT_ALLOWED, allowed: released
//   Next(Status::kApproved, Action::kEdit)     -> draft, next version: the approval is void
//
// An edit here is a material one. An edit that leaves the binding content alone (a heading,
// metadata) keeps status and version, and is allowed wherever a material one is.
#pragma once

#include <span>
#include <string_view>

#include "libs/result/result.h"

namespace continuo::quoting::domain {

enum class Status {
  kDraft,
  kSubmitted,
  kApproved,
  kRejected,
  kReleased,
  kAccepted,
  kDeclined,
  kExpired,
  kNegotiating,
};

enum class Action {
  kEdit,
  kRevise,
  kSubmit,
  kApprove,
  kReject,
  kRelease,
  kAccept,
  kDecline,
  kExpire,
  kSelect,
  kNegotiate,
};

struct Move {
  Status from;
  Action action;
  Status to;
  bool begins_version = false;
};

std::span<const Move> Moves();
// QUOTE_ALREADY_ACCEPTED for accepting twice, QUOTE_NOT_EDITABLE for an edit of what is closed,
// QUOTE_ACTION_NOT_ALLOWED otherwise; metadata holds status and allowed.
Result<Move> Next(Status status, Action action);

// As the API and the database spell them: "draft".
std::string_view Name(Status status);
std::string_view Name(Action action);
// The text comes from the database; another one is our own bug.
Status ParseStatus(std::string_view name);

}  // namespace continuo::quoting::domain
