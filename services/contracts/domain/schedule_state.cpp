#include "services/contracts/domain/schedule_state.h"

namespace continuo::contracts::domain {
namespace {

Metadata About(const ScheduleState& schedule) {
  return {{"schedule_id", schedule.id.ToString()},
          {"status", std::string(ToText(schedule.status))}};
}

std::string Named(const ScheduleState& schedule) { return "Schedule " + schedule.id.ToString(); }

}  // namespace

std::string_view ToText(Side side) { return side == Side::kSell ? "sell" : "buy"; }

std::string_view ToText(ScheduleStatus status) {
  switch (status) {
    case ScheduleStatus::kPending:
      return "pending";
    case ScheduleStatus::kInitialised:
      return "initialised";
    case ScheduleStatus::kRunning:
      return "running";
    case ScheduleStatus::kEnded:
      return "ended";
    case ScheduleStatus::kCancelled:
      return "cancelled";
  }
  return "";
}

Result<ids::SupplierId> MayInitialise(const ScheduleState& schedule,
                                      std::optional<ids::SupplierId> chosen) {
  if (schedule.status != ScheduleStatus::kPending) {
    return FailedPrecondition("SCHEDULE_NOT_PENDING",
                              Named(schedule) + " is " + std::string(ToText(schedule.status)) +
                                  ". Uninitialise it first while nothing is released.",
                              About(schedule));
  }
  if (schedule.side == Side::kSell) {
    if (chosen) {
      return Invalid("/supplier_id", "NOT_APPLICABLE",
                     "A sold schedule has no supplier. Leave supplier_id out.");
    }
    return ids::SupplierId{};
  }
  if (schedule.supplier_id.IsNil()) {
    if (chosen) return *chosen;
    return FailedPrecondition("SCHEDULE_NEEDS_SUPPLIER",
                              Named(schedule) + " has no supplier yet. Name one in supplier_id.",
                              About(schedule));
  }
  if (chosen && *chosen != schedule.supplier_id) {
    Metadata about = About(schedule);
    about["supplier_id"] = schedule.supplier_id.ToString();
    return FailedPrecondition("SUPPLIER_ALREADY_CHOSEN",
                              Named(schedule) + " is bought from " +
                                  schedule.supplier_id.ToString() +
                                  ". Leave supplier_id out, or name that one.",
                              about);
  }
  return schedule.supplier_id;
}

Result<void> MayUninitialise(const ScheduleState& schedule) {
  switch (schedule.status) {
    case ScheduleStatus::kInitialised:
      return {};
    case ScheduleStatus::kPending:
      return FailedPrecondition("SCHEDULE_NOT_INITIALISED",
                                Named(schedule) + " has no dates that could be taken back.",
                                About(schedule));
    case ScheduleStatus::kRunning:
    case ScheduleStatus::kEnded:
      return FailedPrecondition(
          "SCHEDULE_ALREADY_RELEASED",
          "Lines of " + Named(schedule) + " are released. Cancel it from a day on instead.",
          About(schedule));
    case ScheduleStatus::kCancelled:
      break;
  }
  return FailedPrecondition("SCHEDULE_ENDED", Named(schedule) + " is cancelled.", About(schedule));
}

Result<void> MayCancel(const ScheduleState& schedule) {
  switch (schedule.status) {
    case ScheduleStatus::kInitialised:
    case ScheduleStatus::kRunning:
    case ScheduleStatus::kEnded:  // everything is released, perhaps far ahead of the service
      return {};
    case ScheduleStatus::kPending:
      return FailedPrecondition("SCHEDULE_NOT_INITIALISED",
                                Named(schedule) + " has no dates yet: nothing runs that could end.",
                                About(schedule));
    case ScheduleStatus::kCancelled:
      break;
  }
  return FailedPrecondition("SCHEDULE_ENDED", Named(schedule) + " is cancelled already.",
                            About(schedule));
}

}  // namespace continuo::contracts::domain
