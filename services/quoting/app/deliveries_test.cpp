// Deliveries from a quote's line to the finance sheet, on a real Postgres.
#include "continuo/quoting/v1/finance_sheet.pb.h"
#include "google/api/httpbody.pb.h"
#include "services/quoting/app/finance_sheet.h"
#include "services/quoting/app/stage_test.h"

namespace continuo::quoting::app {
namespace {

struct Stage : Quoting {
  using Parts = std::vector<std::pair<std::string, std::string>>;  // day, quantity
  static void Deliver(const Parts& parts, v1::QuoteLine* line) {
    for (const auto& [on, quantity] : parts) {
      v1::Delivery& delivery = *line->add_deliveries();
      delivery.set_on(on);
      delivery.set_quantity(quantity);
    }
  }
  Result<v1::Quote> SetDeliveries(const v1::Quote& quote, const Parts& parts) {
    v1::UpdateQuoteLineRequest request;
    request.set_quote_id(quote.id());
    request.set_id(quote.lines(0).id());
    Deliver(parts, request.mutable_line());
    request.add_update_mask("deliveries");
    return UpdateQuoteLine(app, Matching(quote), request);
  }
  static std::string Schedule(const v1::Quote& quote) {
    std::string shown;
    for (const v1::QuoteDelivery& planned : quote.delivery_schedule()) {
      shown += planned.on() + " " + planned.product_code() + " " + planned.quantity() + "\n";
    }
    return shown;
  }
};

TEST_CASE("Deliveries are terms of the quote and stand on the order's finance sheet") {
  Stage stage;
  v1::QuoteLine seats = Quoting::Line(stage.seats, "100");
  seats.set_start_on("2026-04-01");
  Stage::Deliver({{"2026-05-01", "30"}}, &seats);
  v1::Quote quote = stage.Open({seats, Quoting::Line(stage.installation, "1")});
  CHECK(Stage::Schedule(quote) == " INST 1\n2026-04-01 SEAT 70\n2026-05-01 SEAT 30\n");

  CHECK(Pointer(stage.SetDeliveries(quote, {{"2026-05-01", "101"}})) == "/deliveries");
  CHECK(Pointer(stage.SetQuantity(quote, 0, "20")) == "/deliveries");
  const std::string before = quote.content_hash();
  quote = stage.Must(stage.SetDeliveries(quote, {{"2026-06-01", "50"}, {"2026-05-01", "50"}}));
  CHECK(quote.content_hash() != before);
  CHECK(quote.lines(0).deliveries(0).on() == "2026-06-01");
  const v1::Quote released = stage.Release(quote);
  const v1::Order order = stage.Must(stage.Accept(released));
  CHECK(order.lines(0).deliveries_size() == 2);

  v1::GetFinanceSheetRequest request;
  request.set_order_id(order.id());
  const v1::FinanceSheet sheet = stage.Must(GetFinanceSheet(stage.app, stage.Call(), request));
  REQUIRE(sheet.delivery_schedule_size() == 3);
  CHECK(sheet.delivery_schedule(0).on() == "2026-03-10");
  CHECK(sheet.delivery_schedule(0).product_code() == "INST");
  CHECK(sheet.delivery_schedule(2).on() == "2026-06-01");
  CHECK(sheet.delivery_schedule(2).quantity() == "50");
  v1::GetFinanceSheetTableRequest table;
  table.set_order_id(order.id());
  table.set_part(v1::FINANCE_SHEET_PART_DELIVERIES);
  CHECK(stage.Must(GetFinanceSheetTable(stage.app, stage.Call(), table)).data() ==
        "order,on,position,product_code,product_name,quantity,unit\r\n" + order.number() +
            ",2026-03-10,2,INST,Installation,1,\r\n" + order.number() +
            ",2026-05-01,1,SEAT,Licence per seat,50,seat\r\n" + order.number() +
            ",2026-06-01,1,SEAT,Licence per seat,50,seat\r\n");
}

TEST_CASE("Bundles and ramps are delivered by their lines") {
  Stage stage;
  v1::QuoteLine bundle = Quoting::Line(stage.starter, "1");
  Stage::Deliver({{"2026-05-01", "1"}}, &bundle);
  CHECK(Pointer(CreateQuote(stage.app, stage.Call(), stage.Request({bundle}))) ==
        "/lines/0/deliveries");
  v1::QuoteLine ramp = Quoting::Line(stage.seats, "10");
  ramp.set_start_on("2026-04-01");
  ramp.add_ramp()->set_periods(12);
  ramp.mutable_ramp(0)->set_quantity("10");
  Stage::Deliver({{"2026-05-01", "1"}}, &ramp);
  CHECK(Pointer(CreateQuote(stage.app, stage.Call(), stage.Request({ramp}))) ==
        "/lines/0/deliveries");
}

}  // namespace
}  // namespace continuo::quoting::app
