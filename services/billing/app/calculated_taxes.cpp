#include "services/billing/app/calculated_taxes.h"

#include "continuo/billing/v1/calculations.pb.h"

namespace continuo::billing::app {

void ShowTaxes(std::span<const domain::RateTax> taxes, calculations::Steps* steps,
               google::protobuf::RepeatedPtrField<v1::CalculatedTaxRate>* shown) {
  for (const domain::RateTax& tax : taxes) {
    calculations::AddStep(steps, "tax",
                          tax.tax_code + ": " + tax.rate.ToString() + " % of " +
                              tax.base.AmountText(),
                          tax.base.ToRatio() * money::Percent(tax.rate), tax.tax);
    v1::CalculatedTaxRate& row = *shown->Add();
    row.set_tax_code(tax.tax_code);
    row.set_rate(tax.rate.ToString());
    calculations::WriteMoney(tax.base, row.mutable_base());
    calculations::WriteMoney(tax.tax, row.mutable_tax());
  }
}

}  // namespace continuo::billing::app
