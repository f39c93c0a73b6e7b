#include "services/quoting/app/cost_rates.h"

#include "continuo/directory/v1/exchange_rate.pb.h"
#include "libs/postgres/database.h"
#include "libs/rpc/peers.h"
#include "services/quoting/store/quote_store.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using postgres::Parameter;
using postgres::Transaction;

Result<std::optional<CostRate>> AskRate(const App& app, const rpc::Call& call,
                                        const std::string& base, const std::string& quote,
                                        calendar::Date on) {
  directory::v1::GetExchangeRateOnRequest request;
  request.set_base(base);
  request.set_quote(quote);
  request.set_on(on.ToString());
  const auto known = app.peers.Ask<directory::v1::ExchangeRate>(
      AsQuoting(call), "continuo.directory.v1.DirectoryService/GetExchangeRateOn", request);
  if (!known) {
    if (known.error().code == Code::kFailedPrecondition) return std::nullopt;
    return Failure(known.error());
  }
  CostRate rate{.base = base, .quote = quote, .source = known->source()};
  ASSIGN_OR_RETURN(rate.rate, money::Decimal::Parse(known->rate()));
  ASSIGN_OR_RETURN(rate.on, calendar::Date::Parse(known->on()));
  return rate;
}

struct Wanted {
  std::vector<std::string> currencies;
  std::string quote_currency;
  calendar::Date today;
};

template <class Get>
Parameter Column(const CostRates& rates, Get get) {
  std::vector<Parameter> values;
  for (const auto& [currency, rate] : rates) values.push_back(get(currency, rate));
  return Parameter::Array(values);
}

}  // namespace

Result<CostRates> AskRates(const App& app, const rpc::Call& call,
                           const std::vector<std::string>& from, const std::string& to,
                           calendar::Date on) {
  CostRates rates;
  for (const std::string& currency : from) {
    if (currency == to || rates.contains(currency)) continue;
    ASSIGN_OR_RETURN(std::optional<CostRate> rate, AskRate(app, call, currency, to, on));
    if (!rate) {
      ASSIGN_OR_RETURN(rate, AskRate(app, call, to, currency, on));
    }
    if (rate) rates[currency] = *rate;
  }
  return rates;
}

Result<CostRates> AskCostRates(const App& app, const rpc::Call& call,
                               const std::string& quote_id) {
  const Result<ids::QuoteId> id = ids::QuoteId::Parse(quote_id);
  if (!id) return NotFound("quote", quote_id);
  ASSIGN_OR_RETURN(
      const Wanted wanted, app.database.Read(call, [&](Transaction& tx) -> Result<Wanted> {
        Wanted wanted;
        for (const postgres::Row row : tx.Run(sql::list_cost_currencies, *id)) {
          wanted.currencies.emplace_back(row.Text("cost_currency"));
          wanted.quote_currency = row.Text("quote_currency");
          wanted.today = tx.Today(store::ZoneOf(std::string(row.Text("time_zone"))));
        }
        return wanted;
      }));
  return AskRates(app, call, wanted.currencies, wanted.quote_currency, wanted.today);
}

void FreezeRates(Transaction& tx, const domain::Quote& quote, const CostRates& rates) {
  if (rates.empty()) return;
  tx.Run(sql::freeze_exchange_rates, quote.id, quote.version, quote.account_id,
         Column(rates, [](const std::string& currency, const CostRate&) { return currency; }),
         Column(rates, [](const std::string&, const CostRate& rate) { return rate.base; }),
         Column(rates, [](const std::string&, const CostRate& rate) { return rate.quote; }),
         Column(rates, [](const std::string&, const CostRate& rate) { return rate.rate; }),
         Column(rates, [](const std::string&, const CostRate& rate) { return rate.on; }),
         Column(rates, [](const std::string&, const CostRate& rate) {
           return postgres::NullIfEmpty(rate.source);
         }));
}

domain::Rates FactorsOf(const CostRates& rates) {
  domain::Rates factors;
  for (const auto& [currency, rate] : rates) {
    factors[currency] =
        rate.base == currency ? rate.rate.ToRatio() : money::Ratio(1) / rate.rate.ToRatio();
  }
  return factors;
}

}  // namespace continuo::quoting::app
