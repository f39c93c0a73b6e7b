// The sum of what one service hands to another, told by the sender and checked by the receiver.
//
//   ControlTotals received;
//   for (const Line& line : order.lines()) received.Add("EUR", line.net_minor);
//   RETURN_IF_FAULT(received.Check(announced));   // CONTROL_TOTALS_DIFFER
//
// A line that gets lost between two services is found the moment it is lost.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "libs/result/result.h"

namespace continuo::events {

struct ControlTotals {
  int64_t count = 0;
  std::map<std::string, int64_t> minor_by_currency;

  // One more line. A sum that leaves 64 bits is our own bug: std::overflow_error.
  void Add(const std::string& currency, int64_t minor);
  // A currency whose sum is zero equals one that is not named.
  Result<void> Check(const ControlTotals& expected) const;
};

}  // namespace continuo::events
