#include "services/revenue/app/take_order.h"

#include "continuo/quoting/v1/order.pb.h"
#include "libs/events/control_totals.h"
#include "libs/postgres/database.h"
#include "services/revenue/app/amounts.h"
#include "services/revenue/app/obligations.h"
#include "services/revenue/store/sql.h"

namespace continuo::revenue::app {
namespace {

using calendar::Date;
using domain::RecognitionRule;
using postgres::IdOrNull;
using postgres::Transaction;
using quoting::v1::Order;
using quoting::v1::OrderLine;

RecognitionRule RuleOf(const OrderLine& line) {
  switch (line.revenue_rule()) {
    case catalogue::v1::REVENUE_RULE_STRAIGHT_LINE_DAYS:
      return RecognitionRule::kStraightLineDays;
    case catalogue::v1::REVENUE_RULE_STRAIGHT_LINE_MONTHS:
      return RecognitionRule::kStraightLineMonths;
    case catalogue::v1::REVENUE_RULE_POINT_IN_TIME:
      return RecognitionRule::kPointInTime;
    default:
      return line.kind() == catalogue::v1::PRODUCT_KIND_ONE_OFF
                 ? RecognitionRule::kPointInTime
                 : RecognitionRule::kStraightLineMonths;
  }
}

Result<StoredObligation> NewObligation(const OrderLine& line, Date accepted_on) {
  ASSIGN_OR_RETURN(const ids::OrderLineId line_id, ids::OrderLineId::Parse(line.id()));
  ASSIGN_OR_RETURN(const domain::Obligation facts, ObligationOf(line, accepted_on));
  return StoredObligation{.id = ids::PerformanceObligationId::New(),
                          .order_line_id = line_id,
                          .facts = facts,
                          .price = facts.sold};
}

Result<std::vector<StoredObligation>> ObligationsOf(const Order& order, Date accepted_on,
                                                    const type::v1::ControlTotals& announced) {
  std::vector<StoredObligation> obligations;
  events::ControlTotals counted;
  for (const OrderLine& line : order.lines()) {
    ASSIGN_OR_RETURN(StoredObligation obligation, NewObligation(line, accepted_on));
    counted.Add(line.term_total().currency(), obligation.facts.sold.minor());
    obligations.push_back(std::move(obligation));
  }
  ASSIGN_OR_RETURN(const events::ControlTotals expected, ReadTotals(announced));
  RETURN_IF_FAULT(counted.Check(expected));
  return obligations;
}

// False when the order has taken effect before.
bool InsertContract(Transaction& tx, ids::RevenueContractId contract, const Order& order,
                    const domain::ContractAllocation& allocation) {
  tx.Run(sql::open_books, IdOrNull("div", order.division_id()), order.time_zone());
  return !tx.Run(sql::insert_revenue_contract, contract, IdOrNull("acc", order.account_id()),
                 IdOrNull("div", order.division_id()), IdOrNull("ctr", order.contract_id()),
                 IdOrNull("ord", order.id()), order.currency(), order.accepted_on(),
                 order.time_zone(), allocation.price.minor(), allocation.ssp.minor(), tx.now())
              .empty();
}

void InsertObligations(Transaction& tx, ids::RevenueContractId contract, const Order& order,
                       const std::vector<StoredObligation>& obligations) {
  std::vector<ids::PerformanceObligationId> ids;
  std::vector<ids::OrderLineId> line_ids;
  std::vector<int> positions;
  std::vector<std::string> descriptions, rules;
  std::vector<int64_t> sold, ssps, allocated;
  std::vector<std::optional<Date>> starts, ends;
  for (size_t i = 0; i < obligations.size(); ++i) {
    const StoredObligation& obligation = obligations[i];
    const auto& service = obligation.facts.service;
    ids.push_back(obligation.id);
    line_ids.push_back(obligation.order_line_id);
    positions.push_back(order.lines(static_cast<int>(i)).position());
    descriptions.push_back(order.lines(static_cast<int>(i)).product_name());
    rules.emplace_back(ToText(obligation.facts.rule));
    sold.push_back(obligation.facts.sold.minor());
    ssps.push_back(obligation.facts.ssp.minor());
    allocated.push_back(obligation.allocated.minor());
    starts.push_back(service ? std::optional(service->start) : std::nullopt);
    ends.push_back(service ? std::optional(service->end) : std::nullopt);
  }
  tx.Run(sql::insert_obligations, contract, ids, line_ids, positions, descriptions, rules, sold,
         ssps, starts, ends, allocated);
}

}  // namespace

Result<domain::Obligation> ObligationOf(const OrderLine& line, Date accepted_on) {
  ASSIGN_OR_RETURN(const money::Money sold, ReadAmount(line.term_total()));
  const money::Money none = money::Money::Zero(sold.currency());
  domain::Obligation obligation{.rule = RuleOf(line), .sold = sold, .ssp = sold, .voided = none,
                                .unserved = none, .credited = none};
  if (line.has_ssp_total()) {
    ASSIGN_OR_RETURN(obligation.ssp, ReadAmount(line.ssp_total()));
  }
  if (line.kind() == catalogue::v1::PRODUCT_KIND_ONE_OFF) {
    obligation.service = calendar::Period{accepted_on, accepted_on.AddDays(1)};
  }
  return obligation;
}

Result<void> TakeOrder(Transaction& tx, const Order& order,
                       const type::v1::ControlTotals& announced) {
  ASSIGN_OR_RETURN(const Date accepted_on, Date::Parse(order.accepted_on()));
  ASSIGN_OR_RETURN(auto obligations, ObligationsOf(order, accepted_on, announced));
  if (obligations.empty()) return {};
  std::vector<domain::Obligation> facts;
  for (const StoredObligation& obligation : obligations) facts.push_back(obligation.facts);
  ASSIGN_OR_RETURN(const domain::ContractAllocation allocation, domain::AllocateContract(facts));
  for (size_t i = 0; i < obligations.size(); ++i) {
    obligations[i].allocated = allocation.allocated[i];
  }
  const auto contract = ids::RevenueContractId::New();
  if (!InsertContract(tx, contract, order, allocation)) return {};
  InsertObligations(tx, contract, order, obligations);
  RecordChange(tx, contract, obligations, allocation, allocation.ssps,
               {.cause = "accepted", .effective_on = accepted_on});
  return PlanObligations(tx, contract, obligations, accepted_on);
}

}  // namespace continuo::revenue::app
