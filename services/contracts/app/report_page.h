// A schedule report as an HTML page to print, without scripts or outside resources.
#pragma once

#include <string>

namespace continuo::contracts::v1 {
class ScheduleReport;
}

namespace continuo::contracts::app {

std::string ReportPage(const v1::ScheduleReport& report);

}  // namespace continuo::contracts::app
