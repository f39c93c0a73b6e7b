#include "services/quoting/app/tell.h"

#include "continuo/quoting/v1/events.pb.h"
#include "continuo/quoting/v1/negotiation_events.pb.h"
#include "libs/events/append.h"
#include "libs/postgres/transaction.h"

namespace continuo::quoting::app {
namespace {

using domain::Quote;
using postgres::Transaction;

template <class Fact>
Fact About(const Quote& quote) {
  Fact fact;
  fact.set_id(quote.id.ToString());
  fact.set_revision(quote.revision);
  fact.set_account_id(quote.account_id.ToString());
  return fact;
}

void Tell(Transaction& tx, const Quote& quote, const google::protobuf::Message& fact) {
  events::Append(tx, fact, {.source_version = quote.revision});
}

void Put(const money::Money& amount, type::v1::Money* message) {
  message->set_amount(amount.AmountText());
  message->set_currency(amount.currency().ToString());
}

}  // namespace

void TellCreated(Transaction& tx, const Quote& quote, bool opportunity_minted) {
  auto fact = About<v1::QuoteCreated>(quote);
  fact.set_opportunity_id(quote.opportunity_id.ToString());
  fact.set_opportunity_minted(opportunity_minted);
  fact.set_division_id(quote.division_id.ToString());
  fact.set_currency(quote.currency.ToString());
  fact.set_kind(quote.contract ? "change" : "new");
  fact.set_created_by(tx.call().principal.user_id);
  fact.set_selected(quote.selected);
  Tell(tx, quote, fact);
}

void TellPriced(Transaction& tx, const Quote& quote) {
  auto fact = About<v1::QuotePriced>(quote);
  fact.set_opportunity_id(quote.opportunity_id.ToString());
  fact.set_selected(quote.selected);
  Put(quote.totals.one_off, fact.mutable_one_off_total());
  Put(quote.totals.monthly, fact.mutable_monthly_total());
  Put(quote.totals.term_total, fact.mutable_term_total());
  Tell(tx, quote, fact);
}

void TellUpdated(Transaction& tx, const Quote& quote, const domain::Difference& changes) {
  auto fact = About<v1::QuoteUpdated>(quote);
  for (const auto& [path, change] : changes) {
    if (path.find('/') != std::string::npos) continue;
    type::v1::Change& told = (*fact.mutable_changes())[path];
    told.set_from(change.from);
    told.set_to(change.to);
  }
  Tell(tx, quote, fact);
}

void TellSelected(Transaction& tx, const Quote& quote) {
  auto fact = About<v1::QuoteSelected>(quote);
  fact.set_opportunity_id(quote.opportunity_id.ToString());
  Put(quote.totals.term_total, fact.mutable_term_total());
  Tell(tx, quote, fact);
}

void TellSubmitted(Transaction& tx, const Quote& quote) {
  auto fact = About<v1::QuoteSubmitted>(quote);
  fact.set_version(quote.version);
  Put(quote.totals.term_total, fact.mutable_term_total());
  Tell(tx, quote, fact);
}

void TellApproved(Transaction& tx, const Quote& quote) {
  auto fact = About<v1::QuoteApproved>(quote);
  fact.set_version(quote.version);
  fact.set_approved_by(tx.call().principal.user_id);
  Tell(tx, quote, fact);
}

void TellRejected(Transaction& tx, const Quote& quote, const std::string& reason) {
  auto fact = About<v1::QuoteRejected>(quote);
  fact.set_version(quote.version);
  fact.set_reason(reason);
  Tell(tx, quote, fact);
}

void TellReleased(Transaction& tx, const Quote& quote) {
  auto fact = About<v1::QuoteReleased>(quote);
  fact.set_version(quote.version);
  Put(quote.totals.term_total, fact.mutable_term_total());
  fact.set_valid_until(quote.valid_until.ToString());
  Tell(tx, quote, fact);
}

void TellNegotiated(Transaction& tx, const Quote& quote, const std::string& reason) {
  auto fact = About<v1::QuoteNegotiated>(quote);
  fact.set_version(quote.version);
  fact.set_reason(reason);
  Tell(tx, quote, fact);
}

void TellAccepted(Transaction& tx, const Quote& quote, const ids::OrderId& order_id) {
  auto fact = About<v1::QuoteAccepted>(quote);
  fact.set_version(quote.version);
  fact.set_order_id(order_id.ToString());
  fact.set_opportunity_id(quote.opportunity_id.ToString());
  Tell(tx, quote, fact);
}

void TellDeclined(Transaction& tx, const Quote& quote, const std::string& reason) {
  auto fact = About<v1::QuoteDeclined>(quote);
  fact.set_reason(reason);
  Tell(tx, quote, fact);
}

void TellExpired(Transaction& tx, const Quote& quote) {
  Tell(tx, quote, About<v1::QuoteExpired>(quote));
}

}  // namespace continuo::quoting::app
