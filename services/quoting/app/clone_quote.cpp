#include "services/quoting/app/clone_quote.h"

#include "continuo/quoting/v1/deal.pb.h"
#include "continuo/quoting/v1/quote.pb.h"
#include "libs/postgres/database.h"
#include "services/quoting/app/open_quote.h"
#include "services/quoting/app/show.h"
#include "services/quoting/domain/clone_quote.h"
#include "services/quoting/store/quote_store.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using postgres::Transaction;

struct Source {
  domain::Quote quote;
  v1::Quote shown;
  bool deal_is_open = false;  // nothing of the deal is accepted
  calendar::Date today;
};

Result<Source> FindSource(const App& app, const rpc::Call& call, const std::string& id_text) {
  const Result<ids::QuoteId> id = ids::QuoteId::Parse(id_text);
  if (!id) return NotFound("quote", id_text);
  return app.database.Read(call, [&](Transaction& tx) -> Result<Source> {
    ASSIGN_OR_RETURN(store::StoredQuote stored, store::LoadQuote(tx, *id));
    Source source{.quote = std::move(stored.quote)};
    ASSIGN_OR_RETURN(source.shown, ShowQuote(tx, *id));
    source.deal_is_open = tx.Run(sql::find_deal_order, source.quote.opportunity_id).empty();
    source.today = tx.Today(store::ZoneOf(source.quote.time_zone));
    return source;
  });
}

// The header of the clone as a create would name it.
v1::Quote HeaderOf(const Source& source, const v1::CloneQuoteRequest& request) {
  const v1::Quote& from = source.shown;
  const bool same_account =
      request.account_id().empty() || request.account_id() == from.account_id();
  v1::Quote header;
  header.set_account_id(same_account ? from.account_id() : request.account_id());
  header.set_division_id(from.division_id());
  header.set_currency(from.currency());
  header.set_start_on(from.start_on());
  header.set_header_discount_percent(from.header_discount_percent());
  header.set_valid_until(request.valid_until());
  // Another account pays as it always does.
  if (same_account) header.set_payment_days(from.payment_days());
  *header.mutable_metadata() = from.metadata();
  if (!request.opportunity_id().empty()) {
    header.set_opportunity_id(request.opportunity_id());
  } else if (same_account && source.deal_is_open && !request.new_opportunity()) {
    header.set_opportunity_id(from.opportunity_id());
  }
  return header;
}

// The products of the source's lines as they are sold to the buyer today, by id.
Result<std::map<ids::ProductId, domain::Product>> FindCurrent(const App& app, const rpc::Call& call,
                                                              const Source& source,
                                                              const Buyer& buyer) {
  std::vector<NewLine> wanted;
  for (const domain::Line& line : source.quote.lines) {
    wanted.push_back({.product_id = line.product.id.ToString()});
  }
  ASSIGN_OR_RETURN(const Offers offers, FindOffers(app, call, wanted, buyer, source.today));
  std::map<ids::ProductId, domain::Product> current;
  for (const auto& [id, offer] : offers) {
    if (offer.product) current[offer.product->id] = *offer.product;
  }
  return current;
}

}  // namespace

Result<v1::Quote> CloneQuote(const App& app, const rpc::Call& call,
                             const v1::CloneQuoteRequest& request) {
  if (request.new_opportunity() && !request.opportunity_id().empty()) {
    return Invalid("/new_opportunity", "NOT_ALLOWED",
                   "Name an opportunity, or have a new one opened.");
  }
  ASSIGN_OR_RETURN(const Source source, FindSource(app, call, request.id()));
  if (source.quote.contract) {
    return FailedPrecondition("QUOTE_ACTION_NOT_ALLOWED",
                              "A change starts from what its contract is. Quote it again with "
                              "contract_id instead of cloning it.",
                              {{"contract_id", source.quote.contract->id.ToString()}});
  }
  const v1::Quote header = HeaderOf(source, request);
  ASSIGN_OR_RETURN(Opening opening, PrepareQuote(app, call, header));
  opening.action = "clone";
  opening.reason = request.reason();
  std::map<ids::ProductId, domain::Product> current;
  if (request.products() == v1::CLONE_PRODUCTS_CURRENT) {
    ASSIGN_OR_RETURN(current, FindCurrent(app, call, source, opening.buyer));
  }
  RETURN_IF_FAULT(domain::CopyLines(source.quote, current, &opening.quote));
  domain::CopyClauses(source.quote, &opening.quote);
  return app.database.Command<v1::Quote>(call, [&](Transaction& tx) -> Result<v1::Quote> {
    ASSIGN_OR_RETURN(v1::Quote quote, OpenQuote(tx, opening, header));
    tx.Run(sql::set_quote_source, opening.quote.id, source.quote.id);
    quote.set_cloned_from_id(source.quote.id.ToString());
    return quote;
  });
}

}  // namespace continuo::quoting::app
