#include "services/quoting/app/margin.h"

#include "continuo/quoting/v1/margin.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/message.h"
#include "services/quoting/app/amounts.h"
#include "services/quoting/app/cost_rates.h"
#include "services/quoting/domain/margin.h"
#include "services/quoting/store/line_json.h"
#include "services/quoting/store/quote_store.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using money::Currency;
using money::Decimal;
using money::Money;
using postgres::Row;
using postgres::Transaction;

struct Frozen {
  int version = 0;
  calendar::Date on;
  CostRates rates;
};

// What the database knows; the rates of today are asked afterwards.
struct Facts {
  v1::QuoteMargin shown;
  Money term_total;
  domain::Costs costs;
  std::optional<Frozen> frozen;
  calendar::Date today;
};

Result<Money> AddElement(const Row& row, v1::QuoteMargin* shown) {
  v1::BoughtElement& element = *shown->add_elements();
  postgres::Fill(row, &element);
  domain::BoughtElement bought{.period = store::ParsePeriod(row.OptionalText("period")),
                               .term = store::ParsePeriod(row.OptionalText("term"))};
  ASSIGN_OR_RETURN(bought.currency, Currency::Parse(row.Text("cost_currency")));
  ASSIGN_OR_RETURN(bought.unit_cost, Decimal::Parse(element.unit_cost()));
  ASSIGN_OR_RETURN(bought.quantity, Decimal::Parse(element.quantity()));
  ASSIGN_OR_RETURN(const Decimal times,
                   money::RoundToDecimal(domain::TimesBought(bought), Decimal::kPlaces));
  element.set_periods(times.ToString());
  ASSIGN_OR_RETURN(const Money cost, domain::CostOf(bought));
  SetMoney(cost, element.mutable_cost());
  return cost;
}

std::optional<Frozen> FindFrozen(Transaction& tx, const ids::QuoteId& id) {
  std::optional<Frozen> frozen;
  for (const Row row : tx.Run(sql::list_frozen_rates, id)) {
    if (!frozen) frozen = Frozen{static_cast<int>(row.Int("version")), row.Date("submitted_on"), {}};
    if (row.IsNull("cost_currency")) continue;
    frozen->rates[std::string(row.Text("cost_currency"))] = {
        .base = std::string(row.Text("base")),
        .quote = std::string(row.Text("quote")),
        .rate = row.Decimal("rate"),
        .on = row.Date("on"),
        .source = std::string(row.OptionalText("source").value_or(""))};
  }
  return frozen;
}

Result<Facts> FindFacts(Transaction& tx, const ids::QuoteId& id) {
  Facts facts;
  ASSIGN_OR_RETURN(store::StoredQuote stored, store::LoadQuote(tx, id));
  facts.term_total = stored.quote.totals.term_total;
  facts.today = tx.Today(store::ZoneOf(stored.quote.time_zone));
  v1::QuoteMargin& shown = facts.shown;
  shown.set_quote_id(id.ToString());
  shown.set_revision(stored.quote.revision);
  shown.set_version(stored.quote.version);
  SetMoney(facts.term_total, shown.mutable_term_total());
  std::vector<Money> costs;
  for (const Row row : tx.Run(sql::list_bought_elements, id)) {
    ASSIGN_OR_RETURN(costs.emplace_back(), AddElement(row, &shown));
  }
  ASSIGN_OR_RETURN(facts.costs, domain::SumCosts(costs));
  for (const auto& [currency, cost] : facts.costs) SetMoney(cost, shown.add_costs());
  facts.frozen = FindFrozen(tx, id);
  return facts;
}

std::string WhyNot(const std::vector<std::string>& unknown, const std::string& to) {
  std::string list;
  for (const std::string& currency : unknown) list += (list.empty() ? "" : ", ") + currency;
  return "No exchange rate between " + list + " and " + to + " is known.";
}

Result<void> Write(const Facts& facts, const CostRates& rates, calendar::Date on,
                   v1::Margin* shown) {
  shown->set_on(on.ToString());
  for (const auto& [currency, rate] : rates) {
    v1::RateUsed& used = *shown->add_rates();
    used.set_base(rate.base);
    used.set_quote(rate.quote);
    used.set_rate(rate.rate.ToString());
    used.set_on(rate.on.ToString());
    used.set_source(rate.source);
    used.set_inverse(rate.base != currency);
  }
  ASSIGN_OR_RETURN(const domain::MarginOrReason found,
                   domain::MarginOf(facts.term_total, facts.costs, FactorsOf(rates)));
  if (!found.margin) {
    shown->set_reason(WhyNot(found.unknown_rates, facts.term_total.currency().ToString()));
    return {};
  }
  SetMoney(found.margin->cost, shown->mutable_cost());
  SetMoney(found.margin->margin, shown->mutable_margin());
  if (found.margin->percent) shown->set_margin_percent(found.margin->percent->ToString());
  return {};
}

}  // namespace

Result<v1::QuoteMargin> GetQuoteMargin(const App& app, const rpc::Call& call,
                                       const v1::GetQuoteMarginRequest& request) {
  const Result<ids::QuoteId> id = ids::QuoteId::Parse(request.quote_id());
  if (!id) return NotFound("quote", request.quote_id());
  ASSIGN_OR_RETURN(Facts facts, app.database.Read(call, [&](Transaction& tx) {
    return FindFacts(tx, *id);
  }));
  std::vector<std::string> currencies;
  for (const auto& [currency, cost] : facts.costs) currencies.push_back(currency);
  ASSIGN_OR_RETURN(const CostRates rates,
                   AskRates(app, call, currencies, facts.term_total.currency().ToString(),
                            facts.today));
  RETURN_IF_FAULT(Write(facts, rates, facts.today, facts.shown.mutable_at_todays_rates()));
  if (facts.frozen) {
    v1::Margin& frozen = *facts.shown.mutable_at_frozen_rates();
    RETURN_IF_FAULT(Write(facts, facts.frozen->rates, facts.frozen->on, &frozen));
    frozen.set_version(facts.frozen->version);
  }
  return facts.shown;
}

}  // namespace continuo::quoting::app
