#include "services/contracts/app/report.h"

#include <map>

#include "continuo/contracts/v1/contract.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/message.h"
#include "services/contracts/app/amounts.h"
#include "services/contracts/app/report_page.h"
#include "services/contracts/store/sql.h"

namespace continuo::contracts::app {
namespace {

using calendar::Date;
using money::Money;
using postgres::IdOrNull;
using v1::ScheduleReport;

struct Sums {
  Money pending, open, released, voided;
};

Sums NoSums(money::Currency currency) {
  const Money zero = Money::Zero(currency);
  return {zero, zero, zero, zero};
}

// What each side and currency adds up to.
Result<void> AddTotals(ScheduleReport* report) {
  std::map<std::pair<v1::ScheduleSide, std::string>, Sums> sums;
  for (const v1::ReportedSchedule& reported : report->schedules()) {
    const v1::Schedule& schedule = reported.schedule();
    ASSIGN_OR_RETURN(const Money expected, MoneyOf(schedule.term_total()));
    const auto key = std::pair(schedule.side(), schedule.amount().currency());
    Sums& sum = sums.try_emplace(key, NoSums(expected.currency())).first->second;
    if (schedule.status() == v1::SCHEDULE_STATUS_PENDING) sum.pending += expected;
    for (const v1::ScheduleLine& line : reported.lines()) {
      ASSIGN_OR_RETURN(const Money amount, MoneyOf(line.amount()));
      if (line.state() == v1::SCHEDULE_LINE_STATE_RELEASED) {
        sum.released += amount;
      } else if (line.state() == v1::SCHEDULE_LINE_STATE_VOIDED) {
        sum.voided += amount;
      } else {
        sum.open += amount;
      }
    }
  }
  for (const auto& [key, sum] : sums) {
    v1::ReportTotal* total = report->add_totals();
    total->set_side(key.first);
    total->set_currency(key.second);
    SetMoney(sum.pending, total->mutable_pending());
    SetMoney(sum.open, total->mutable_open());
    SetMoney(sum.released, total->mutable_released());
    SetMoney(sum.voided, total->mutable_voided());
  }
  return {};
}

Result<ScheduleReport> Load(postgres::Transaction& tx,
                            const v1::GetScheduleReportRequest& request) {
  const postgres::Parameter id = IdOrNull("ctr", request.contract_id());
  const auto found = tx.Run(sql::select_contract, id);
  if (found.empty()) return NotFound("contract", request.contract_id());
  v1::Contract contract;
  postgres::Fill(found.front(), &contract);
  ScheduleReport report;
  report.set_contract_id(contract.id());
  report.set_contract_number(contract.number());
  report.set_account_id(contract.account_id());

  const bool hides_cost = request.audience() == v1::REPORT_AUDIENCE_CUSTOMER;
  std::map<std::string, v1::ReportedSchedule*> by_id;
  for (const postgres::Row row : tx.Run(sql::select_contract_schedules, id)) {
    if (hides_cost && row.Text("side") == "buy") continue;
    v1::ReportedSchedule* reported = report.add_schedules();
    postgres::Fill(row, reported->mutable_schedule());
    by_id[reported->schedule().id()] = reported;
  }
  for (const postgres::Row row : tx.Run(sql::select_contract_schedule_lines, id)) {
    const auto reported = by_id.find(row.Id("sch", "schedule_id"));
    if (reported != by_id.end()) postgres::Fill(row, reported->second->add_lines());
  }
  RETURN_IF_FAULT(AddTotals(&report));
  return report;
}

struct Span {
  Date from;
  Date to;
};

Result<Span> SpanOf(const v1::GetCashFlowForecastRequest& request, Date today) {
  Span span{.from = today.FirstOfMonth(), .to = {}};
  if (!request.from().empty()) {
    ASSIGN_OR_RETURN(span.from, Date::Parse(request.from()));
  }
  span.to = span.from.AddMonths(12);
  if (!request.to().empty()) {
    ASSIGN_OR_RETURN(span.to, Date::Parse(request.to()));
  }
  if (span.to <= span.from) {
    return Invalid("/to", "NOT_AFTER_FROM", "`to` is exclusive and must lie after `from`.");
  }
  return span;
}

}  // namespace

Result<ScheduleReport> GetScheduleReport(postgres::Database& database, const rpc::Call& call,
                                         const v1::GetScheduleReportRequest& request) {
  return database.Read(call, [&](postgres::Transaction& tx) { return Load(tx, request); });
}

Result<google::api::HttpBody> GetScheduleReportPage(postgres::Database& database,
                                                    const rpc::Call& call,
                                                    const v1::GetScheduleReportRequest& request) {
  ASSIGN_OR_RETURN(const ScheduleReport report, GetScheduleReport(database, call, request));
  google::api::HttpBody page;
  page.set_content_type("text/html; charset=utf-8");
  page.set_data(ReportPage(report));
  return page;
}

Result<v1::CashFlowForecast> GetCashFlowForecast(postgres::Database& database,
                                                 const rpc::Call& call,
                                                 const v1::GetCashFlowForecastRequest& request) {
  return database.Read(call, [&](postgres::Transaction& tx) -> Result<v1::CashFlowForecast> {
    ASSIGN_OR_RETURN(const Span span, SpanOf(request, tx.Today(calendar::Zone::Utc())));
    const postgres::Parameter division = IdOrNull("div", request.division_id());
    const postgres::Parameter currency = postgres::NullIfEmpty(request.currency());
    v1::CashFlowForecast forecast;
    forecast.set_from(span.from.ToString());
    forecast.set_to(span.to.ToString());
    postgres::FillAll(tx.Run(sql::select_cash_flow, span.from, span.to, division, currency),
                      forecast.mutable_months());
    postgres::FillAll(tx.Run(sql::select_pending_cash_flow, division, currency),
                      forecast.mutable_pending());
    return forecast;
  });
}

}  // namespace continuo::contracts::app
