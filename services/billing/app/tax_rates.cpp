#include "services/billing/app/tax_rates.h"

#include <array>

#include "continuo/billing/v1/tax_rate.pb.h"
#include "libs/ids/kinds.h"
#include "libs/json/patch.h"
#include "libs/json/timestamp.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "libs/postgres/revision.h"
#include "services/billing/store/sql.h"

namespace continuo::billing::app {
namespace {

using postgres::IdOrNull;
using postgres::NullIfEmpty;
using postgres::Transaction;

// `valid_on` empty: as it was told last.
Result<v1::TaxRate> Load(Transaction& tx, const std::string& id, const std::string& valid_on = "") {
  // Null would be all of them.
  if (id.empty()) return NotFound("tax_rate", id);
  const postgres::Rows found =
      tx.Run(sql::select_tax_rates, IdOrNull("tax", id), NullIfEmpty(valid_on));
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

// Under lock_tax_rates.
Result<void> TellVersion(Transaction& tx, const v1::TaxRate& rate, bool withdrawn = false) {
  const auto id = IdOrNull("tax", rate.id());
  if (!withdrawn && !tx.Run(sql::find_tax_rate_of_day, rate.country(), rate.customer_country(),
                            rate.tax_code(), rate.valid_from(), id)
                         .empty()) {
    return Exists(rate);
  }
  const calendar::Instant created_at =
      rate.has_created_at() ? json::ToInstant(rate.created_at()) : tx.now();
  tx.Run(sql::insert_tax_rate_version, id, rate.revision(), rate.country(), rate.customer_country(),
         rate.tax_code(), rate.rate(), rate.valid_from(), withdrawn, created_at, tx.now());
  return {};
}

Result<v1::TaxRate> LoadForChange(Transaction& tx, const std::string& id) {
  tx.Run(sql::lock_tax_rates);
  ASSIGN_OR_RETURN(v1::TaxRate rate, Load(tx, id));
  RETURN_IF_FAULT(postgres::CheckRevision(tx.call(), rate.revision()));
  tx.AuditBefore(rate);
  return rate;
}

}  // namespace

Result<v1::TaxRate> CreateTaxRate(const App& app, const rpc::Call& call,
                                  const v1::CreateTaxRateRequest& request) {
  const v1::TaxRate& wanted = request.tax_rate();
  return app.database.Command<v1::TaxRate>(call, [&](Transaction& tx) -> Result<v1::TaxRate> {
    v1::TaxRate rate = wanted;
    rate.set_id(ids::TaxRateId::New().ToString());
    rate.set_revision(1);
    rate.clear_created_at();
    if (rate.customer_country().empty()) rate.set_customer_country(rate.country());
    tx.Run(sql::lock_tax_rates);
    RETURN_IF_FAULT(TellVersion(tx, rate));
    return Load(tx, rate.id());
  });
}

Result<v1::TaxRate> GetTaxRate(const App& app, const rpc::Call& call,
                               const v1::GetTaxRateRequest& request) {
  return app.database.Read(
      call, [&](Transaction& tx) { return Load(tx, request.id(), request.valid_on()); });
}

Result<v1::ListTaxRatesResponse> ListTaxRates(const App& app, const rpc::Call& call,
                                              const v1::ListTaxRatesRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListTaxRatesResponse> {
    v1::ListTaxRatesResponse response;
    const std::array<postgres::Parameter, 2> parameters{IdOrNull("tax", ""),
                                                        NullIfEmpty(request.valid_on())};
    constexpr std::array<std::string_view, 1> kTreated{"valid_on"};
    RETURN_IF_FAULT(postgres::List(
        tx,
        {.select = sql::select_tax_rates, .parameters = parameters, .treated = kTreated},
        request, &response));
    return response;
  });
}

Result<v1::TaxRate> UpdateTaxRate(const App& app, const rpc::Call& call,
                                  const v1::UpdateTaxRateRequest& request) {
  return app.database.Command<v1::TaxRate>(call, [&](Transaction& tx) -> Result<v1::TaxRate> {
    ASSIGN_OR_RETURN(v1::TaxRate rate, LoadForChange(tx, request.id()));
    RETURN_IF_FAULT(json::ApplyPatch(request.update_mask(), request.tax_rate(), &rate));
    rate.set_revision(rate.revision() + 1);
    RETURN_IF_FAULT(TellVersion(tx, rate));
    return Load(tx, request.id());
  });
}

Result<v1::TaxRate> DeleteTaxRate(const App& app, const rpc::Call& call,
                                  const v1::DeleteTaxRateRequest& request) {
  return app.database.Command<v1::TaxRate>(call, [&](Transaction& tx) -> Result<v1::TaxRate> {
    ASSIGN_OR_RETURN(const v1::TaxRate rate, LoadForChange(tx, request.id()));
    v1::TaxRate last = rate;
    last.set_revision(rate.revision() + 1);
    RETURN_IF_FAULT(TellVersion(tx, last, true));
    return rate;
  });
}

}  // namespace continuo::billing::app
