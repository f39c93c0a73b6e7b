#include "services/contracts/app/report_page.h"

#include "continuo/contracts/v1/contract.pb.h"

namespace continuo::contracts::app {
namespace {

constexpr std::string_view kHead =
    "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Schedules</title>"
    "<style>body{font:14px sans-serif;margin:2em}table{border-collapse:collapse;margin:0 0 2em}"
    "td,th{padding:.2em .8em;border-bottom:1px solid #ccc;text-align:left}"
    ".amount{text-align:right}.voided{color:#888;text-decoration:line-through}</style></head>"
    "<body>";

std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string Text(const type::v1::Money& amount) {
  return Escaped(amount.amount() + " " + amount.currency());
}

std::string_view StateText(v1::ScheduleLineState state) {
  switch (state) {
    case v1::SCHEDULE_LINE_STATE_RELEASED:
      return "released";
    case v1::SCHEDULE_LINE_STATE_VOIDED:
      return "voided";
    default:
      return "open";
  }
}

void AddLine(const v1::ScheduleLine& line, std::string* page) {
  const std::string state(StateText(line.state()));
  *page += "<tr class=\"" + state + "\"><td>" + std::to_string(line.sequence()) + "</td><td>" +
           Escaped(line.period_start()) + "</td><td>" + Escaped(line.period_end()) + "</td><td>" +
           Escaped(line.bill_on()) + "</td><td>" + Escaped(line.release_on()) +
           "</td><td class=\"amount\">" + Text(line.amount()) + "</td><td>" + state +
           "</td></tr>";
}

void AddSchedule(const v1::ReportedSchedule& reported, std::string* page) {
  const v1::Schedule& schedule = reported.schedule();
  const bool bought = schedule.side() == v1::SCHEDULE_SIDE_BUY;
  *page += "<h2>" + Escaped(schedule.description()) + (bought ? " (bought)" : "") + "</h2><p>" +
           Escaped(schedule.quantity()) + " at " + Text(schedule.amount()) + " a period, " +
           Text(schedule.term_total()) + " over the term";
  if (schedule.start_on().empty()) {
    *page += "; without dates</p>";
    return;
  }
  *page += "; " + Escaped(schedule.start_on()) + " until before " + Escaped(schedule.end_on()) +
           "</p><table><tr><th>#</th><th>From</th><th>Until before</th><th>Billed on</th>"
           "<th>Released on</th><th class=\"amount\">Amount</th><th>State</th></tr>";
  for (const v1::ScheduleLine& line : reported.lines()) AddLine(line, page);
  *page += "</table>";
}

}  // namespace

std::string ReportPage(const v1::ScheduleReport& report) {
  std::string page(kHead);
  page += "<h1>Contract " + Escaped(report.contract_number()) + "</h1>";
  for (const v1::ReportedSchedule& reported : report.schedules()) AddSchedule(reported, &page);
  page += "<h2>Totals</h2><table><tr><th>Side</th><th class=\"amount\">Without dates</th>"
          "<th class=\"amount\">Open</th><th class=\"amount\">Released</th>"
          "<th class=\"amount\">Voided</th></tr>";
  for (const v1::ReportTotal& total : report.totals()) {
    page += std::string("<tr><td>") +
            (total.side() == v1::SCHEDULE_SIDE_BUY ? "bought" : "sold");
    for (const type::v1::Money* amount :
         {&total.pending(), &total.open(), &total.released(), &total.voided()}) {
      page += "</td><td class=\"amount\">" + Text(*amount);
    }
    page += "</td></tr>";
  }
  return page + "</table></body></html>\n";
}

}  // namespace continuo::contracts::app
