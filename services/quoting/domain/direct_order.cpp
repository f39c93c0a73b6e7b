#include "services/quoting/domain/direct_order.h"

namespace continuo::quoting::domain {

Result<void> CheckAtListPrices(std::span<const LinePrice> lines) {
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].term_total >= lines[i].list_term_total) continue;
    return FailedPrecondition("DIRECT_ORDER_NEEDS_APPROVAL",
                              "Line " + std::to_string(i + 1) +
                                  " is below its list price. Quote it and have the quote approved.",
                              {{"line", std::to_string(i)}});
  }
  return {};
}

}  // namespace continuo::quoting::domain
