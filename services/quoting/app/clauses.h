// Standard clauses; the clauses of a quote, changed and decided on; the remarks of a negotiation.
#pragma once

#include "services/quoting/app/app.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::quoting::domain {
struct Quote;
struct QuoteClause;
}  // namespace continuo::quoting::domain
namespace continuo::quoting::v1 {
class AddQuoteClauseRequest;
class Clause;
class CreateClauseRequest;
class CreateQuoteCommentRequest;
class DecideQuoteClauseRequest;
class GetClauseRequest;
class GetQuoteClauseRedlineRequest;
class ListClausesRequest;
class ListClausesResponse;
class ListQuoteCommentsRequest;
class ListQuoteCommentsResponse;
class Quote;
class QuoteComment;
class Redline;
class RemoveQuoteClauseRequest;
class UpdateQuoteClauseRequest;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::Clause> CreateClause(const App& app, const rpc::Call& call,
                                const v1::CreateClauseRequest& request);
Result<v1::Clause> GetClause(const App& app, const rpc::Call& call,
                             const v1::GetClauseRequest& request);
Result<v1::ListClausesResponse> ListClauses(const App& app, const rpc::Call& call,
                                            const v1::ListClausesRequest& request);

Result<v1::Quote> AddQuoteClause(const App& app, const rpc::Call& call,
                                 const v1::AddQuoteClauseRequest& request);
Result<v1::Quote> UpdateQuoteClause(const App& app, const rpc::Call& call,
                                    const v1::UpdateQuoteClauseRequest& request);
Result<v1::Quote> RemoveQuoteClause(const App& app, const rpc::Call& call,
                                    const v1::RemoveQuoteClauseRequest& request);
Result<v1::Quote> DecideQuoteClause(const App& app, const rpc::Call& call,
                                    const v1::DecideQuoteClauseRequest& request);
Result<v1::Redline> GetQuoteClauseRedline(const App& app, const rpc::Call& call,
                                          const v1::GetQuoteClauseRedlineRequest& request);

// The first row of one; its revision is the quote's.
void InsertClause(postgres::Transaction& tx, const domain::Quote& quote,
                  const domain::QuoteClause& clause);

Result<v1::QuoteComment> CreateQuoteComment(const App& app, const rpc::Call& call,
                                            const v1::CreateQuoteCommentRequest& request);
Result<v1::ListQuoteCommentsResponse> ListQuoteComments(
    const App& app, const rpc::Call& call, const v1::ListQuoteCommentsRequest& request);

}  // namespace continuo::quoting::app
