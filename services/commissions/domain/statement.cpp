#include "services/commissions/domain/statement.h"

#include <algorithm>
#include <chrono>

namespace continuo::commissions::domain {
namespace {

// A day begins first at UTC+14 and ends last at UTC-12.
constexpr std::chrono::hours kEarliestZone{14}, kLatestZone{12};

Result<void> CheckNotOwn(const Statement& statement, const std::string& user) {
  if (user != statement.participant_user) return {};
  return FailedPrecondition("COMMISSION_STATEMENT_OWN",
                            "The commission is your own. Somebody else has to approve and pay it.");
}

}  // namespace

Result<calendar::Date> ParsePeriod(std::string_view period, calendar::Instant now) {
  const Result<calendar::Date> first_day = calendar::Date::Parse(std::string(period) + "-01");
  if (!first_day) return Invalid("/period", "INVALID_PERIOD", "A period is a month: \"2026-03\".");
  if (*first_day > calendar::LocalDate(now + kEarliestZone, calendar::Zone::Utc())) {
    return Invalid("/period", "PERIOD_NOT_BEGUN",
                   "The month has not begun. Name the current or an earlier one.");
  }
  return *first_day;
}

calendar::Instant EndOfPeriod(calendar::Date first_day) {
  return calendar::EndOfDay(first_day.LastOfMonth(), calendar::Zone::Utc()) + kLatestZone;
}

calendar::Date FirstOpenPeriod(calendar::Instant now) {
  return calendar::LocalDate(now - kLatestZone, calendar::Zone::Utc()).FirstOfMonth();
}

Result<void> CheckApproval(const Statement& statement, const std::string& approver) {
  if (statement.status != StatementStatus::kDraft) {
    return FailedPrecondition("COMMISSION_STATEMENT_NOT_DRAFT",
                              "The statement was approved before and does not change.");
  }
  return CheckNotOwn(statement, approver);
}

Result<void> CheckPayment(const Statement& statement, const std::string& payer) {
  if (statement.status != StatementStatus::kApproved) {
    return FailedPrecondition("COMMISSION_STATEMENT_NOT_APPROVED",
                              statement.status == StatementStatus::kPaid
                                  ? "The statement was paid before."
                                  : "The statement is not approved yet.");
  }
  return CheckNotOwn(statement, payer);
}

money::Money Payable(const ToDate& to_date) {
  const money::Money earned = std::min(to_date.stated, to_date.credited);
  return std::max(earned - to_date.paid, money::Money::Zero(to_date.paid.currency()));
}

}  // namespace continuo::commissions::domain
