// Money and control totals between their domain form and the messages that carry them.
//
//   SetMoney(Money::FromMinor(123450, eur), line.mutable_amount())     // {"1234.50", "EUR"}
//   TotalsText(totals)    // {"count":2,"sums":[{"amount":"10.00","currency":"EUR"}]}
#pragma once

#include <string>

#include "libs/money/money.h"
#include "libs/postgres/rows.h"
#include "services/contracts/domain/release.h"

namespace continuo::type::v1 {
class ControlTotals;
class Money;
}  // namespace continuo::type::v1

namespace continuo::contracts::app {

// Amounts that another service has checked: a text that is none is a Fault with its pointer.
Result<money::Money> MoneyOf(const type::v1::Money& message);
void SetMoney(const money::Money& amount, type::v1::Money* message);
void SetTotals(const domain::Totals& totals, type::v1::ControlTotals* message);
// The message as JSON, as a jsonb column keeps it.
std::string TotalsText(const domain::Totals& totals);

// From the columns <name>_minor and currency.
money::Money StoredMoney(const postgres::Row& row, const char* minor_column);

}  // namespace continuo::contracts::app
