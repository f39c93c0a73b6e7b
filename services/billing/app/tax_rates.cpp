#include "services/billing/app/tax_rates.h"

#include "continuo/billing/v1/tax_rate.pb.h"
#include "libs/ids/kinds.h"
#include "libs/json/patch.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "libs/postgres/revision.h"
#include "services/billing/store/sql.h"

namespace continuo::billing::app {
namespace {

using postgres::IdOrNull;
using postgres::Transaction;

Result<v1::TaxRate> Load(Transaction& tx, const std::string& id,
                         const postgres::Statement& statement) {
  const postgres::Rows found = tx.Run(statement, IdOrNull("tax", id));
  if (found.empty()) return NotFound("tax_rate", id);
  v1::TaxRate rate;
  postgres::Fill(found.front(), &rate);
  return rate;
}

Failure Exists(const v1::TaxRate& rate) {
  return FailedPrecondition("TAX_RATE_EXISTS",
                            "There is a rate for " + rate.tax_code() + " from " +
                                rate.valid_from() +
                                " already. Change that one, or name another day.",
                            {{"tax_code", rate.tax_code()}, {"valid_from", rate.valid_from()}});
}

}  // namespace

Result<v1::TaxRate> CreateTaxRate(const App& app, const rpc::Call& call,
                                  const v1::CreateTaxRateRequest& request) {
  const v1::TaxRate& wanted = request.tax_rate();
  return app.database.Command<v1::TaxRate>(call, [&](Transaction& tx) -> Result<v1::TaxRate> {
    const auto id = ids::TaxRateId::New();
    const std::string& customer_country =
        wanted.customer_country().empty() ? wanted.country() : wanted.customer_country();
    try {
      tx.Run(sql::insert_tax_rate, id, wanted.country(), customer_country, wanted.tax_code(),
             wanted.rate(), wanted.valid_from(), tx.now());
    } catch (const postgres::UniqueViolation&) {
      return Exists(wanted);
    }
    return Load(tx, id.ToString(), sql::get_tax_rate);
  });
}

Result<v1::TaxRate> GetTaxRate(const App& app, const rpc::Call& call,
                               const v1::GetTaxRateRequest& request) {
  return app.database.Read(
      call, [&](Transaction& tx) { return Load(tx, request.id(), sql::get_tax_rate); });
}

Result<v1::ListTaxRatesResponse> ListTaxRates(const App& app, const rpc::Call& call,
                                              const v1::ListTaxRatesRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListTaxRatesResponse> {
    v1::ListTaxRatesResponse response;
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_tax_rates}, request, &response));
    return response;
  });
}

Result<v1::TaxRate> UpdateTaxRate(const App& app, const rpc::Call& call,
                                  const v1::UpdateTaxRateRequest& request) {
  return app.database.Command<v1::TaxRate>(call, [&](Transaction& tx) -> Result<v1::TaxRate> {
    ASSIGN_OR_RETURN(v1::TaxRate rate, Load(tx, request.id(), sql::lock_tax_rate));
    RETURN_IF_FAULT(postgres::CheckRevision(call, rate.revision()));
    tx.AuditBefore(rate);
    RETURN_IF_FAULT(json::ApplyPatch(request.update_mask(), request.tax_rate(), &rate));
    try {
      tx.Run(sql::update_tax_rate, IdOrNull("tax", request.id()), rate.rate(), rate.valid_from());
    } catch (const postgres::UniqueViolation&) {
      return Exists(rate);
    }
    return Load(tx, request.id(), sql::get_tax_rate);
  });
}

Result<v1::TaxRate> DeleteTaxRate(const App& app, const rpc::Call& call,
                                  const v1::DeleteTaxRateRequest& request) {
  return app.database.Command<v1::TaxRate>(call, [&](Transaction& tx) -> Result<v1::TaxRate> {
    ASSIGN_OR_RETURN(const v1::TaxRate rate, Load(tx, request.id(), sql::lock_tax_rate));
    RETURN_IF_FAULT(postgres::CheckRevision(call, rate.revision()));
    tx.AuditBefore(rate);
    tx.Run(sql::delete_tax_rate, IdOrNull("tax", request.id()));
    return rate;
  });
}

}  // namespace continuo::billing::app
