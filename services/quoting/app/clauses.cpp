#include "services/quoting/app/clauses.h"

#include <algorithm>

#include "continuo/quoting/v1/clause.pb.h"
#include "continuo/quoting/v1/negotiation_events.pb.h"
#include "continuo/quoting/v1/quote.pb.h"
#include "libs/events/append.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "services/quoting/app/approvals.h"
#include "services/quoting/app/edit_quote.h"
#include "services/quoting/app/show.h"
#include "services/quoting/domain/negotiation_ids.h"
#include "services/quoting/domain/redline.h"
#include "services/quoting/store/quote_store.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using domain::QuoteClause;
using postgres::IdOrNull;
using postgres::NullIfEmpty;
using postgres::Transaction;
using store::StoredQuote;

constexpr size_t kClausesMax = 100;
constexpr char kDefaultLocale[] = "en";

Result<v1::Clause> LoadClause(Transaction& tx, const domain::ClauseId& id) {
  const postgres::Rows rows = tx.Run(sql::select_clause, id);
  if (rows.empty()) return NotFound("clause", id.ToString());
  v1::Clause clause;
  postgres::Fill(rows.front(), &clause);
  return clause;
}

Result<QuoteClause*> FindClause(StoredQuote& stored, const std::string& id) {
  auto& clauses = stored.quote.clauses;
  const auto found = std::find_if(clauses.begin(), clauses.end(),
                                  [&](const QuoteClause& clause) { return clause.id == id; });
  if (found == clauses.end()) return NotFound("quote_clause", id);
  return &*found;
}

struct Review {
  std::string reason;
  std::string by;  // empty: it was changed, not decided on
};
void SaveClause(Transaction& tx, const QuoteClause& clause, const Review& review) {
  const postgres::Parameter at =
      review.by.empty() ? postgres::Parameter() : postgres::Parameter(tx.now());
  tx.Run(sql::update_quote_clause, IdOrNull("qcls", clause.id), clause.text,
         IdOrNull("usr", clause.reviewer_id), Name(clause.review), NullIfEmpty(review.reason),
         IdOrNull("usr", review.by), at);
}

// Within an edit: the revision is the one that the edit makes.
template <class Fact>
Fact About(const domain::Quote& quote, const QuoteClause& clause) {
  Fact fact;
  fact.set_id(quote.id.ToString());
  fact.set_revision(quote.revision + 1);
  fact.set_account_id(quote.account_id.ToString());
  fact.set_quote_clause_id(clause.id);
  fact.set_code(clause.code);
  return fact;
}

void TellChanged(Transaction& tx, const domain::Quote& quote, const QuoteClause& clause) {
  if (clause.review != domain::ClauseReview::kPending) return;
  auto fact = About<v1::QuoteClauseChanged>(quote, clause);
  fact.set_reviewer_id(clause.reviewer_id);
  events::Append(tx, fact, {.source_version = fact.revision()});
}

Result<void> CheckReviewer(const App& app, const rpc::Call& call, const std::string& reviewer_id) {
  if (reviewer_id.empty()) return {};
  ASSIGN_OR_RETURN(const std::string profile, ProfileOf(app, call, reviewer_id));
  if (!profile.empty()) return {};
  return Invalid("/reviewer_id", "REFERENCE_NOT_FOUND", "There is no such user.");
}

Result<void> AddClause(Transaction& tx, StoredQuote& stored, const v1::QuoteClause& asked) {
  auto& clauses = stored.quote.clauses;
  if (clauses.size() >= kClausesMax) {
    return Invalid("/clause_id", "OUT_OF_RANGE", "A quote has at most 100 clauses.");
  }
  const Result<domain::ClauseId> id = domain::ClauseId::Parse(asked.clause_id());
  const Result<v1::Clause> standard =
      id ? LoadClause(tx, *id) : Result<v1::Clause>(NotFound("clause", asked.clause_id()));
  if (!standard) {
    return Invalid("/clause_id", "REFERENCE_NOT_FOUND", "There is no such clause.");
  }
  for (const QuoteClause& other : clauses) {
    if (other.clause_id == asked.clause_id()) {
      return Invalid("/clause_id", "DUPLICATE", "The clause stands in the quote already.");
    }
  }
  QuoteClause clause{.id = domain::QuoteClauseId::New().ToString(),
                     .position = clauses.empty() ? 1 : clauses.back().position + 1,
                     .clause_id = standard->id(),
                     .code = standard->code(),
                     .locale = standard->locale(),
                     .version = standard->version(),
                     .standard_text = standard->text(),
                     .text = standard->text()};
  RETURN_IF_FAULT(Change(&clause, {.text = asked.text(),
                                   .reviewer_id = asked.reviewer_id(),
                                   .changed_by = tx.call().principal.user_id}));
  InsertClause(tx, stored.quote, clause);
  TellChanged(tx, stored.quote, clause);
  clauses.push_back(std::move(clause));
  return {};
}

