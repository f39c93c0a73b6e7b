#include "services/quoting/domain/quote_clause.h"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace continuo::quoting::domain {
namespace {

using enum ClauseReview;

constexpr std::string_view kNames[] = {"standard", "pending", "accepted", "rejected", "countered"};

}  // namespace

std::string_view Name(ClauseReview review) { return kNames[static_cast<int>(review)]; }

ClauseReview ParseClauseReview(std::string_view name) {
  const auto found = std::find(std::begin(kNames), std::end(kNames), name);
  assert(found != std::end(kNames) && "a review that the database must not hold");
  return static_cast<ClauseReview>(found - std::begin(kNames));
}

Result<void> Change(QuoteClause* clause, const ClauseEdit& edit) {
  const std::string& text = edit.text.empty() ? clause->standard_text : edit.text;
  const bool is_standard = text == clause->standard_text;
  if (!is_standard && edit.reviewer_id.empty()) {
    return Invalid("/reviewer_id", "REQUIRED", "A changed clause needs a reviewer.");
  }
  if (!is_standard && edit.reviewer_id == edit.changed_by) {
    return Invalid("/reviewer_id", "NOT_ALLOWED", "Another user reviews what you change.");
  }
  clause->reviewer_id = edit.reviewer_id;
  if (text == clause->text) return {};
  clause->text = text;
  clause->review = is_standard ? kStandard : kPending;
  return {};
}

Result<void> Decide(QuoteClause* clause, const Decided& decided) {
  if (clause->review != kPending) {
    const std::string review(Name(clause->review));
    return FailedPrecondition("CLAUSE_NOT_PENDING",
                              "The clause is " + review + "; only changed ones are decided.",
                              {{"review", review}});
  }
  if (decided.decided_by != clause->reviewer_id) {
    return PermissionDenied("NOT_THE_REVIEWER", "Another user reviews this clause.");
  }
  const bool counters = decided.decision == ClauseDecision::kCounter;
  if (counters == decided.text.empty()) {
    return Invalid("/text", counters ? "REQUIRED" : "NOT_ALLOWED",
                   "A counter has a text of its own, another decision has none.");
  }
  switch (decided.decision) {
    case ClauseDecision::kAccept:
      clause->review = kAccepted;
      break;
    case ClauseDecision::kReject:
      clause->review = kRejected;
      clause->text = clause->standard_text;
      break;
    case ClauseDecision::kCounter:
      clause->review = kCountered;
      clause->text = decided.text;
      break;
  }
  return {};
}

int ChangedClauses(const std::vector<QuoteClause>& clauses) {
  return static_cast<int>(
      std::count_if(clauses.begin(), clauses.end(), [](const QuoteClause& clause) {
        return clause.text != clause.standard_text;
      }));
}

Result<void> CheckDecided(const std::vector<QuoteClause>& clauses) {
  std::string pending;
  for (const QuoteClause& clause : clauses) {
    if (clause.review == kPending) pending += (pending.empty() ? "" : ", ") + clause.code;
  }
  if (pending.empty()) return {};
  return FailedPrecondition("CLAUSES_UNDECIDED",
                            "Changed clauses wait for their reviewers: " + pending + ".",
                            {{"clauses", pending}});
}

}  // namespace continuo::quoting::domain
