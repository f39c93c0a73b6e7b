#include "services/revenue/app/post_payment.h"

#include <map>
#include <set>

#include "continuo/billing/v1/payment.pb.h"
#include "libs/postgres/database.h"
#include "services/revenue/app/amounts.h"
#include "services/revenue/app/journal.h"
#include "services/revenue/store/sql.h"

namespace continuo::revenue::app {
namespace {

using billing::v1::Allocation;
using billing::v1::Payment;
using money::Money;
using postgres::Transaction;

struct PostedAllocation {
  ids::Uuid invoice;
  std::optional<ids::Uuid> division;
  Money amount;
};

struct Posted {
  bool received = false;
  std::set<ids::Uuid> undone;  // the payment, or allocations of it
  std::map<ids::Uuid, PostedAllocation> allocations;
};

Posted LoadPosted(Transaction& tx, const ids::PaymentId& payment) {
  Posted posted;
  for (const postgres::Row row : tx.Run(sql::list_payment_postings, payment)) {
    const std::string_view kind = row.Text("kind");
    const ids::Uuid source = row.Uuid("source");
    if (kind == "payment_received") posted.received = true;
    if (kind == "payment_reversed") posted.undone.insert(source);
    if (kind != "payment_allocated") continue;
    posted.allocations[source] = {
        .invoice = row.Uuid("invoice_id"),
        .division = row.OptionalUuid("division_id"),
        .amount = StoredAmount(row.Int("amount_minor"), row.Text("currency"))};
  }
  return posted;
}

// The invoices of what is to be posted, with their divisions.
std::map<ids::Uuid, ids::Uuid> LoadDivisions(Transaction& tx,
                                             const std::vector<const Allocation*>& allocations) {
  std::vector<std::string> invoices;
  for (const Allocation* allocation : allocations) invoices.push_back(allocation->invoice_id());
  std::map<ids::Uuid, ids::Uuid> divisions;
  for (const postgres::Row row :
       tx.Run(sql::list_invoice_divisions, postgres::IdArray("inv", invoices))) {
    divisions[row.Uuid("invoice_id")] = row.Uuid("division_id");
  }
  return divisions;
}

struct Wanted {
  NewEntry common;  // account and payment
  std::vector<NewEntry> entries;

  void Add(std::string kind, const ids::Uuid& source, calendar::Date effective_on,
           domain::Posting posting) {
    NewEntry& entry = entries.emplace_back(common);
    entry.kind = std::move(kind);
    entry.source = source;
    entry.effective_on = effective_on;
    entry.posting = std::move(posting);
  }
  void Onto(const ids::Uuid& invoice, const std::optional<ids::Uuid>& division) {
    entries.back().invoice_id = invoice;
    if (division) entries.back().division_id = ids::DivisionId(*division);
  }
};

// The first invoice that is not posted yet, "" when there is none.
Result<std::string> AddAllocations(Transaction& tx, const Payment& payment, const Posted& posted,
                                   Wanted* wanted) {
  std::vector<const Allocation*> missing;
  for (const Allocation& allocation : payment.allocations()) {
    ASSIGN_OR_RETURN(const auto id, ids::AllocationId::Parse(allocation.id()));
    if (!posted.allocations.contains(id.uuid())) missing.push_back(&allocation);
  }
  if (missing.empty()) return std::string();
  const std::map<ids::Uuid, ids::Uuid> divisions = LoadDivisions(tx, missing);
  for (const Allocation* allocation : missing) {
    ASSIGN_OR_RETURN(const auto id, ids::AllocationId::Parse(allocation->id()));
    ASSIGN_OR_RETURN(const auto invoice, ids::InvoiceId::Parse(allocation->invoice_id()));
    ASSIGN_OR_RETURN(const Money amount, ReadAmount(allocation->amount()));
    ASSIGN_OR_RETURN(const auto effective_on, calendar::Date::Parse(allocation->effective_on()));
    const auto division = divisions.find(invoice.uuid());
    if (division == divisions.end()) return allocation->invoice_id();
    wanted->Add("payment_allocated", id.uuid(), effective_on, domain::PostAllocation(amount));
    wanted->Onto(invoice.uuid(), division->second);
  }
  return std::string();
}

Result<void> AddReversal(const Payment& payment, const ids::PaymentId& id, Money amount,
                         const Posted& posted, Wanted* wanted) {
  if (payment.status() != billing::v1::PAYMENT_STATUS_REVERSED) return {};
  ASSIGN_OR_RETURN(const auto reversed_on, calendar::Date::Parse(payment.reversed_on()));
  for (const auto& [allocation, what] : posted.allocations) {
    if (posted.undone.contains(allocation)) continue;
    wanted->Add("payment_reversed", allocation, reversed_on,
                domain::Opposite(domain::PostAllocation(what.amount)));
    wanted->Onto(what.invoice, what.division);
  }
  if (posted.undone.contains(id.uuid())) return {};
  wanted->Add("payment_reversed", id.uuid(), reversed_on,
              domain::Opposite(domain::PostReceipt(amount)));
  return {};
}

}  // namespace

Result<Taken> PostPayment(Transaction& tx, const Payment& payment) {
  ASSIGN_OR_RETURN(const auto id, ids::PaymentId::Parse(payment.id()));
  ASSIGN_OR_RETURN(const auto account, ids::AccountId::Parse(payment.account_id()));
  ASSIGN_OR_RETURN(const Money amount, ReadAmount(payment.amount()));
  ASSIGN_OR_RETURN(const auto received_on, calendar::Date::Parse(payment.received_on()));
  const Posted posted = LoadPosted(tx, id);
  Wanted wanted;
  wanted.common.account_id = account;
  wanted.common.payment_id = id.uuid();
  if (!posted.received) {
    wanted.Add("payment_received", id.uuid(), received_on, domain::PostReceipt(amount));
  }
  ASSIGN_OR_RETURN(const std::string awaits, AddAllocations(tx, payment, posted, &wanted));
  if (!awaits.empty()) return Taken{.awaits = awaits};
  RETURN_IF_FAULT(AddReversal(payment, id, amount, posted, &wanted));
  WriteJournal(tx, wanted.entries);
  return Taken{};
}

}  // namespace continuo::revenue::app
