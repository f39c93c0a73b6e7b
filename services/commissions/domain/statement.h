// When a statement is made, who may let it be paid, and what it pays.
//
//   Paid for January's 180.00 when 30.00 was taken back in February, before it was paid -> 150.00
//
// A statement pays what has been earned to date less what was paid to date, never below zero: what
// was taken back is made up for by the next payment. Does not know the credits.
#pragma once

#include <string>
#include <string_view>

#include "libs/calendar/date.h"
#include "libs/calendar/zone.h"
#include "libs/money/money.h"

namespace continuo::commissions::domain {

// Months are those of the divisions' calendars. "2026-03" -> 2026-03-01; a fault unless the month
// has begun somewhere.
Result<calendar::Date> ParsePeriod(std::string_view period, calendar::Instant now);
// When the month is over everywhere: at noon, by UTC, of the first day after it.
calendar::Instant EndOfPeriod(calendar::Date first_day);
// The first month that is not over everywhere.
calendar::Date FirstOpenPeriod(calendar::Instant now);

enum class StatementStatus { kDraft, kApproved, kPaid };

struct Statement {
  StatementStatus status = StatementStatus::kDraft;
  std::string participant_user;
};
Result<void> CheckApproval(const Statement& statement, const std::string& approver);
Result<void> CheckPayment(const Statement& statement, const std::string& payer);

// In the statement's currency, of its participant.
struct ToDate {
  money::Money stated;    // the lines of all paid statements and of this one
  money::Money credited;  // all credits there are by now
  money::Money paid;      // by statements before
};
money::Money Payable(const ToDate& to_date);

}  // namespace continuo::commissions::domain
