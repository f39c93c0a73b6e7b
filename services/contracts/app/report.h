// What a contract's schedules add up to, and what all schedules will bring in.
#pragma once

#include "libs/result/result.h"

namespace google::api {
class HttpBody;
}
namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::contracts::v1 {
class CashFlowForecast;
class GetCashFlowForecastRequest;
class GetScheduleReportRequest;
class ScheduleReport;
}  // namespace continuo::contracts::v1

namespace continuo::contracts::app {

// Every schedule with every line. The customer's report has nothing of the buy side.
Result<v1::ScheduleReport> GetScheduleReport(postgres::Database& database, const rpc::Call& call,
                                             const v1::GetScheduleReportRequest& request);
// The same as a page to print.
Result<google::api::HttpBody> GetScheduleReportPage(postgres::Database& database,
                                                    const rpc::Call& call,
                                                    const v1::GetScheduleReportRequest& request);
// By the month of the bill date and by currency; what is signed and has no dates is apart.
Result<v1::CashFlowForecast> GetCashFlowForecast(postgres::Database& database,
                                                 const rpc::Call& call,
                                                 const v1::GetCashFlowForecastRequest& request);

}  // namespace continuo::contracts::app
