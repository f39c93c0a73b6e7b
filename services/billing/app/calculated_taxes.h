// The taxes of a calculation as its answer shows them.
#pragma once

#include <span>

#include "libs/calculations/figures.h"
#include "services/billing/domain/tax.h"

namespace continuo::billing::v1 {
class CalculatedTaxRate;
}

namespace continuo::billing::app {

// One step and one row for each rate.
void ShowTaxes(std::span<const domain::RateTax> taxes, calculations::Steps* steps,
               google::protobuf::RepeatedPtrField<v1::CalculatedTaxRate>* shown);

}  // namespace continuo::billing::app
