// Whether an order may be made without a quote, and so without anybody's approval.
//
// At list prices nobody has anything to approve. Any discount, on a line or on the whole, needs
// somebody who may give it away: who holds orders.create_direct.
#pragma once

#include <span>

#include "libs/result/result.h"
#include "services/quoting/domain/price_quote.h"

namespace continuo::quoting::domain {

// DIRECT_ORDER_NEEDS_APPROVAL for a line below its list price; a dearer one makes nothing good.
Result<void> CheckDirectOrder(std::span<const LinePrice> lines, bool may_discount);

}  // namespace continuo::quoting::domain
