#include "services/quoting/app/direct_order.h"

#include "continuo/quoting/v1/approval.pb.h"
#include "continuo/quoting/v1/direct_order.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "continuo/quoting/v1/quote.pb.h"
#include "libs/postgres/database.h"
#include "services/quoting/app/act_on_quote.h"
#include "services/quoting/app/ask_approvals.h"
#include "services/quoting/app/content_hash.h"
#include "services/quoting/app/cost_rates.h"
#include "services/quoting/app/findings.h"
#include "services/quoting/app/make_order.h"
#include "services/quoting/app/open_quote.h"
#include "services/quoting/app/show.h"
#include "services/quoting/domain/direct_order.h"
#include "services/quoting/store/quote_store.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using money::Money;
using postgres::NullIfEmpty;
using postgres::Transaction;
using store::StoredQuote;

constexpr char kNeedsNoApproval[] = "orders.create_direct";

Result<v1::Quote> DraftOf(const v1::CreateOrderRequest& request) {
  v1::Quote draft;
  draft.set_account_id(request.account_id());
  draft.set_division_id(request.division_id());
  draft.set_opportunity_id(request.opportunity_id());
  draft.set_currency(request.currency());
  draft.set_start_on(request.start_on());
  if (request.has_payment_days()) draft.set_payment_days(request.payment_days());
  draft.set_header_discount_percent(request.header_discount_percent());
  for (int i = 0; i < request.lines_size(); ++i) {
    if (!request.lines(i).requested_quantity().empty()) {
      return Invalid("/lines/" + std::to_string(i) + "/requested_quantity", "NOT_ALLOWED",
                     "A direct order sells what is asked for. Leave it out, or open a quote.");
    }
    if (!request.lines(i).option().empty()) {
      return Invalid("/lines/" + std::to_string(i) + "/option", "NOT_ALLOWED",
                     "A direct order leaves nothing to choose. Leave it out, or open a quote.");
    }
    *draft.add_lines() = request.lines(i);
  }
  return draft;
}

// Nobody would approve it: neither a discount nor what a policy asks about may pass here.
Result<void> CheckAllowed(Transaction& tx, const domain::Quote& draft, const KnownElsewhere& known) {
  if (tx.call().Permits(kNeedsNoApproval)) return {};
  std::vector<domain::LinePrice> prices;
  for (const domain::Line& line : draft.lines) prices.push_back(line.price);
  RETURN_IF_FAULT(domain::CheckAtListPrices(prices));
  ASSIGN_OR_RETURN(const std::vector<v1::ApprovalPolicy> policies,
                   MatchingPolicies(tx, draft, known));
  if (policies.empty()) return {};
  return FailedPrecondition("DIRECT_ORDER_NEEDS_APPROVAL",
                            "Policy \"" + policies.front().name() +
                                "\" asks for an approval. Quote it and have the quote approved.",
                            {{"policy_id", policies.front().id()}});
}

// What is ordered with its prices, and what decides whether somebody has to approve it.
struct Ordered {
  StoredQuote draft;
  KnownElsewhere known;
};

Result<Ordered> Price(const App& app, const rpc::Call& call, const Opening& opening) {
  Ordered ordered{.draft = {.quote = opening.quote}};
  domain::Quote& quote = ordered.draft.quote;
  RETURN_IF_FAULT(AddLines(&quote, opening.lines, opening.offers));
  RETURN_IF_FAULT(domain::Reprice(&quote));
  ordered.draft.content_hash = ContentHash(quote);
  ASSIGN_OR_RETURN(const domain::Costs costs, CostsOf(quote));
  std::vector<std::string> currencies;
  for (const auto& [currency, cost] : costs) currencies.push_back(currency);
  ASSIGN_OR_RETURN(const CostRates rates,
                   AskRates(app, call, currencies, quote.currency.ToString(), opening.today));
  ASSIGN_OR_RETURN(auto onboardings, AskOnboardings(app, call, quote.account_id));
  ordered.known = {FactorsOf(rates), {opening.account_payment_days, std::move(onboardings)}};
  return ordered;
}

// The order is frozen from a draft by the same statements as an accepted quote's; the draft is gone
// when the transaction ends.
Result<void> Freeze(Transaction& tx, const StoredQuote& draft, const ids::OrderId& order_id,
                    bool has_deal, const std::optional<Money>& deal_value) {
  const domain::Quote& quote = draft.quote;
  store::InsertQuote(tx, quote, tx.call().principal.user_id);
  store::SaveQuote(tx, draft);
  const Money value = deal_value.value_or(quote.totals.term_total);
  RETURN_IF_FAULT(InsertOrder(tx, draft, order_id, value));
  using postgres::Parameter;
  tx.Run(sql::make_order_direct, order_id,
         has_deal ? Parameter(quote.opportunity_id) : Parameter(),
         has_deal ? Parameter(value.minor()) : Parameter(),
         has_deal ? Parameter(value.currency().code()) : Parameter());
  tx.Run(sql::discard_draft_lines, quote.id);
  tx.Run(sql::discard_draft, quote.id);
  return {};
}

Result<v1::Order> Make(Transaction& tx, const Ordered& ordered,
                       const std::optional<Money>& deal_value,
                       const v1::CreateOrderRequest& request) {
  const StoredQuote& draft = ordered.draft;
  const domain::Quote& quote = draft.quote;
  RETURN_IF_FAULT(CheckRelations(tx, quote));
  RETURN_IF_FAULT(domain::CheckOnboarded(quote, ordered.known.account));
  RETURN_IF_FAULT(CheckAllowed(tx, quote, ordered.known));
  const ids::OrderId order_id = ids::OrderId::New();
  RETURN_IF_FAULT(Freeze(tx, draft, order_id, !request.opportunity_id().empty(), deal_value));
  tx.Run(sql::insert_acceptance, order_id, quote.account_id, 0, "in_person", request.accepted_by(),
         NullIfEmpty(request.place()), postgres::IdOrNull("usr", tx.call().principal.user_id),
         tx.now(), nullptr, nullptr, nullptr, nullptr, nullptr);
  ASSIGN_OR_RETURN(v1::Order order, ShowOrder(tx, order_id));
  TellOrder(tx, order);
  NumberOrder(tx, order_id, &order);
  return order;
}

}  // namespace

Result<v1::Order> CreateOrder(const App& app, const rpc::Call& call,
                              const v1::CreateOrderRequest& request) {
  ASSIGN_OR_RETURN(const v1::Quote draft, DraftOf(request));
  ASSIGN_OR_RETURN(const Opening opening, PrepareQuote(app, call, draft));
  ASSIGN_OR_RETURN(const Ordered ordered, Price(app, call, opening));
  std::optional<Money> deal_value;
  if (!request.opportunity_id().empty()) {
    ASSIGN_OR_RETURN(deal_value, AskOpportunityValue(app, call, opening.quote.opportunity_id));
  }
  return app.database.Command<v1::Order>(
      call, [&](Transaction& tx) { return Make(tx, ordered, deal_value, request); });
}

}  // namespace continuo::quoting::app
