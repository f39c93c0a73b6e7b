// What an order becomes: its contract's lines, its schedules, and the purchase orders of its
// acceptance. CreateContract and ChangeContract store the plan, PreviewContract shows it.
//
//   PlanContract(order)   // a one-off line: a contract line; a recurring one: a schedule as well
//
// A line that changes a running one begins by itself, since its dates are agreed: the running
// line's. What a change order ends is not planned here (change_contract.h).
// It decides from the order alone and mints the schedules' ids.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/money/decimal.h"
#include "libs/result/result.h"
#include "services/contracts/app/order_purchases.h"

namespace continuo::quoting::v1 {
class Order;
class OrderLine;
}  // namespace continuo::quoting::v1
namespace continuo::contracts::v1 {
class Schedule;
}

namespace continuo::contracts::app {

struct PlannedSchedule {
  std::shared_ptr<v1::Schedule> schedule;  // pending
  int line = 0;                            // index in the order
  int element = 0;                         // 0 sold, 1.. bought
  std::optional<money::Decimal> unit_cost;
  bool initialised_at_acceptance = false;
  bool ordered_at_acceptance = false;  // bought
};

struct ContractPlan {
  calendar::Date start;
  std::vector<PlannedSchedule> schedules;  // a line's sold one, then what is bought for it
  // One for each supplier and currency, in order of appearance.
  std::vector<NewPurchaseOrder> purchase_orders;
};

Result<ContractPlan> PlanContract(const quoting::v1::Order& order);

// First service day of the contract and of a line.
Result<calendar::Date> StartOf(const quoting::v1::Order& order);
Result<calendar::Date> StartOf(const quoting::v1::Order& order,
                               const quoting::v1::OrderLine& line);

// The purchase of one bought schedule that was not ordered at acceptance.
NewPurchaseOrder PurchaseOf(const v1::Schedule& schedule, int element,
                            const std::optional<money::Decimal>& unit_cost,
                            ids::SupplierId supplier, calendar::Date ordered_on,
                            const money::Money& cost);

}  // namespace continuo::contracts::app
