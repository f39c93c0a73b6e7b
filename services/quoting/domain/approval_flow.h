// Whose turn it is among the approvals of one version, and what a decision makes of one.
//
//   priority 10: finance, step 1 and 2; legal, step 1     priority 20: the board, step 1
//     first open: finance 1, legal 1        then finance 2      then the board
#pragma once

#include <string>
#include <vector>

#include "libs/result/result.h"

namespace continuo::quoting::domain {

enum class ApprovalStatus { kWaiting, kOpen, kApproved, kRejected, kVoided };

struct Turn {
  int priority = 0;
  std::string policy;
  int step = 1;
  ApprovalStatus status = ApprovalStatus::kWaiting;
};
// The waiting ones that are asked now: nothing undecided stands before them.
std::vector<size_t> TurnsCome(const std::vector<Turn>& turns);

// Who may decide one approval. A user is named, or has the profile; whoever submitted only where the
// policy lets them.
struct Seats {
  std::vector<std::string> users;  // that are still waited for
  std::string profile;             // empty: none
  bool all = false;                // each of the users, in any order; not with a profile
  std::string submitter;
  bool submitter_may_approve = false;
};
struct Decider {
  std::string user;
  std::string profile;
};
bool IsApprover(const Seats& seats, const Decider& decider);
// NOT_AN_APPROVER, OWN_APPROVAL.
Result<void> CheckDecider(const Seats& seats, const Decider& decider);
// Who is waited for after `user` approved; nobody: the approval is complete.
std::vector<std::string> LeftAfter(const Seats& seats, const std::string& user);
// Who is waited for after `from` handed their seat to `to`. From a profile only the right is handed
// on; its other users keep theirs.
std::vector<std::string> Delegated(const Seats& seats, const std::string& from,
                                   const std::string& to);
// The users of a step without whoever submits, unless that one may approve. Nobody left where only
// the submitter was named.
std::vector<std::string> SeatedUsers(std::vector<std::string> users, const std::string& submitter,
                                     bool submitter_may_approve);

}  // namespace continuo::quoting::domain
