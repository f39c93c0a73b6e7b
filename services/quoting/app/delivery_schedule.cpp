#include "services/quoting/app/delivery_schedule.h"

#include "continuo/quoting/v1/finance_sheet.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "continuo/quoting/v1/quote.pb.h"
#include "services/quoting/app/lines_from_request.h"
#include "services/quoting/domain/delivery.h"

namespace continuo::quoting::app {
namespace {

// What is shown was stored by us.
template <class Line>
domain::DeliveredLine DeliveredLineOf(const Line& line, const std::string& first_day) {
  domain::DeliveredLine delivered{.quantity = money::Decimal::Parse(line.quantity()).value(),
                                  .first_day = OptionalDate(first_day).value()};
  for (const v1::Delivery& delivery : line.deliveries()) {
    delivered.deliveries.push_back({calendar::Date::Parse(delivery.on()).value(),
                                    money::Decimal::Parse(delivery.quantity()).value()});
  }
  return delivered;
}

}  // namespace

void AddDeliverySchedule(v1::Quote* quote) {
  std::vector<const v1::QuoteLine*> chosen;
  std::vector<domain::DeliveredLine> lines;
  for (const v1::QuoteLine& line : quote->lines()) {
    if (!line.chosen()) continue;
    chosen.push_back(&line);
    lines.push_back(
        DeliveredLineOf(line, line.start_on().empty() ? quote->start_on() : line.start_on()));
  }
  for (const domain::PlannedDelivery& planned : domain::PlanDeliveries(lines)) {
    v1::QuoteDelivery& shown = *quote->add_delivery_schedule();
    if (planned.on) shown.set_on(planned.on->ToString());
    shown.set_line_id(chosen[planned.line]->id());
    shown.set_product_code(chosen[planned.line]->product_code());
    shown.set_quantity(planned.quantity.ToString());
  }
}

void AddDeliverySchedule(const v1::Order& order, v1::FinanceSheet* sheet) {
  std::vector<domain::DeliveredLine> lines;
  for (const v1::OrderLine& line : order.lines()) {
    lines.push_back(DeliveredLineOf(line, line.start_on()));
  }
  for (const domain::PlannedDelivery& planned : domain::PlanDeliveries(lines)) {
    const v1::OrderLine& line = order.lines(static_cast<int>(planned.line));
    v1::PlannedDelivery& shown = *sheet->add_delivery_schedule();
    if (planned.on) shown.set_on(planned.on->ToString());
    shown.set_order_line_id(line.id());
    shown.set_position(line.position());
    shown.set_product_code(line.product_code());
    shown.set_product_name(line.product_name());
    shown.set_quantity(planned.quantity.ToString());
    shown.set_unit(line.unit());
  }
}

}  // namespace continuo::quoting::app
