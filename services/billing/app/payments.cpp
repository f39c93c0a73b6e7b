#include "services/billing/app/payments.h"

#include "continuo/billing/v1/events.pb.h"
#include "continuo/billing/v1/payment.pb.h"
#include "continuo/crm/v1/account.pb.h"
#include "libs/events/append.h"
#include "libs/ids/type_id.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "libs/postgres/revision.h"
#include "services/billing/app/amounts.h"
#include "services/billing/app/parties.h"
#include "services/billing/domain/settlement.h"
#include "services/billing/store/sql.h"

namespace continuo::billing::app {
namespace {

// What fits into an event; whoever needs all of them reads the payment.
constexpr int kAnnouncedAllocationsMax = 100;

using postgres::IdOrNull;
using postgres::Transaction;
using Allocations = google::protobuf::RepeatedPtrField<v1::Allocation>;

struct LockedPayment {
  ids::PaymentId id;
  ids::AccountId account_id;
  int64_t revision = 1;
  money::Money amount;
  money::Money left;
  calendar::Date received_on;
  bool reversed = false;
};

Result<LockedPayment> Lock(Transaction& tx, const std::string& id) {
  const postgres::Rows found = tx.Run(sql::lock_payment, IdOrNull("pay", id));
  if (found.empty()) return NotFound("payment", id);
  const postgres::Row row = found.front();
  const std::string_view currency = row.Text("currency");
  const int64_t left = row.Int("amount_minor") - row.Int("allocated_minor");
  return LockedPayment{.id = ids::PaymentId(row.Uuid("id")),
                       .account_id = ids::AccountId(row.Uuid("account_id")),
                       .revision = row.Int("revision"),
                       .amount = StoredAmount(row.Int("amount_minor"), currency),
                       .left = StoredAmount(left, currency),
                       .received_on = row.Date("received_on"),
                       .reversed = !row.IsNull("reversed_on")};
}

Result<v1::Payment> Load(Transaction& tx, const std::string& id) {
  const postgres::Rows found = tx.Run(sql::get_payment, IdOrNull("pay", id));
  if (found.empty()) return NotFound("payment", id);
  v1::Payment payment;
  postgres::Fill(found.front(), &payment);
  postgres::FillAll(tx.Run(sql::list_allocations, IdOrNull("pay", id)),
                    payment.mutable_allocations());
  return payment;
}

Result<std::vector<domain::AllocationRequest>> ReadRequests(const Allocations& allocations) {
  std::vector<domain::AllocationRequest> requests;
  for (int i = 0; i < allocations.size(); ++i) {
    domain::AllocationRequest request{.invoice_id = allocations[i].invoice_id()};
    if (allocations[i].has_amount()) {
      ASSIGN_OR_RETURN(
          request.amount,
          ReadAmount(allocations[i].amount(), "/allocations/" + std::to_string(i) + "/amount"));
    }
    requests.push_back(std::move(request));
  }
  return requests;
}

std::vector<domain::OpenInvoice> LockOpenInvoices(Transaction& tx, const LockedPayment& payment) {
  std::vector<domain::OpenInvoice> open;
  const money::Currency currency = payment.amount.currency();
  for (const postgres::Row row :
       tx.Run(sql::lock_open_invoices, payment.account_id, currency.code())) {
    open.push_back({.id = row.Id("inv", "invoice_id"),
                    .due_on = row.Date("due_on"),
                    .number = std::string(row.Text("number")),
                    .balance = money::Money::FromMinor(row.Int("balance_minor"), currency)});
  }
  return open;
}

void Store(Transaction& tx, const LockedPayment& payment,
           const std::vector<domain::Share>& shares, calendar::Date effective_on) {
  if (shares.empty()) return;
  std::vector<ids::AllocationId> ids;
  std::vector<std::string> invoices;
  std::vector<int64_t> amounts;
  for (const domain::Share& share : shares) {
    ids.push_back(ids::AllocationId::New());
    invoices.push_back(share.invoice_id);
    amounts.push_back(share.amount.minor());
  }
  const money::Currency currency = payment.amount.currency();
  for (const postgres::Row row :
       tx.Run(sql::allocate_payment, payment.id, effective_on, tx.now(), ids,
              postgres::IdArray("inv", invoices), amounts, payment.account_id)) {
    if (row.Int("balance_minor") != 0) continue;
    v1::InvoicePaid event;
    event.set_id(row.Id("inv", "invoice_id"));
    event.set_revision(row.Int("revision"));
    event.set_account_id(payment.account_id.ToString());
    event.set_paid_on(effective_on.ToString());
    WriteAmount(money::Money::FromMinor(row.Int("total_minor"), currency), event.mutable_total());
    events::Append(tx, event, {.source_version = row.Int("revision")});
  }
}

// Asked for, or the earliest due first.
Result<std::vector<domain::Share>> Settle(
    Transaction& tx, const LockedPayment& payment,
    const std::vector<domain::AllocationRequest>& requests) {
  const std::vector<domain::OpenInvoice> open = LockOpenInvoices(tx, payment);
  if (requests.empty()) return domain::AllocateOldestFirst(payment.left, open);
  return domain::AllocateAsAsked(payment.left, open, requests);
}

void AnnounceReceived(Transaction& tx, const v1::Payment& payment) {
  v1::PaymentReceived event;
  event.set_id(payment.id());
  event.set_revision(payment.revision());
  event.set_account_id(payment.account_id());
  event.set_received_on(payment.received_on());
  *event.mutable_amount() = payment.amount();
  event.set_allocation_count(payment.allocations_size());
  for (const v1::Allocation& allocation : payment.allocations()) {
    if (event.allocations_size() == kAnnouncedAllocationsMax) break;
    auto* allocated = event.add_allocations();
    allocated->set_invoice_id(allocation.invoice_id());
    *allocated->mutable_amount() = allocation.amount();
  }
  events::Append(tx, event, {.source_version = payment.revision()});
}

void AnnounceAllocated(Transaction& tx, const v1::Payment& payment,
                       const std::vector<domain::Share>& shares, calendar::Date allocated_on) {
  money::Money allocated = money::Money::Zero(shares.front().amount.currency());
  for (const domain::Share& share : shares) allocated += share.amount;
  v1::PaymentAllocated event;
  event.set_id(payment.id());
  event.set_revision(payment.revision());
  event.set_account_id(payment.account_id());
  event.set_allocated_on(allocated_on.ToString());
  WriteAmount(allocated, event.mutable_amount());
  events::Append(tx, event, {.source_version = payment.revision()});
}

// As the API spells it: "bank_transfer".
std::string MethodText(v1::PaymentMethod method) {
  constexpr std::string_view kPrefix = "PAYMENT_METHOD_";
  std::string text = v1::PaymentMethod_Name(method).substr(kPrefix.size());
  for (char& c : text) c = static_cast<char>(std::tolower(c));
  return text;
}

void Insert(Transaction& tx, const ids::PaymentId& id, const v1::Payment& wanted,
            money::Money amount) {
  tx.Run(sql::insert_payment, id, IdOrNull("acc", wanted.account_id()), amount.minor(),
         amount.currency().code(), MethodText(wanted.method()), wanted.received_on(),
         postgres::NullIfEmpty(wanted.reference()), tx.now());
}

Failure NoAccount(const std::string& account_id) {
  return Invalid("/account_id", "REFERENCE_NOT_FOUND", "There is no account " + account_id + ".");
}

Result<void> CheckAccount(const App& app, const rpc::Call& call, const std::string& account_id) {
  const Result<crm::v1::Account> account = AskAccount(app, call, account_id);
  if (account) return {};
  if (account.error().code != Code::kNotFound) return Failure(account.error());
  return NoAccount(account_id);
}

enum class Payer { kToBeKnown, kVouchedFor };

// Null: whether crm knows the payer must be asked first.
Result<std::optional<v1::Payment>> Take(Transaction& tx, const v1::Payment& wanted,
                                        money::Money amount,
                                        const std::vector<domain::AllocationRequest>& requests,
                                        Payer payer) {
  const postgres::Row account =
      tx.Run(sql::find_payer, IdOrNull("acc", wanted.account_id())).front();
  if (!account.Bool("sees")) return NoAccount(wanted.account_id());
  if (!account.Bool("billed") && payer == Payer::kToBeKnown) return std::optional<v1::Payment>();
  const auto id = ids::PaymentId::New();
  Insert(tx, id, wanted, amount);
  ASSIGN_OR_RETURN(const LockedPayment payment, Lock(tx, id.ToString()));
  const bool settle = !requests.empty() || !wanted.leave_unapplied();
  std::vector<domain::Share> shares;
  if (settle) {
    ASSIGN_OR_RETURN(shares, Settle(tx, payment, requests));
  }
  Store(tx, payment, shares, payment.received_on);
  ASSIGN_OR_RETURN(v1::Payment stored, Load(tx, id.ToString()));
  AnnounceReceived(tx, stored);
  return std::optional(std::move(stored));
}

Failure Reversed(const std::string& id) {
  return FailedPrecondition("PAYMENT_REVERSED", "Payment " + id + " is reversed.", {{"id", id}});
}

}  // namespace

Result<v1::Payment> CreatePayment(const App& app, const rpc::Call& call,
                                  const v1::CreatePaymentRequest& request) {
  const v1::Payment& wanted = request.payment();
  ASSIGN_OR_RETURN(const money::Money amount, ReadAmount(wanted.amount(), "/amount"));
  if (amount.Sign() <= 0) {
    return Invalid("/amount/amount", "OUT_OF_RANGE", "A payment is more than zero.");
  }
  ASSIGN_OR_RETURN(const auto requests, ReadRequests(wanted.allocations()));
  bool known = true;
  const auto take = [&](Payer payer) {
    return app.database.Command<v1::Payment>(call, [&](Transaction& tx) -> Result<v1::Payment> {
      ASSIGN_OR_RETURN(auto taken, Take(tx, wanted, amount, requests, payer));
      known = taken.has_value();
      if (!known) return NoAccount(wanted.account_id());  // rolls back; tried again below
      return *std::move(taken);
    });
  };
  // Who was billed is an account of crm's; only about others it is asked, outside the transaction.
  Result<v1::Payment> payment = take(Payer::kToBeKnown);
  if (known) return payment;
  RETURN_IF_FAULT(CheckAccount(app, call, wanted.account_id()));
  return take(Payer::kVouchedFor);
}

Result<v1::Payment> GetPayment(const App& app, const rpc::Call& call,
                               const v1::GetPaymentRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) { return Load(tx, request.id()); });
}