bool Names(const v1::UpdateQuoteClauseRequest& request, std::string_view field) {
  const auto& mask = request.update_mask();
  return std::find(mask.begin(), mask.end(), field) != mask.end();
}

Result<void> CheckMask(const v1::UpdateQuoteClauseRequest& request) {
  for (const std::string& field : request.update_mask()) {
    if (field == "clause_id") {
      return Invalid("/clause_id", "IMMUTABLE", "Remove the clause and add the other one.");
    }
  }
  return {};
}

void Append(domain::RedlineRun::Kind kind, const std::string& text, v1::Redline* redline) {
  v1::Redline::Run& run = *redline->add_runs();
  run.set_text(text);
  switch (kind) {
    case domain::RedlineRun::Kind::kEqual:
      return run.set_kind(v1::Redline::KIND_EQUAL);
    case domain::RedlineRun::Kind::kInsert:
      return run.set_kind(v1::Redline::KIND_INSERT);
    case domain::RedlineRun::Kind::kDelete:
      return run.set_kind(v1::Redline::KIND_DELETE);
  }
}

}  // namespace

void InsertClause(Transaction& tx, const domain::Quote& quote, const QuoteClause& clause) {
  tx.Run(sql::insert_quote_clause, IdOrNull("qcls", clause.id), quote.id, quote.account_id,
         clause.position, IdOrNull("cls", clause.clause_id), clause.text,
         IdOrNull("usr", clause.reviewer_id), Name(clause.review));
}

Result<v1::Clause> CreateClause(const App& app, const rpc::Call& call,
                                const v1::CreateClauseRequest& request) {
  const v1::Clause& clause = request.clause();
  const std::string locale = clause.locale().empty() ? kDefaultLocale : clause.locale();
  return app.database.Command<v1::Clause>(call, [&](Transaction& tx) -> Result<v1::Clause> {
    const domain::ClauseId id = domain::ClauseId::New();
    try {
      tx.Run(sql::insert_clause, id, clause.code(), locale, clause.title(), clause.text(),
             tx.now());
    } catch (const postgres::UniqueViolation&) {
      return Aborted("CONFLICT", "The next version was written at the same time. Repeat.");
    }
    return LoadClause(tx, id);
  });
}

Result<v1::Clause> GetClause(const App& app, const rpc::Call& call,
                             const v1::GetClauseRequest& request) {
  const Result<domain::ClauseId> id = domain::ClauseId::Parse(request.id());
  if (!id) return NotFound("clause", request.id());
  return app.database.Read(call, [&](Transaction& tx) { return LoadClause(tx, *id); });
}

Result<v1::ListClausesResponse> ListClauses(const App& app, const rpc::Call& call,
                                            const v1::ListClausesRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListClausesResponse> {
    const postgres::Parameter all[] = {nullptr};
    v1::ListClausesResponse response;
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_clause, .parameters = all}, request,
                                   &response));
    return response;
  });
}

Result<v1::Quote> AddQuoteClause(const App& app, const rpc::Call& call,
                                 const v1::AddQuoteClauseRequest& request) {
  RETURN_IF_FAULT(CheckReviewer(app, call, request.clause().reviewer_id()));
  return EditQuote(app, call, request.quote_id(),
                   {.action = "add_clause", .change = [&](Transaction& tx, StoredQuote& stored) {
                      return AddClause(tx, stored, request.clause());
                    }});
}

Result<v1::Quote> UpdateQuoteClause(const App& app, const rpc::Call& call,
                                    const v1::UpdateQuoteClauseRequest& request) {
  RETURN_IF_FAULT(CheckMask(request));
  RETURN_IF_FAULT(CheckReviewer(app, call, request.clause().reviewer_id()));
  const auto change = [&](Transaction& tx, StoredQuote& stored) -> Result<void> {
    ASSIGN_OR_RETURN(QuoteClause* const clause, FindClause(stored, request.id()));
    const QuoteClause before = *clause;
    const v1::QuoteClause& asked = request.clause();
    RETURN_IF_FAULT(Change(
        clause,
        {.text = Names(request, "text") ? asked.text() : before.text,
         .reviewer_id = Names(request, "reviewer_id") ? asked.reviewer_id() : before.reviewer_id,
         .changed_by = tx.call().principal.user_id}));
    if (clause->text == before.text && clause->reviewer_id == before.reviewer_id) return {};
    SaveClause(tx, *clause, {});
    TellChanged(tx, stored.quote, *clause);
    return {};
  };
  return EditQuote(app, call, request.quote_id(), {.action = "change_clause", .change = change});
}

Result<v1::Quote> RemoveQuoteClause(const App& app, const rpc::Call& call,
                                    const v1::RemoveQuoteClauseRequest& request) {
  const auto change = [&](Transaction& tx, StoredQuote& stored) -> Result<void> {
    ASSIGN_OR_RETURN(QuoteClause* const clause, FindClause(stored, request.id()));
    tx.Run(sql::delete_quote_clause, IdOrNull("qcls", clause->id));
    std::erase_if(stored.quote.clauses,
                  [&](const QuoteClause& other) { return other.id == request.id(); });
    return {};
  };
  return EditQuote(app, call, request.quote_id(), {.action = "remove_clause", .change = change});
}

