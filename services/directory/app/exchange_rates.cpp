#include "services/directory/app/exchange_rates.h"

#include "continuo/directory/v1/events.pb.h"
#include "continuo/directory/v1/exchange_rate.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "services/directory/app/app.h"
#include "services/directory/app/resource.h"
#include "services/directory/store/sql.h"

namespace continuo::directory::app {
namespace {

using postgres::Transaction;

constexpr Kind kRate{"exchange rate", "fx"};

Result<v1::ExchangeRate> Create(Transaction& tx, const v1::ExchangeRate& wanted) {
  const auto id = ids::ExchangeRateId::New();
  tx.Run(sql::insert_exchange_rate, id, wanted.base(), wanted.quote(), wanted.rate(), wanted.on(),
         postgres::NullIfEmpty(wanted.source()), tx.now());
  ASSIGN_OR_RETURN(auto made,
                   Load<v1::ExchangeRate>(tx, sql::select_exchange_rate, kRate, id.ToString()));
  v1::ExchangeRateCreated event;
  event.set_id(made.id());
  event.set_base(made.base());
  event.set_quote(made.quote());
  event.set_rate(made.rate());
  event.set_on(made.on());
  events::Append(tx, event, {.source_version = 1});
  return made;
}

}  // namespace

Result<v1::ExchangeRate> CreateExchangeRate(const App& app, const rpc::Call& call,
                                            const v1::CreateExchangeRateRequest& request) {
  const v1::ExchangeRate& wanted = request.exchange_rate();
  if (wanted.base() == wanted.quote()) {
    return Invalid("/quote", "SAME_CURRENCY", "A rate is between two currencies. Name another.");
  }
  return app.database.Command<v1::ExchangeRate>(
      call, [&](Transaction& tx) { return Create(tx, wanted); });
}

Result<v1::ExchangeRate> GetExchangeRate(const App& app, const rpc::Call& call,
                                         const v1::GetExchangeRateRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) {
    return Load<v1::ExchangeRate>(tx, sql::select_exchange_rate, kRate, request.id());
  });
}

Result<v1::ListExchangeRatesResponse> ListExchangeRates(
    const App& app, const rpc::Call& call, const v1::ListExchangeRatesRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListExchangeRatesResponse> {
    v1::ListExchangeRatesResponse response;
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_exchange_rate}, request, &response));
    return response;
  });
}

Result<v1::ExchangeRate> GetExchangeRateOn(const App& app, const rpc::Call& call,
                                           const v1::GetExchangeRateOnRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ExchangeRate> {
    const postgres::Rows rows =
        tx.Run(sql::find_exchange_rate_on, request.base(), request.quote(), request.on());
    if (rows.empty()) {
      return FailedPrecondition(
          "EXCHANGE_RATE_UNKNOWN",
          "No rate from " + request.base() + " to " + request.quote() + " is known by " +
              request.on() + ". Add one by POST /v1/exchange_rates.",
          {{"base", request.base()}, {"quote", request.quote()}, {"on", request.on()}});
    }
    v1::ExchangeRate rate;
    postgres::Fill(rows.front(), &rate);
    return rate;
  });
}

}  // namespace continuo::directory::app
