// The table of tax rates. A change is a new version, from a day on, and the old one stays; documents that
// were determined keep their rates.
#pragma once

#include "libs/result/result.h"
#include "services/billing/app/app.h"

namespace continuo::billing::v1 {
class CreateTaxRateRequest;
class DeleteTaxRateRequest;
class GetTaxRateRequest;
class ListTaxRatesRequest;
class ListTaxRatesResponse;
class TaxRate;
class UpdateTaxRateRequest;
}  // namespace continuo::billing::v1

namespace continuo::billing::app {

Result<v1::TaxRate> CreateTaxRate(const App& app, const rpc::Call& call,
                                  const v1::CreateTaxRateRequest& request);
Result<v1::TaxRate> GetTaxRate(const App& app, const rpc::Call& call,
                               const v1::GetTaxRateRequest& request);
Result<v1::ListTaxRatesResponse> ListTaxRates(const App& app, const rpc::Call& call,
                                              const v1::ListTaxRatesRequest& request);
Result<v1::TaxRate> UpdateTaxRate(const App& app, const rpc::Call& call,
                                  const v1::UpdateTaxRateRequest& request);
// Answers the rate that is gone.
Result<v1::TaxRate> DeleteTaxRate(const App& app, const rpc::Call& call,
                                  const v1::DeleteTaxRateRequest& request);

}  // namespace continuo::billing::app
