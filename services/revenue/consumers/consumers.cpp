#include "services/revenue/consumers/consumers.h"

#include "continuo/billing/v1/credit_note.pb.h"
#include "continuo/billing/v1/events.pb.h"
#include "continuo/billing/v1/invoice.pb.h"
#include "continuo/billing/v1/payment.pb.h"
#include "continuo/contracts/v1/events.pb.h"
#include "continuo/quoting/v1/events.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "libs/events/consumers.h"
#include "libs/rpc/peers.h"
#include "services/revenue/app/follow_schedule.h"
#include "services/revenue/app/post_documents.h"
#include "services/revenue/app/post_payment.h"
#include "services/revenue/app/take_order.h"

namespace continuo::revenue::consumers {
namespace {

using events::Done;
using events::Event;
using events::Outcome;
using events::Wait;
using postgres::Transaction;

Outcome OutcomeOf(const Result<app::Taken>& taken) {
  if (!taken) return taken.error();
  if (!taken->awaits.empty()) return Wait{taken->awaits};
  return Done{};
}

// Asks the owner for the document that a fact speaks of, by its id.
template <class Document, class Request, class Data>
auto Fetch(const app::App& app, const char* method) {
  return [app, method](const Event& event, const Data& data) {
    Request request;
    request.set_id(data.id());
    return app.peers.Ask<Document>(events::CallFor("revenue", event), method, request);
  };
}

void FollowOrders(events::Consumers& consumers, const app::App& app) {
  using quoting::v1::Order;
  using quoting::v1::OrderAccepted;
  consumers.On<OrderAccepted, Order>(
      Fetch<Order, quoting::v1::GetOrderRequest, OrderAccepted>(
          app, "continuo.quoting.v1.QuotingService/GetOrder"),
      [](Transaction& tx, const Event&, const OrderAccepted& data, const Order& order) -> Outcome {
        RETURN_IF_FAULT(app::TakeOrder(tx, order, data.control_totals()));
        return Done{};
      });
}

template <class Data>
void FollowSchedules(events::Consumers& consumers,
                     Result<app::Taken> (*follow)(Transaction&, const Data&)) {
  consumers.On<Data>([follow](Transaction& tx, const Event&, const Data& data) -> Outcome {
    return OutcomeOf(follow(tx, data));
  });
}

void FollowDocuments(events::Consumers& consumers, const app::App& app) {
  using billing::v1::CreditNote;
  using billing::v1::CreditNoteIssued;
  using billing::v1::Invoice;
  using billing::v1::InvoiceIssued;
  consumers.On<InvoiceIssued, Invoice>(
      Fetch<Invoice, billing::v1::GetInvoiceRequest, InvoiceIssued>(
          app, "continuo.billing.v1.BillingService/GetInvoice"),
      [](Transaction& tx, const Event&, const InvoiceIssued& data, const Invoice& invoice) {
        return OutcomeOf(app::PostInvoice(tx, invoice, data.control_totals()));
      });
  consumers.On<CreditNoteIssued, CreditNote>(
      Fetch<CreditNote, billing::v1::GetCreditNoteRequest, CreditNoteIssued>(
          app, "continuo.billing.v1.BillingService/GetCreditNote"),
      [](Transaction& tx, const Event&, const CreditNoteIssued& data, const CreditNote& note) {
        return OutcomeOf(app::PostCreditNote(tx, note, data.control_totals()));
      });
}

template <class Data>
void FollowPayments(events::Consumers& consumers, const app::App& app) {
  using billing::v1::Payment;
  consumers.On<Data, Payment>(
      Fetch<Payment, billing::v1::GetPaymentRequest, Data>(
          app, "continuo.billing.v1.BillingService/GetPayment"),
      [](Transaction& tx, const Event&, const Data&, const Payment& payment) {
        return OutcomeOf(app::PostPayment(tx, payment));
      });
}

}  // namespace

void Subscribe(events::Consumers& consumers, const app::App& app) {
  FollowOrders(consumers, app);
  FollowSchedules(consumers, &app::FollowInitialised);
  FollowSchedules(consumers, &app::FollowUninitialised);
  FollowSchedules(consumers, &app::FollowCancelled);
  FollowDocuments(consumers, app);
  FollowPayments<billing::v1::PaymentReceived>(consumers, app);
  FollowPayments<billing::v1::PaymentAllocated>(consumers, app);
  FollowPayments<billing::v1::PaymentReversed>(consumers, app);
}

}  // namespace continuo::revenue::consumers