Result<v1::Quote> DecideQuoteClause(const App& app, const rpc::Call& call,
                                    const v1::DecideQuoteClauseRequest& request) {
  const auto change = [&](Transaction& tx, StoredQuote& stored) -> Result<void> {
    ASSIGN_OR_RETURN(QuoteClause* const clause, FindClause(stored, request.id()));
    const std::string user = tx.call().principal.user_id;
    // The proto's values are in the domain's order, one above it.
    RETURN_IF_FAULT(
        Decide(clause, {.decision = static_cast<domain::ClauseDecision>(request.decision() - 1),
                        .text = request.text(),
                        .decided_by = user}));
    SaveClause(tx, *clause, {.reason = request.reason(), .by = user});
    auto fact = About<v1::QuoteClauseDecided>(stored.quote, *clause);
    fact.set_review(std::string(Name(clause->review)));
    fact.set_reviewed_by(user);
    events::Append(tx, fact, {.source_version = fact.revision()});
    return {};
  };
  return EditQuote(app, call, request.quote_id(),
                   {.action = "decide_clause", .reason = request.reason(), .change = change});
}

Result<v1::Redline> GetQuoteClauseRedline(const App& app, const rpc::Call& call,
                                          const v1::GetQuoteClauseRedlineRequest& request) {
  const Result<ids::QuoteId> quote = ids::QuoteId::Parse(request.quote_id());
  const Result<domain::QuoteClauseId> id = domain::QuoteClauseId::Parse(request.id());
  if (!quote) return NotFound("quote", request.quote_id());
  if (!id) return NotFound("quote_clause", request.id());
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::Redline> {
    const postgres::Rows found = tx.Run(sql::find_quote_clause, *quote, *id);
    if (found.empty()) return NotFound("quote_clause", request.id());
    const postgres::Row row = found.front();
    const auto runs = domain::Redline(row.Text("standard_text"), row.Text("text"));
    v1::Redline redline;
    redline.set_quote_id(request.quote_id());
    redline.set_quote_clause_id(request.id());
    for (const domain::RedlineRun& run : runs) Append(run.kind, run.text, &redline);
    if (request.html()) redline.set_html(domain::RedlineHtml(runs));
    return redline;
  });
}

Result<v1::QuoteComment> CreateQuoteComment(const App& app, const rpc::Call& call,
                                            const v1::CreateQuoteCommentRequest& request) {
  return app.database.Command<v1::QuoteComment>(
      call, [&](Transaction& tx) -> Result<v1::QuoteComment> {
        ASSIGN_OR_RETURN(StoredQuote stored, store::LockQuote(tx, request.quote_id()));
        const v1::QuoteComment& asked = request.comment();
        if (!asked.quote_clause_id().empty() && !FindClause(stored, asked.quote_clause_id())) {
          return Invalid("/quote_clause_id", "REFERENCE_NOT_FOUND",
                         "The quote has no such clause.");
        }
        const domain::Quote& quote = stored.quote;
        const domain::QuoteCommentId id = domain::QuoteCommentId::New();
        const std::string side =
            asked.side() == v1::COMMENT_SIDE_CUSTOMER ? "customer" : "ours";
        tx.Run(sql::insert_quote_comment, id, quote.id, quote.account_id, quote.version,
               IdOrNull("qcls", asked.quote_clause_id()), side, asked.text(),
               IdOrNull("usr", call.principal.user_id), tx.now());
        v1::QuoteCommented fact;
        fact.set_id(quote.id.ToString());
        fact.set_revision(quote.revision);
        fact.set_account_id(quote.account_id.ToString());
        fact.set_comment_id(id.ToString());
        fact.set_quote_clause_id(asked.quote_clause_id());
        fact.set_side(side);
        events::Append(tx, fact, {.source_version = fact.revision()});
        v1::QuoteComment comment;
        postgres::Fill(RowsOf(tx, sql::select_quote_comments, "id = $1", id.uuid()).front(),
                       &comment);
        return comment;
      });
}

Result<v1::ListQuoteCommentsResponse> ListQuoteComments(
    const App& app, const rpc::Call& call, const v1::ListQuoteCommentsRequest& request) {
  const Result<ids::QuoteId> id = ids::QuoteId::Parse(request.quote_id());
  if (!id) return NotFound("quote", request.quote_id());
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListQuoteCommentsResponse> {
    if (tx.Run(sql::find_quote_context, *id).empty()) return NotFound("quote", request.quote_id());
    v1::ListQuoteCommentsResponse response;
    RETURN_IF_FAULT(
        postgres::List(tx, {.select = sql::select_quote_comments}, request, &response));
    return response;
  });
}

}  // namespace continuo::quoting::app
