// The calculations of billing: pure, on the caller's own figures. Each translates a request for the
// domain function that documents use, and shows every figure on the way.
#pragma once

#include "libs/result/result.h"

namespace continuo::billing::v1 {
class AllocationRequest;
class CalculatedAllocation;
class CalculatedCreditNote;
class CalculatedTax;
class CreditNoteCalculationRequest;
class TaxCalculationRequest;
}  // namespace continuo::billing::v1

namespace continuo::billing::app {

Result<v1::CalculatedAllocation> CalculateAllocation(const v1::AllocationRequest& request);
Result<v1::CalculatedCreditNote> CalculateCreditNote(
    const v1::CreditNoteCalculationRequest& request);
Result<v1::CalculatedTax> CalculateTax(const v1::TaxCalculationRequest& request);

}  // namespace continuo::billing::app
