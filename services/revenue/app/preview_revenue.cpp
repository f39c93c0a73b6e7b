#include "services/revenue/app/preview_revenue.h"

#include <map>

#include "continuo/revenue/v1/preview.pb.h"
#include "services/revenue/app/amounts.h"
#include "services/revenue/app/take_order.h"
#include "services/revenue/domain/plan.h"

namespace continuo::revenue::app {
namespace {

using calendar::Date;
using contracts::v1::Schedule;
using domain::Obligation;
using quoting::v1::Order;

// By order line; only what is sold is earned.
Result<std::map<std::string, calendar::Period>> SoldTerms(const v1::PreviewRevenueRequest& request) {
  std::map<std::string, calendar::Period> terms;
  for (const Schedule& schedule : request.schedules()) {
    if (schedule.side() != contracts::v1::SCHEDULE_SIDE_SELL) continue;
    calendar::Period& term = terms[schedule.order_line_id()];
    ASSIGN_OR_RETURN(term.start, Date::Parse(schedule.start_on()));
    ASSIGN_OR_RETURN(term.end, Date::Parse(schedule.end_on()));
  }
  return terms;
}

Result<std::vector<Obligation>> Obligations(const v1::PreviewRevenueRequest& request,
                                            Date accepted_on) {
  ASSIGN_OR_RETURN(const auto terms, SoldTerms(request));
  std::vector<Obligation> obligations;
  for (const quoting::v1::OrderLine& line : request.order().lines()) {
    ASSIGN_OR_RETURN(Obligation obligation, ObligationOf(line, accepted_on));
    const auto term = terms.find(line.id());
    if (term != terms.end()) domain::Begin(term->second, &obligation);
    obligations.push_back(std::move(obligation));
  }
  return obligations;
}

Result<void> Show(const Obligation& obligation, money::Money allocated, Date accepted_on,
                  v1::PreviewedObligation* shown) {
  WriteAmount(allocated, shown->mutable_allocated());
  ASSIGN_OR_RETURN(const auto parts, domain::PlanRevenue(obligation.rule, allocated,
                                                         obligation.service, {}, accepted_on));
  for (const domain::PlannedPart& part : parts) {
    v1::PreviewedRevenue& month = *shown->add_months();
    month.set_month(part.service.start.FirstOfMonth().ToString());
    WriteAmount(part.amount, month.mutable_amount());
  }
  return {};
}

}  // namespace

Result<v1::PreviewRevenueResponse> PreviewRevenue(const App&, const rpc::Call&,
                                                  const v1::PreviewRevenueRequest& request) {
  v1::PreviewRevenueResponse answer;
  const Order& order = request.order();
  if (order.lines().empty()) return answer;
  ASSIGN_OR_RETURN(const Date accepted_on, Date::Parse(order.accepted_on()));
  ASSIGN_OR_RETURN(const std::vector<Obligation> obligations, Obligations(request, accepted_on));
  ASSIGN_OR_RETURN(const domain::ContractAllocation allocation,
                   domain::AllocateContract(obligations));
  for (size_t i = 0; i < obligations.size(); ++i) {
    const quoting::v1::OrderLine& line = order.lines(static_cast<int>(i));
    v1::PreviewedObligation& shown = *answer.add_data();
    shown.set_line_id(line.quote_line_id());
    shown.set_description(line.product_name());
    RETURN_IF_FAULT(Show(obligations[i], allocation.allocated[i], accepted_on, &shown));
  }
  return answer;
}

}  // namespace continuo::revenue::app
