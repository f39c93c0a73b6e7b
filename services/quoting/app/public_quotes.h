// What the customer does by a proposal's link. The call has no principal: the token in its path is
// all that it is trusted for, and a link that is unknown, ended or expired, or whose version is no
// longer the released one, is one and the same LINK_NOT_VALID. What is done is done by quoting itself,
// on the one proposal that the token opens.
//
// Accept decides the answer: a page for text/html, else JSON.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/ids/kinds.h"
#include "libs/money/money.h"
#include "services/quoting/app/app.h"

namespace google::api {
class HttpBody;
}
namespace continuo::quoting::v1 {
class AcceptPublicQuoteRequest;
class CommentOnPublicQuoteRequest;
class GetPublicQuotePdfRequest;
class GetPublicQuoteRequest;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

// What may be taken or left.
struct PublicOption {
  std::string code, alternative_group, products;
  bool chosen = false;
  money::Money term_total;
};

// What a link opens.
struct PublicProposal {
  ids::ProposalId id;
  ids::QuoteId quote_id;
  ids::OpportunityId opportunity_id;
  std::string number, title, seller, consent, html, locale;
  int version = 0;
  std::string content_hash, document_hash, currency, valid_until;
  std::string order_number;                   // once accepted
  std::optional<calendar::Date> accepted_on;  // once accepted
  bool negotiating = false;                   // read and commented on, not accepted
  std::vector<PublicOption> options;
};

Result<google::api::HttpBody> GetPublicQuote(const App& app, const rpc::Call& call,
                                             const v1::GetPublicQuoteRequest& request);
Result<google::api::HttpBody> AcceptPublicQuote(const App& app, const rpc::Call& call,
                                                const v1::AcceptPublicQuoteRequest& request);
Result<google::api::HttpBody> GetPublicQuotePdf(const App& app, const rpc::Call& call,
                                                const v1::GetPublicQuotePdfRequest& request);
Result<google::api::HttpBody> CommentOnPublicQuote(const App& app, const rpc::Call& call,
                                                   const v1::CommentOnPublicQuoteRequest& request);

}  // namespace continuo::quoting::app
