#include "services/contracts/app/schedule_terms.h"

#include "continuo/catalogue/v1/product.pb.h"
#include "continuo/contracts/v1/schedule.pb.h"
#include "services/contracts/app/amounts.h"

namespace continuo::contracts::app {
namespace {

using catalogue::v1::PeriodUnit;

std::string_view UnitText(PeriodUnit unit) {
  switch (unit) {
    case PeriodUnit::PERIOD_UNIT_DAY:
      return "day";
    case PeriodUnit::PERIOD_UNIT_WEEK:
      return "week";
    case PeriodUnit::PERIOD_UNIT_QUARTER:
      return "quarter";
    case PeriodUnit::PERIOD_UNIT_YEAR:
      return "year";
    default:
      return "month";
  }
}

domain::ScheduleStatus StatusOf(v1::ScheduleStatus status) {
  switch (status) {
    case v1::SCHEDULE_STATUS_INITIALISED:
      return domain::ScheduleStatus::kInitialised;
    case v1::SCHEDULE_STATUS_RUNNING:
      return domain::ScheduleStatus::kRunning;
    case v1::SCHEDULE_STATUS_ENDED:
      return domain::ScheduleStatus::kEnded;
    case v1::SCHEDULE_STATUS_CANCELLED:
      return domain::ScheduleStatus::kCancelled;
    default:
      return domain::ScheduleStatus::kPending;
  }
}

}  // namespace

domain::Timing TimingOf(int timing) {
  return timing == catalogue::v1::BILLING_TIMING_ARREARS ? domain::Timing::kArrears
                                                         : domain::Timing::kAdvance;
}

calendar::ProrationDialect DialectOf(int dialect) {
  switch (dialect) {
    case catalogue::v1::PRORATION_DIALECT_ACTUAL_30:
      return calendar::ProrationDialect::kActualOver30;
    case catalogue::v1::PRORATION_DIALECT_THIRTY_360:
      return calendar::ProrationDialect::kThirty360;
    case catalogue::v1::PRORATION_DIALECT_NONE:
      return calendar::ProrationDialect::kNone;
    default:
      return calendar::ProrationDialect::kActualDays;
  }
}

Result<calendar::Cycle> CycleOf(const catalogue::v1::Period& period) {
  return calendar::Cycle::Make(UnitText(period.unit()), std::max(period.count(), 1));
}

Result<domain::PurchaseElement> ElementOf(const catalogue::v1::Purchasing& purchasing) {
  domain::PurchaseElement element{.name = purchasing.name(),
                                  .supplier_id = {},
                                  .currency = {},
                                  .unit_cost = {},
                                  .cycle = {},
                                  .timing = TimingOf(purchasing.timing()),
                                  .lead_days = purchasing.lead_days(),
                                  .back_to_back = purchasing.back_to_back()};
  if (!purchasing.supplier_id().empty()) {
    ASSIGN_OR_RETURN(element.supplier_id, ids::SupplierId::Parse(purchasing.supplier_id()));
  }
  ASSIGN_OR_RETURN(element.currency, money::Currency::Parse(purchasing.currency()));
  ASSIGN_OR_RETURN(element.unit_cost, money::Decimal::Parse(purchasing.unit_cost()));
  if (purchasing.has_period()) {
    ASSIGN_OR_RETURN(element.cycle, CycleOf(purchasing.period()));
  }
  return element;
}

Result<domain::ScheduleTerms> TermsOf(const v1::Schedule& schedule) {
  const auto& billing = schedule.billing();
  domain::ScheduleTerms terms{
      .amount = {},
      .term_total = {},
      .cycle = {},
      .term = {},
      .timing = TimingOf(billing.timing()),
      .lead_days = billing.lead_days(),
      .alignment = billing.alignment() == catalogue::v1::BILLING_ALIGNMENT_CALENDAR
                       ? domain::Alignment::kCalendar
                       : domain::Alignment::kAnniversary,
      .proration = DialectOf(billing.proration())};
  ASSIGN_OR_RETURN(terms.amount, MoneyOf(schedule.amount()));
  if (schedule.side() == v1::SCHEDULE_SIDE_SELL) {
    ASSIGN_OR_RETURN(terms.term_total, MoneyOf(schedule.term_total()));
  }
  ASSIGN_OR_RETURN(terms.cycle, CycleOf(billing.period()));
  ASSIGN_OR_RETURN(terms.term, CycleOf(schedule.term().length()));
  return terms;
}

domain::ScheduleState StateOf(const v1::Schedule& schedule) {
  return {.id = ids::ScheduleId::Parse(schedule.id()).value(),
          .side = schedule.side() == v1::SCHEDULE_SIDE_BUY ? domain::Side::kBuy
                                                           : domain::Side::kSell,
          .status = StatusOf(schedule.status()),
          .supplier_id = schedule.supplier_id().empty()
                             ? ids::SupplierId{}
                             : ids::SupplierId::Parse(schedule.supplier_id()).value()};
}

}  // namespace continuo::contracts::app
