#include "services/quoting/domain/approval_flow.h"

#include <algorithm>

namespace continuo::quoting::domain {
namespace {

using enum ApprovalStatus;

bool IsUndecided(const Turn& turn) { return turn.status == kWaiting || turn.status == kOpen; }

bool StandsBefore(const Turn& other, const Turn& turn) {
  if (other.priority != turn.priority) return other.priority < turn.priority;
  return other.policy == turn.policy && other.step < turn.step;
}

}  // namespace

std::vector<size_t> TurnsCome(const std::vector<Turn>& turns) {
  std::vector<size_t> come;
  for (size_t i = 0; i < turns.size(); ++i) {
    if (turns[i].status != kWaiting) continue;
    const bool waits = std::any_of(turns.begin(), turns.end(), [&](const Turn& other) {
      return IsUndecided(other) && StandsBefore(other, turns[i]);
    });
    if (!waits) come.push_back(i);
  }
  return come;
}

bool IsApprover(const Seats& seats, const Decider& decider) {
  const bool named =
      std::find(seats.users.begin(), seats.users.end(), decider.user) != seats.users.end();
  return named || (!seats.profile.empty() && seats.profile == decider.profile);
}

Result<void> CheckDecider(const Seats& seats, const Decider& decider) {
  if (!IsApprover(seats, decider)) {
    return PermissionDenied("NOT_AN_APPROVER",
                            "The approval does not wait for you. It is decided by those it names.");
  }
  if (decider.user == seats.submitter && !seats.submitter_may_approve) {
    return PermissionDenied("OWN_APPROVAL",
                            "You submitted this version; its policy wants another's approval.");
  }
  return {};
}

std::vector<std::string> LeftAfter(const Seats& seats, const std::string& user) {
  if (!seats.all) return {};
  std::vector<std::string> left = seats.users;
  std::erase(left, user);
  return left;
}

std::vector<std::string> Delegated(const Seats& seats, const std::string& from,
                                   const std::string& to) {
  std::vector<std::string> users = seats.users;
  std::erase(users, from);
  if (std::find(users.begin(), users.end(), to) == users.end()) users.push_back(to);
  return users;
}

std::vector<std::string> SeatedUsers(std::vector<std::string> users, const std::string& submitter,
                                     bool submitter_may_approve) {
  if (!submitter_may_approve) std::erase(users, submitter);
  return users;
}

}  // namespace continuo::quoting::domain
