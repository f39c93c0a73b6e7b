// The life of a schedule, and which change each state allows.
//
//   pending --initialise--> initialised --first release--> running --last release--> ended
//      ^--uninitialise-------'      |                          |
//                                   '------cancel--------------'--> cancelled
//
//   MayInitialise({.side = kBuy, .status = kPending}, {}, none)   // SCHEDULE_NEEDS_SUPPLIER
//
// Running and ended follow from what is released, so no caller asks for them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/ids/kinds.h"
#include "libs/result/result.h"

namespace continuo::contracts::domain {

enum class Side { kSell, kBuy };
enum class ScheduleStatus { kPending, kInitialised, kRunning, kEnded, kCancelled };

std::string_view ToText(Side side);
std::string_view ToText(ScheduleStatus status);

struct ScheduleState {
  ids::ScheduleId id;
  Side side = Side::kSell;
  ScheduleStatus status = ScheduleStatus::kPending;
  ids::SupplierId supplier_id;  // nil: none chosen
};

// The supplier that the initialised schedule has: nil on the sell side.
Result<ids::SupplierId> MayInitialise(const ScheduleState& schedule,
                                      std::optional<ids::SupplierId> chosen);
Result<void> MayUninitialise(const ScheduleState& schedule);
Result<void> MayCancel(const ScheduleState& schedule);

}  // namespace continuo::contracts::domain
