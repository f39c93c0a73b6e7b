#include "services/quoting/app/preview.h"

#include <algorithm>
#include <chrono>
#include <map>

#include "continuo/quoting/v1/order.pb.h"
#include "continuo/quoting/v1/preview.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/message.h"
#include "libs/rpc/peers.h"
#include "services/quoting/app/amounts.h"
#include "services/quoting/app/preview_notes.h"
#include "services/quoting/store/quote_store.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using calendar::Date;
using money::Money;
using postgres::Transaction;
using Months = std::map<Date, Money>;

constexpr std::chrono::seconds kDeadline{10};
constexpr int kMonths = 12;
constexpr int kInvoicesShown = 12;

Result<Date> AcceptanceDay(const v1::GetQuotePreviewRequest& request, Date today) {
  if (request.accepted_on().empty()) return today;
  ASSIGN_OR_RETURN(const Date accepted_on, Date::Parse(request.accepted_on()));
  if (accepted_on >= today) return accepted_on;
  return Invalid("accepted_on", "OUT_OF_RANGE", "The day is past. Name today or a later one.");
}

// The order to be, and what the answer says of the quote.
Result<v1::Order> FindOrder(Transaction& tx, const v1::GetQuotePreviewRequest& request,
                            v1::QuotePreview* shown) {
  const Result<ids::QuoteId> id = ids::QuoteId::Parse(request.quote_id());
  if (!id) return NotFound("quote", request.quote_id());
  ASSIGN_OR_RETURN(const store::StoredQuote stored, store::LoadQuote(tx, *id));
  if (stored.order_id) {
    return FailedPrecondition("QUOTE_ALREADY_ACCEPTED",
                              "The quote was accepted before. Use order " +
                                  stored.order_id->ToString() + ".",
                              {{"order_id", stored.order_id->ToString()}});
  }
  ASSIGN_OR_RETURN(const Date accepted_on,
                   AcceptanceDay(request, tx.Today(store::ZoneOf(stored.quote.time_zone))));
  v1::Order order;
  postgres::Fill(tx.Run(sql::preview_order, *id, accepted_on).front(), &order);
  postgres::FillAll(tx.Run(sql::preview_order_lines, *id, accepted_on), order.mutable_lines());
  ASSIGN_OR_RETURN(const Date start, Date::Parse(order.start_on()));
  shown->set_quote_id(request.quote_id());
  shown->set_revision(stored.quote.revision);
  shown->set_version(stored.quote.version);
  shown->set_accepted_on(accepted_on.ToString());
  shown->set_until(std::max(accepted_on, start).AddMonths(kMonths).ToString());
  return order;
}

rpc::Call Asking(const rpc::Call& call) {
  rpc::Call asking = AsQuoting(call);
  asking.deadline = std::min(call.deadline, std::chrono::steady_clock::now() + kDeadline);
  return asking;
}

void Write(const Months& months, google::protobuf::RepeatedPtrField<v1::PreviewedMonth>* shown) {
  for (const auto& [month, amount] : months) {
    v1::PreviewedMonth& entry = *shown->Add();
    entry.set_month(month.ToString());
    SetMoney(amount, entry.mutable_amount());
  }
}

Result<void> AddTo(Months* months, const std::string& day, const type::v1::Money& amount) {
  ASSIGN_OR_RETURN(const Date date, Date::Parse(day));
  ASSIGN_OR_RETURN(const Money added, MoneyOf(amount));
  Money& sum = months->try_emplace(date.FirstOfMonth(), Money::Zero(added.currency())).first->second;
  ASSIGN_OR_RETURN(sum, money::Add(sum, added));
  return {};
}

Result<contracts::v1::PreviewContractResponse> AskContract(const App& app, const rpc::Call& call,
                                                           const v1::Order& order,
                                                           const std::string& before) {
  contracts::v1::PreviewContractRequest request;
  *request.mutable_order() = order;
  request.set_before(before);
  return app.peers.Ask<contracts::v1::PreviewContractResponse>(
      Asking(call), "continuo.contracts.v1.ContractsService/PreviewContract", request);
}

Result<billing::v1::PreviewInvoicesResponse> AskInvoices(
    const App& app, const rpc::Call& call, const v1::Order& order,
    const contracts::v1::PreviewContractResponse& contract) {
  billing::v1::PreviewInvoicesRequest request;
  *request.mutable_order() = order;
  *request.mutable_released() = contract.released();
  return app.peers.Ask<billing::v1::PreviewInvoicesResponse>(
      Asking(call), "continuo.billing.v1.BillingService/PreviewInvoices", request);
}

