#include "services/commissions/consumers/consumers.h"

#include "continuo/billing/v1/credit_note.pb.h"
#include "continuo/billing/v1/events.pb.h"
#include "continuo/billing/v1/invoice.pb.h"
#include "continuo/billing/v1/payment.pb.h"
#include "continuo/quoting/v1/events.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "libs/events/consumers.h"
#include "libs/postgres/database.h"
#include "libs/rpc/peers.h"
#include "services/commissions/app/open_sale_link.h"
#include "services/commissions/app/take_documents.h"

namespace continuo::commissions::consumers {
namespace {

using events::Done;
using events::Event;
using events::Outcome;
using events::Wait;
using postgres::Transaction;

// The document that an event speaks of, by its id.
template <class Document, class Request>
Result<Document> Ask(const app::App& app, const Event& event, const std::string& id,
                     const std::string& method) {
  Request request;
  request.set_id(id);
  return app.peers.Ask<Document>(events::CallFor("commissions", event), method, request);
}

Outcome DoneUnlessAwaited(const Result<std::string>& awaited_order) {
  if (!awaited_order) return Failure(awaited_order.error());
  if (!awaited_order->empty()) return Wait{*awaited_order};
  return Done{};
}

void OnOrderAccepted(events::Consumers& consumers, const app::App& app) {
  consumers.On<quoting::v1::OrderAccepted, quoting::v1::Order>(
      [app](const Event& event, const quoting::v1::OrderAccepted& data) {
        return Ask<quoting::v1::Order, quoting::v1::GetOrderRequest>(
            app, event, data.id(), "continuo.quoting.v1.QuotingService/GetOrder");
      },
      [](Transaction& tx, const Event&, const quoting::v1::OrderAccepted& data,
         const quoting::v1::Order& order) -> Outcome {
        RETURN_IF_FAULT(app::OpenSaleLink(tx, order, data.control_totals()));
        return Done{};
      });
}

void OnInvoiceIssued(events::Consumers& consumers, const app::App& app) {
  consumers.On<billing::v1::InvoiceIssued, billing::v1::Invoice>(
      [app](const Event& event, const billing::v1::InvoiceIssued& data) {
        return Ask<billing::v1::Invoice, billing::v1::GetInvoiceRequest>(
            app, event, data.id(), "continuo.billing.v1.BillingService/GetInvoice");
      },
      [](Transaction& tx, const Event&, const billing::v1::InvoiceIssued& data,
         const billing::v1::Invoice& invoice) {
        return DoneUnlessAwaited(app::TakeInvoice(tx, invoice, data.control_totals()));
      });
}

void OnCreditNoteIssued(events::Consumers& consumers, const app::App& app) {
  consumers.On<billing::v1::CreditNoteIssued, billing::v1::CreditNote>(
      [app](const Event& event, const billing::v1::CreditNoteIssued& data) {
        return Ask<billing::v1::CreditNote, billing::v1::GetCreditNoteRequest>(
            app, event, data.id(), "continuo.billing.v1.BillingService/GetCreditNote");
      },
      [](Transaction& tx, const Event&, const billing::v1::CreditNoteIssued& data,
         const billing::v1::CreditNote& note) {
        return DoneUnlessAwaited(app::TakeCreditNote(tx, note, data.control_totals()));
      });
}

// `day_of` tells the day from which the change counts. The payment is read as it stands now, which
// may be later than the event: what it pays is taken as a whole.
template <class Data>
void OnPayment(events::Consumers& consumers, const app::App& app,
               std::string (*day_of)(const Data&, const billing::v1::Payment&)) {
  consumers.On<Data, billing::v1::Payment>(
      [app](const Event& event, const Data& data) {
        return Ask<billing::v1::Payment, billing::v1::GetPaymentRequest>(
            app, event, data.id(), "continuo.billing.v1.BillingService/GetPayment");
      },
      [day_of](Transaction& tx, const Event&, const Data& data,
               const billing::v1::Payment& payment) -> Outcome {
        ASSIGN_OR_RETURN(const calendar::Date day, calendar::Date::Parse(day_of(data, payment)));
        RETURN_IF_FAULT(app::TakePayment(tx, payment, day));
        return Done{};
      });
}

void OnPayments(events::Consumers& consumers, const app::App& app) {
  OnPayment<billing::v1::PaymentReceived>(
      consumers, app, [](const billing::v1::PaymentReceived& data, const billing::v1::Payment&) {
        return data.received_on();
      });
  OnPayment<billing::v1::PaymentAllocated>(
      consumers, app, [](const billing::v1::PaymentAllocated& data, const billing::v1::Payment&) {
        return data.allocated_on();
      });
  OnPayment<billing::v1::PaymentReversed>(
      consumers, app,
      [](const billing::v1::PaymentReversed&, const billing::v1::Payment& payment) {
        return payment.reversed_on();
      });
}

}  // namespace

void Subscribe(events::Consumers& consumers, const app::App& app) {
  OnOrderAccepted(consumers, app);
  OnInvoiceIssued(consumers, app);
  OnCreditNoteIssued(consumers, app);
  OnPayments(consumers, app);
}

}  // namespace continuo::commissions::consumers
