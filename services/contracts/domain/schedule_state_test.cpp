#include "services/contracts/domain/schedule_state.h"

#include "libs/testing/catch/catch.h"

namespace continuo::contracts::domain {
namespace {

ScheduleState State(ScheduleStatus status, Side side = Side::kSell,
                    ids::SupplierId supplier = {}) {
  return {ids::ScheduleId::New(), side, status, supplier};
}

std::string ReasonOf(const Result<void>& result) { return result ? "" : result.error().reason; }
std::string ReasonOf(const Result<ids::SupplierId>& result) {
  if (result) return "";
  return result.error().violations.empty() ? result.error().reason
                                           : result.error().violations.front().code;
}

TEST_CASE("Which change each state of a schedule allows") {
  struct Row {
    ScheduleStatus status;
    std::string initialise;
    std::string uninitialise;
    std::string cancel;
  };
  const auto row = GENERATE(values<Row>({
      {ScheduleStatus::kPending, "", "SCHEDULE_NOT_INITIALISED", "SCHEDULE_NOT_INITIALISED"},
      {ScheduleStatus::kInitialised, "SCHEDULE_NOT_PENDING", "", ""},
      {ScheduleStatus::kRunning, "SCHEDULE_NOT_PENDING", "SCHEDULE_ALREADY_RELEASED", ""},
      {ScheduleStatus::kEnded, "SCHEDULE_NOT_PENDING", "SCHEDULE_ALREADY_RELEASED", ""},
      {ScheduleStatus::kCancelled, "SCHEDULE_NOT_PENDING", "SCHEDULE_ENDED", "SCHEDULE_ENDED"},
  }));
  CAPTURE(ToText(row.status));
  const ScheduleState schedule = State(row.status);
  CHECK(ReasonOf(MayInitialise(schedule, {})) == row.initialise);
  CHECK(ReasonOf(MayUninitialise(schedule)) == row.uninitialise);
  CHECK(ReasonOf(MayCancel(schedule)) == row.cancel);
}

TEST_CASE("Who supplies an initialised schedule") {
  const auto known = ids::SupplierId::New();
  const auto other = ids::SupplierId::New();
  const ScheduleState sold = State(ScheduleStatus::kPending);
  const ScheduleState open = State(ScheduleStatus::kPending, Side::kBuy);
  const ScheduleState chosen = State(ScheduleStatus::kPending, Side::kBuy, known);

  CHECK(MayInitialise(sold, {}).value().IsNil());
  CHECK(ReasonOf(MayInitialise(sold, other)) == "NOT_APPLICABLE");
  CHECK(ReasonOf(MayInitialise(open, {})) == "SCHEDULE_NEEDS_SUPPLIER");
  CHECK(MayInitialise(open, other).value() == other);
  CHECK(MayInitialise(chosen, {}).value() == known);
  CHECK(MayInitialise(chosen, known).value() == known);
  CHECK(ReasonOf(MayInitialise(chosen, other)) == "SUPPLIER_ALREADY_CHOSEN");
}

}  // namespace
}  // namespace continuo::contracts::domain
