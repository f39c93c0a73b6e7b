// A clause of a quote, and what becomes of a change to it.
//
//   standard --change--> pending --accept--> accepted      the changed text stands
//                                --reject--> rejected      the standard text stands again
//                                --counter-> countered     the reviewer's own text stands
//
// Whatever was decided, another change asks the reviewer anew; the standard text asks nobody.
#pragma once

#include <string>
#include <vector>

#include "libs/result/result.h"

namespace continuo::quoting::domain {

enum class ClauseReview { kStandard, kPending, kAccepted, kRejected, kCountered };
std::string_view Name(ClauseReview review);
ClauseReview ParseClauseReview(std::string_view name);

struct QuoteClause {
  std::string id;  // "qcls_..."
  int position = 0;
  std::string clause_id;  // "cls_..."
  std::string code, locale;
  int version = 0;  // of the standard clause
  std::string standard_text;
  std::string text;
  std::string reviewer_id;  // empty: none
  ClauseReview review = ClauseReview::kStandard;
};

struct ClauseEdit {
  std::string text;  // empty: the standard's
  std::string reviewer_id;
  std::string changed_by;
};
// REQUIRED at /reviewer_id for a changed text without a reviewer, NOT_ALLOWED where it is whoever
// changes it.
Result<void> Change(QuoteClause* clause, const ClauseEdit& edit);

enum class ClauseDecision { kAccept, kReject, kCounter };
struct Decided {
  ClauseDecision decision;
  std::string text;  // of a counter, and only there
  std::string decided_by;
};
// CLAUSE_NOT_PENDING, NOT_THE_REVIEWER.
Result<void> Decide(QuoteClause* clause, const Decided& decided);

int ChangedClauses(const std::vector<QuoteClause>& clauses);
// CLAUSES_UNDECIDED where one waits for its reviewer.
Result<void> CheckDecided(const std::vector<QuoteClause>& clauses);

}  // namespace continuo::quoting::domain