Result<void> ShowRevenue(const App& app, const rpc::Call& call, const v1::Order& order,
                         const contracts::v1::PreviewContractResponse& contract,
                         v1::QuotePreview* shown) {
  revenue::v1::PreviewRevenueRequest request;
  *request.mutable_order() = order;
  for (const auto& schedule : contract.schedules()) *request.add_schedules() = schedule.schedule();
  ASSIGN_OR_RETURN(revenue::v1::PreviewRevenueResponse answer,
                   app.peers.Ask<revenue::v1::PreviewRevenueResponse>(
                       Asking(call), "continuo.revenue.v1.RevenueService/PreviewRevenue", request));
  Months months;
  for (const auto& obligation : answer.data()) {
    for (const auto& month : obligation.months()) {
      RETURN_IF_FAULT(AddTo(&months, month.month(), month.amount()));
    }
  }
  *shown->mutable_obligations() = std::move(*answer.mutable_data());
  Write(months, shown->mutable_revenue());
  return {};
}

Result<void> ShowCommission(const App& app, const rpc::Call& call, const v1::Order& order,
                            const billing::v1::PreviewInvoicesResponse& invoices,
                            v1::QuotePreview* shown) {
  commissions::v1::PreviewCommissionRequest request;
  *request.mutable_order() = order;
  request.set_user_id(call.principal.user_id);
  for (const auto& invoice : invoices.data()) {
    if (invoice.set_aside_code().empty()) *request.add_invoices() = invoice.invoice();
  }
  ASSIGN_OR_RETURN(*shown->mutable_commission(),
                   app.peers.Ask<commissions::v1::PreviewedCommission>(
                       Asking(call), "continuo.commissions.v1.CommissionsService/PreviewCommission",
                       request));
  return {};
}

// The first of them, and when all of them are paid.
Result<void> ShowInvoices(billing::v1::PreviewInvoicesResponse* invoices, v1::QuotePreview* shown) {
  Months cash;
  shown->set_invoice_count(invoices->data_size());
  for (auto& invoice : *invoices->mutable_data()) {
    if (invoice.set_aside_code().empty()) {
      RETURN_IF_FAULT(AddTo(&cash, invoice.invoice().due_on(), invoice.invoice().total()));
    }
    if (shown->invoices_size() == kInvoicesShown) continue;
    for (auto& line : *invoice.mutable_invoice()->mutable_lines()) line.clear_order_line_id();
    *shown->add_invoices() = std::move(invoice);
  }
  Write(cash, shown->mutable_cash());
  return {};
}

// What is bought is for those who may see purchases.
void ShowContract(contracts::v1::PreviewContractResponse* contract, bool with_purchases,
                  v1::QuotePreview* shown) {
  *shown->mutable_contract() = std::move(*contract->mutable_contract());
  for (auto& schedule : *contract->mutable_schedules()) {
    const bool bought = schedule.schedule().side() == contracts::v1::SCHEDULE_SIDE_BUY;
    if (bought && !with_purchases) continue;
    schedule.mutable_schedule()->clear_id();
    schedule.mutable_schedule()->clear_contract_id();
    schedule.mutable_schedule()->clear_order_id();
    schedule.mutable_schedule()->clear_order_line_id();
    *shown->add_schedules() = std::move(schedule);
  }
  *shown->mutable_ends() = std::move(*contract->mutable_ends());
  if (!with_purchases) return;
  for (auto& purchase : *contract->mutable_purchase_orders()) {
    for (auto& line : *purchase.mutable_lines()) line.clear_order_line_id();
    *shown->add_purchase_orders() = std::move(purchase);
  }
}

// Whether the caller may see a part; the answer names it where not.
bool Shows(const rpc::Call& call, const char* part, const char* permission,
           v1::QuotePreview* shown) {
  if (call.Permits(permission)) return true;
  v1::PreviewLeftOut& left_out = *shown->add_left_out();
  left_out.set_part(part);
  left_out.set_permission(permission);
  return false;
}

}  // namespace

Result<v1::QuotePreview> GetQuotePreview(const App& app, const rpc::Call& call,
                                         const v1::GetQuotePreviewRequest& request) {
  v1::QuotePreview shown;
  ASSIGN_OR_RETURN(const v1::Order order, app.database.Read(call, [&](Transaction& tx) {
    return FindOrder(tx, request, &shown);
  }));
  ASSIGN_OR_RETURN(auto contract, AskContract(app, call, order, shown.until()));
  ASSIGN_OR_RETURN(auto invoices, AskInvoices(app, call, order, contract));
  NoteAssumptions(order, contract, &shown);
  if (Shows(call, "revenue", "revenue_waterfall.read", &shown)) {
    RETURN_IF_FAULT(ShowRevenue(app, call, order, contract, &shown));
  }
  if (Shows(call, "commission", "credits.read", &shown)) {
    RETURN_IF_FAULT(ShowCommission(app, call, order, invoices, &shown));
  }
  RETURN_IF_FAULT(ShowInvoices(&invoices, &shown));
  ShowContract(&contract, Shows(call, "purchase_orders", "purchase_orders.read", &shown), &shown);
  return shown;
}

}  // namespace continuo::quoting::app
