// Whether an order may be made without a quote, and so without anybody's approval.
//
// At list prices, and where no approval policy asks, nobody has anything to approve. For all else it
// takes somebody who may give it away: who holds orders.create_direct.
#pragma once

#include <span>

#include "libs/result/result.h"
#include "services/quoting/domain/price_quote.h"

namespace continuo::quoting::domain {

// DIRECT_ORDER_NEEDS_APPROVAL for a line below its list price; a dearer one makes nothing good.
Result<void> CheckAtListPrices(std::span<const LinePrice> lines);

}  // namespace continuo::quoting::domain
