#include "services/crm/app/follow_sale.h"

#include "continuo/crm/v1/account.pb.h"
#include "continuo/crm/v1/events.pb.h"
#include "continuo/crm/v1/opportunity.pb.h"
#include "continuo/quoting/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "services/crm/app/account_rows.h"
#include "services/crm/app/opportunity_rows.h"
#include "services/crm/store/sql.h"

namespace continuo::crm::app {
namespace {

using money::Money;
using postgres::IdOrNull;

v1::OpportunityKind KindOf(const std::string& text) {
  if (text == "change") return v1::OPPORTUNITY_KIND_CHANGE;
  if (text == "renewal") return v1::OPPORTUNITY_KIND_RENEWAL;
  if (text == "upsell") return v1::OPPORTUNITY_KIND_UPSELL;
  return v1::OPPORTUNITY_KIND_NEW;
}

Result<std::optional<Money>> MoneyOf(bool is_set, const type::v1::Money& money) {
  if (!is_set) return std::nullopt;
  ASSIGN_OR_RETURN(const Money value, Money::Parse(money.amount(), money.currency()));
  return value;
}

// Locks it; NotFound where it is unknown.
Result<v1::Opportunity> Lock(postgres::Transaction& tx, const std::string& id) {
  if (tx.Run(sql::lock_opportunity, IdOrNull("opp", id)).empty()) {
    return NotFound("opportunity", id);
  }
  return Load<v1::Opportunity>(tx, kOpportunity, id);
}

Result<void> Follow(postgres::Transaction& tx, const v1::Opportunity& before,
                    const domain::QuoteFact& selected) {
  const std::optional<domain::Following> following =
      domain::FollowQuote(DealOf(before), selected);
  if (!following) return {};
  std::optional<int64_t> minor;
  std::optional<std::string> currency;
  if (following->value) minor = following->value->minor();
  if (following->value) currency = following->value->currency().ToString();
  tx.Run(sql::update_opportunity_quote, IdOrNull("opp", before.id()), following->quote, minor,
         currency);
  ASSIGN_OR_RETURN(const v1::Opportunity after,
                   Load<v1::Opportunity>(tx, kOpportunity, before.id()));
  RecordValue(tx, before, after);
  return {};
}

struct QuoteRevision {
  const std::string& quote_id;
  const std::string& account_id;
  const std::string& opportunity_id;
  int64_t revision;
};

Result<Followed> FollowRevision(postgres::Transaction& tx, const QuoteRevision& quote,
                                bool is_selected, const std::optional<Money>& value) {
  const Result<v1::Opportunity> opportunity = Lock(tx, quote.opportunity_id);
  if (!opportunity) return Followed::kOpportunityUnknown;
  const bool is_news = !tx.Run(sql::advance_followed_quote, IdOrNull("quo", quote.quote_id),
                               IdOrNull("acc", quote.account_id), quote.revision)
                            .empty();
  if (!is_news || !is_selected) return Followed::kYes;
  ASSIGN_OR_RETURN(const ids::QuoteId id, ids::QuoteId::Parse(quote.quote_id));
  RETURN_IF_FAULT(Follow(tx, *opportunity, {id, value}));
  return Followed::kYes;
}

// The deal is named after its customer until somebody gives it a name of its own.
Result<void> OpenMinted(postgres::Transaction& tx, const quoting::v1::QuoteCreated& quote) {
  ASSIGN_OR_RETURN(const v1::Account account,
                   Load<v1::Account>(tx, kAccount, quote.account_id()));
  v1::Opportunity opportunity;
  opportunity.set_id(quote.opportunity_id());
  opportunity.set_account_id(quote.account_id());
  opportunity.set_name(account.name());
  opportunity.set_kind(KindOf(quote.kind()));
  opportunity.set_owner_id(quote.created_by());
  RETURN_IF_FAULT(InsertOpportunity(tx, std::move(opportunity)));
  return {};
}

}  // namespace

Result<Followed> OpenForQuote(postgres::Transaction& tx, const quoting::v1::QuoteCreated& quote) {
  if (quote.opportunity_id().empty()) return Followed::kYes;
  if (quote.opportunity_minted()) RETURN_IF_FAULT(OpenMinted(tx, quote));
  const Result<v1::Opportunity> opportunity = Lock(tx, quote.opportunity_id());
  if (!opportunity) return Followed::kOpportunityUnknown;
  const bool is_news = tx.Run(sql::insert_followed_quote, IdOrNull("quo", quote.id()),
                              IdOrNull("acc", quote.account_id()))
                           .affected() > 0;
  if (!is_news || !quote.selected()) return Followed::kYes;
  ASSIGN_OR_RETURN(const ids::QuoteId id, ids::QuoteId::Parse(quote.id()));
  RETURN_IF_FAULT(Follow(tx, *opportunity, {id, std::nullopt}));
  return Followed::kYes;
}

Result<Followed> FollowPrice(postgres::Transaction& tx, const quoting::v1::QuotePriced& quote) {
  if (quote.opportunity_id().empty()) return Followed::kYes;
  ASSIGN_OR_RETURN(const std::optional<Money> value,
                   MoneyOf(quote.has_term_total(), quote.term_total()));
  return FollowRevision(
      tx, {quote.id(), quote.account_id(), quote.opportunity_id(), quote.revision()},
      quote.selected(), value);
}

Result<Followed> FollowSelection(postgres::Transaction& tx,
                                 const quoting::v1::QuoteSelected& quote) {
  if (quote.opportunity_id().empty()) return Followed::kYes;
  ASSIGN_OR_RETURN(const std::optional<Money> value,
                   MoneyOf(quote.has_term_total(), quote.term_total()));
  return FollowRevision(
      tx, {quote.id(), quote.account_id(), quote.opportunity_id(), quote.revision()}, true, value);
}

Result<Followed> WinByOrder(postgres::Transaction& tx, const quoting::v1::OrderAccepted& order) {
  if (order.opportunity_id().empty()) return Followed::kYes;
  const Result<v1::Opportunity> before = Lock(tx, order.opportunity_id());
  if (!before) return Followed::kOpportunityUnknown;
  if (!domain::WonByOrder(DealOf(*before))) return Followed::kYes;
  ASSIGN_OR_RETURN(const Money total,
                   Money::Parse(order.term_total().amount(), order.term_total().currency()));
  tx.Run(sql::update_opportunity_won, IdOrNull("opp", before->id()), IdOrNull("ord", order.id()),
         total.minor(), total.currency().code(), tx.now());
  ASSIGN_OR_RETURN(const v1::Opportunity after,
                   Load<v1::Opportunity>(tx, kOpportunity, before->id()));
  RecordValue(tx, *before, after);
  v1::OpportunityWon won;
  won.set_id(after.id());
  won.set_revision(after.revision());
  won.set_account_id(after.account_id());
  won.set_owner_id(after.owner_id());
  won.set_order_id(after.order_id());
  *won.mutable_value() = after.value();
  events::Append(tx, won, {.source_version = after.revision()});
  return Followed::kYes;
}

Result<Followed> OpenForDemand(postgres::Transaction& tx,
                               const quoting::v1::ResidualDemandPursued& demand) {
  v1::Opportunity opportunity;
  opportunity.set_id(demand.opportunity_id());
  opportunity.set_account_id(demand.account_id());
  opportunity.set_name(demand.quantity() + " " + demand.product_code());
  opportunity.set_kind(v1::OPPORTUNITY_KIND_UPSELL);
  opportunity.set_owner_id(demand.pursued_by());
  RETURN_IF_FAULT(InsertOpportunity(tx, std::move(opportunity)));
  return Followed::kYes;
}

}  // namespace continuo::crm::app
