#include "services/contracts/app/amounts.h"

#include "continuo/type/v1/events.pb.h"
#include "continuo/type/v1/money.pb.h"
#include "libs/json/write.h"

namespace continuo::contracts::app {

Result<money::Money> MoneyOf(const type::v1::Money& message) {
  return money::Money::Parse(message.amount(), message.currency());
}

void SetMoney(const money::Money& amount, type::v1::Money* message) {
  message->set_amount(amount.AmountText());
  message->set_currency(amount.currency().ToString());
}

void SetTotals(const domain::Totals& totals, type::v1::ControlTotals* message) {
  message->set_count(totals.count);
  for (const auto& [currency, sum] : totals.sums) SetMoney(sum, message->add_sums());
}

std::string TotalsText(const domain::Totals& totals) {
  type::v1::ControlTotals message;
  SetTotals(totals, &message);
  std::string text;
  json::WriteMessage(message, &text);
  return text;
}

money::Money StoredMoney(const postgres::Row& row, const char* minor_column) {
  return money::Money::FromMinor(row.Int(minor_column),
                                 money::Currency::Parse(row.Text("currency")).value());
}

}  // namespace continuo::contracts::app
