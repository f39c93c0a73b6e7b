// What is to be handed over on which day, from lines as the API shows them.
#pragma once

#include "libs/result/result.h"

namespace continuo::quoting::v1 {
class FinanceSheet;
class Order;
class Quote;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

// Of what is chosen; its lines are those of the whole quote.
void AddDeliverySchedule(v1::Quote* quote);
void AddDeliverySchedule(const v1::Order& order, v1::FinanceSheet* sheet);

}  // namespace continuo::quoting::app
