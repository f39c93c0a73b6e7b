#include "services/quoting/app/make_order.h"

#include "continuo/crm/v1/opportunity.pb.h"
#include "continuo/quoting/v1/events.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "libs/events/append.h"
#include "libs/postgres/transaction.h"
#include "libs/rpc/peers.h"
#include "services/quoting/store/quote_store.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {

using money::Money;
using postgres::Transaction;
using store::StoredQuote;

Result<std::optional<Money>> AskOpportunityValue(const App& app, const rpc::Call& call,
                                                 const ids::OpportunityId& id) {
  crm::v1::GetOpportunityRequest request;
  request.set_id(id.ToString());
  const auto opportunity = app.peers.Ask<crm::v1::Opportunity>(
      AsQuoting(call), "continuo.crm.v1.CrmService/GetOpportunity", request);
  if (!opportunity) {
    if (opportunity.error().code == Code::kNotFound) return std::nullopt;
    return Failure(opportunity.error());
  }
  if (!opportunity->has_value()) return std::nullopt;
  return Money::Parse(opportunity->value().amount(), opportunity->value().currency());
}

Result<void> InsertOrder(Transaction& tx, const StoredQuote& stored, const ids::OrderId& order_id,
                         const Money& opportunity_value) {
  const domain::Quote& quote = stored.quote;
  try {
    tx.Run(sql::insert_order, quote.id, order_id,
           quote.contract ? quote.contract->id : ids::ContractId::New(),
           tx.Today(store::ZoneOf(quote.time_zone)), opportunity_value.minor(),
           opportunity_value.currency().code(), tx.now());
  } catch (const postgres::UniqueViolation& violation) {
    if (violation.constraint() != "order_opportunity") throw;
    return FailedPrecondition("DEAL_ALREADY_ACCEPTED",
                              "This deal was won by an order before. Put further business under an "
                              "opportunity of its own.",
                              {{"opportunity_id", quote.opportunity_id.ToString()}});
  }
  std::vector<ids::OrderLineId> line_ids;
  std::vector<ids::QuoteLineId> quote_line_ids;
  for (const domain::Line& line : quote.lines) {
    if (!line.chosen) continue;
    line_ids.push_back(ids::OrderLineId::New());
    quote_line_ids.push_back(line.id);
  }
  tx.Run(sql::insert_order_lines, order_id, line_ids, quote_line_ids);
  const postgres::Rows counted = tx.Run(sql::count_order_lines, order_id);
  const postgres::Row count = counted.front();
  const bool whole = count.Int("lines") == static_cast<int64_t>(line_ids.size()) &&
                     count.Int("term_minor") == quote.totals.term_total.minor() &&
                     count.Int("one_off_minor") == quote.totals.one_off.minor();
  if (whole) return {};
  return Internal("The order's lines do not add up to the quote " + quote.id.ToString());
}

void TellOrder(Transaction& tx, const v1::Order& order) {
  v1::OrderAccepted fact;
  fact.set_id(order.id());
  fact.set_revision(order.revision());
  fact.set_account_id(order.account_id());
  fact.set_division_id(order.division_id());
  fact.set_quote_id(order.quote_id());
  fact.set_opportunity_id(order.opportunity_id());
  fact.set_contract_id(order.contract_id());
  fact.set_currency(order.currency());
  fact.set_accepted_on(order.accepted_on());
  *fact.mutable_one_off_total() = order.one_off_total();
  *fact.mutable_term_total() = order.term_total();
  *fact.mutable_control_totals() = order.control_totals();
  events::Append(tx, fact, {.source_version = order.revision()});
}

void NumberOrder(Transaction& tx, const ids::OrderId& order_id, v1::Order* order) {
  const postgres::Rows numbered = tx.Run(sql::number_order, order_id);
  order->set_number(std::string(numbered.front().Text("number")));
}

}  // namespace continuo::quoting::app
