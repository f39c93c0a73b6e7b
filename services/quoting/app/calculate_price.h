// The price of lines on the caller's own figures: pure, the function that quotes are priced by.
#pragma once

#include "libs/result/result.h"

namespace continuo::quoting::v1 {
class CalculatedPrice;
class PriceCalculationRequest;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::CalculatedPrice> CalculatePrice(const v1::PriceCalculationRequest& request);

}  // namespace continuo::quoting::app
