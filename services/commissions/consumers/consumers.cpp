#include "services/commissions/consumers/consumers.h"

#include "continuo/billing/v1/events.pb.h"
#include "continuo/billing/v1/invoice.pb.h"
#include "continuo/quoting/v1/events.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "libs/events/consumers.h"
#include "libs/postgres/database.h"
#include "libs/rpc/peers.h"
#include "services/commissions/app/credits.h"
#include "services/commissions/app/sale_links.h"

namespace continuo::commissions::consumers {

using events::Done;
using events::Event;
using events::Outcome;
using postgres::Transaction;

void Subscribe(events::Consumers& consumers, rpc::Peers& peers) {
  consumers.On<quoting::v1::OrderAccepted, quoting::v1::Order>(
      [&peers](const Event& event, const quoting::v1::OrderAccepted& data) {
        quoting::v1::GetOrderRequest request;
        request.set_id(data.id());
        return peers.Ask<quoting::v1::Order>(events::CallFor("commissions", event),
                                             "continuo.quoting.v1.QuotingService/GetOrder",
                                             request);
      },
      [](Transaction& tx, const Event&, const quoting::v1::OrderAccepted& data,
         const quoting::v1::Order& order) -> Outcome {
        RETURN_IF_FAULT(app::OpenSaleLink(tx, order, data.control_totals()));
        return Done{};
      });
  consumers.On<billing::v1::InvoiceIssued, billing::v1::Invoice>(
      [&peers](const Event& event, const billing::v1::InvoiceIssued& data) {
        billing::v1::GetInvoiceRequest request;
        request.set_id(data.id());
        return peers.Ask<billing::v1::Invoice>(events::CallFor("commissions", event),
                                               "continuo.billing.v1.BillingService/GetInvoice",
                                               request);
      },
      [](Transaction& tx, const Event&, const billing::v1::InvoiceIssued& data,
         const billing::v1::Invoice& invoice) -> Outcome {
        RETURN_IF_FAULT(app::TakeInvoice(tx, invoice, data.control_totals()));
        return Done{};
      });
}

}  // namespace continuo::commissions::consumers