Result<v1::ListPaymentsResponse> ListPayments(const App& app, const rpc::Call& call,
                                              const v1::ListPaymentsRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListPaymentsResponse> {
    v1::ListPaymentsResponse response;
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_payments}, request, &response));
    return response;
  });
}

Result<v1::Payment> AllocatePayment(const App& app, const rpc::Call& call,
                                    const v1::AllocatePaymentRequest& request) {
  ASSIGN_OR_RETURN(const auto requests, ReadRequests(request.allocations()));
  return app.database.Command<v1::Payment>(call, [&](Transaction& tx) -> Result<v1::Payment> {
    ASSIGN_OR_RETURN(const LockedPayment payment, Lock(tx, request.id()));
    RETURN_IF_FAULT(postgres::CheckRevision(call, payment.revision));
    if (payment.reversed) return Reversed(request.id());
    ASSIGN_OR_RETURN(const v1::Payment before, Load(tx, request.id()));
    tx.AuditBefore(before);
    ASSIGN_OR_RETURN(const auto shares, Settle(tx, payment, requests));
    if (shares.empty()) {
      return FailedPrecondition("NOTHING_TO_ALLOCATE",
                                "Payment " + request.id() +
                                    " has nothing left, or its account has no open invoice.",
                                {{"id", request.id()}});
    }
    const calendar::Date today = tx.Today(calendar::Zone::Utc());
    Store(tx, payment, shares, today);
    tx.Run(sql::bump_payment, payment.id);
    ASSIGN_OR_RETURN(v1::Payment stored, Load(tx, request.id()));
    AnnounceAllocated(tx, stored, shares, today);
    return stored;
  });
}

Result<v1::Payment> ReversePayment(const App& app, const rpc::Call& call,
                                   const v1::ReversePaymentRequest& request) {
  return app.database.Command<v1::Payment>(call, [&](Transaction& tx) -> Result<v1::Payment> {
    ASSIGN_OR_RETURN(const LockedPayment payment, Lock(tx, request.id()));
    RETURN_IF_FAULT(postgres::CheckRevision(call, payment.revision));
    if (payment.reversed) return Reversed(request.id());
    ASSIGN_OR_RETURN(const v1::Payment before, Load(tx, request.id()));
    tx.AuditBefore(before);
    tx.Run(sql::lock_allocated_invoices, payment.id);
    tx.Run(sql::reverse_payment, payment.id, tx.Today(calendar::Zone::Utc()), request.reason(),
           tx.now());
    ASSIGN_OR_RETURN(v1::Payment stored, Load(tx, request.id()));
    v1::PaymentReversed event;
    event.set_id(stored.id());
    event.set_revision(stored.revision());
    event.set_account_id(stored.account_id());
    *event.mutable_amount() = stored.amount();
    events::Append(tx, event, {.source_version = stored.revision()});
    return stored;
  });
}

}  // namespace continuo::billing::app
