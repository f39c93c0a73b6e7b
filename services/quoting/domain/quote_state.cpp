#include "services/quoting/domain/quote_state.h"

#include <cassert>
#include <string>

namespace continuo::quoting::domain {
namespace {

using enum Status;
using enum Action;

constexpr Move kMoves[] = {
    {kDraft, kEdit, kDraft},
    {kDraft, kSubmit, kSubmitted},
    {kDraft, kDecline, kDeclined},
    {kDraft, kSelect, kDraft},

    {kSubmitted, kEdit, kDraft, true},
    {kSubmitted, kRevise, kDraft, true},
    {kSubmitted, kApprove, kApproved},
    {kSubmitted, kReject, kRejected},
    {kSubmitted, kDecline, kDeclined},
    {kSubmitted, kExpire, kExpired},
    {kSubmitted, kSelect, kSubmitted},

    {kApproved, kEdit, kDraft, true},
    {kApproved, kRevise, kDraft, true},
    {kApproved, kRelease, kReleased},
    {kApproved, kDecline, kDeclined},
    {kApproved, kExpire, kExpired},
    {kApproved, kSelect, kApproved},

    {kRejected, kEdit, kDraft, true},
    {kRejected, kRevise, kDraft, true},
    {kRejected, kDecline, kDeclined},
    {kRejected, kSelect, kRejected},

    {kReleased, kEdit, kDraft, true},
    {kReleased, kRevise, kDraft, true},
    {kReleased, kAccept, kAccepted},
    {kReleased, kDecline, kDeclined},
    {kReleased, kExpire, kExpired},
    {kReleased, kSelect, kReleased},
    {kReleased, kNegotiate, kNegotiating},

    {kNegotiating, kEdit, kDraft, true},
    {kNegotiating, kRevise, kDraft, true},
    {kNegotiating, kRelease, kReleased},
    {kNegotiating, kDecline, kDeclined},
    {kNegotiating, kExpire, kExpired},
    {kNegotiating, kSelect, kNegotiating},

    {kDeclined, kRevise, kDraft, true},
    {kExpired, kRevise, kDraft, true},
};

constexpr std::string_view kStatusNames[] = {"draft",    "submitted", "approved", "rejected",
                                             "released", "accepted",  "declined", "expired",
                                             "negotiating"};
constexpr std::string_view kActionNames[] = {"edit",   "revise",  "submit",  "approve", "reject",
                                             "release", "accept", "decline", "expire",  "select",
                                            "negotiate"};

std::string AllowedFor(Action action) {
  std::string allowed;
  for (const Move& move : kMoves) {
    if (move.action != action) continue;
    if (!allowed.empty()) allowed += ", ";
    allowed += Name(move.from);
  }
  return allowed;
}

}  // namespace

std::span<const Move> Moves() { return kMoves; }

Result<Move> Next(Status status, Action action) {
  for (const Move& move : kMoves) {
    if (move.from == status && move.action == action) return move;
  }
  const Metadata state{{"status", std::string(Name(status))},
                       {"action", std::string(Name(action))},
                       {"allowed", AllowedFor(action)}};
  if (status == kAccepted && action == kAccept) {
    return FailedPrecondition("QUOTE_ALREADY_ACCEPTED",
                              "The quote was accepted before. Use its order.", state);
  }
  if (status == kExpired && action == kAccept) {
    return FailedPrecondition(
        "QUOTE_EXPIRED", "The quote's last day has passed. Revise it with a later valid_until.",
        state);
  }
  if (action == kEdit) {
    return FailedPrecondition("QUOTE_NOT_EDITABLE",
                              "The quote is " + state.at("status") + " and cannot be edited.",
                              state);
  }
  return FailedPrecondition("QUOTE_ACTION_NOT_ALLOWED",
                            "The quote is " + state.at("status") + "; " + state.at("action") +
                                " is for quotes that are " + state.at("allowed") + ".",
                            state);
}

std::string_view Name(Status status) { return kStatusNames[static_cast<int>(status)]; }
std::string_view Name(Action action) { return kActionNames[static_cast<int>(action)]; }

Status ParseStatus(std::string_view name) {
  for (int i = 0; i < static_cast<int>(std::size(kStatusNames)); ++i) {
    if (kStatusNames[i] == name) return static_cast<Status>(i);
  }
  assert(false && "a status that the database must not hold");
  __builtin_unreachable();
}

}  // namespace continuo::quoting::domain
