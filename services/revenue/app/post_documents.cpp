#include "services/revenue/app/post_documents.h"

#include <algorithm>
#include <map>

#include "continuo/billing/v1/credit_note.pb.h"
#include "continuo/billing/v1/invoice.pb.h"
#include "libs/postgres/database.h"
#include "services/revenue/app/amounts.h"
#include "services/revenue/app/journal.h"
#include "services/revenue/app/obligations.h"
#include "services/revenue/store/sql.h"

namespace continuo::revenue::app {
namespace {

using money::Money;
using postgres::Transaction;

// Of the lines of a document, by order; and by order line, for what a credit takes back.
struct Lines {
  std::map<std::string, Money> by_order;
  std::map<ids::OrderLineId, Money> by_order_line;
};

template <class Line>
Result<Lines> ReadLines(const google::protobuf::RepeatedPtrField<Line>& lines,
                        const type::v1::ControlTotals& announced) {
  Lines read;
  events::ControlTotals counted;
  for (const Line& line : lines) {
    ASSIGN_OR_RETURN(const Money net, ReadAmount(line.net()));
    ASSIGN_OR_RETURN(const auto order_line, ids::OrderLineId::Parse(line.order_line_id()));
    counted.Add(line.net().currency(), net.minor());
    const Money none = Money::Zero(net.currency());
    read.by_order.try_emplace(line.order_id(), none).first->second += net;
    read.by_order_line.try_emplace(order_line, none).first->second += net;
  }
  ASSIGN_OR_RETURN(const events::ControlTotals expected, ReadTotals(announced));
  RETURN_IF_FAULT(counted.Check(expected));
  return read;
}

struct LockedContract {
  ids::RevenueContractId id;
  std::string order_id;
  Money position;  // billed less earned
};

// In the order of their ids. The first order that is not known yet, when there is one.
struct LockedContracts {
  std::vector<LockedContract> contracts;
  std::string unknown_order;
};

LockedContracts LockContracts(Transaction& tx, const std::map<std::string, Money>& by_order) {
  std::vector<std::string> orders;
  for (const auto& [order, net] : by_order) orders.push_back(order);
  LockedContracts locked;
  for (const postgres::Row row :
       tx.Run(sql::lock_contracts_of_orders, postgres::IdArray("ord", orders))) {
    locked.contracts.push_back(
        {.id = ids::RevenueContractId(row.Uuid("id")),
         .order_id = row.Id("ord", "order_id"),
         .position = StoredAmount(row.Int("billed_minor") - row.Int("recognised_minor"),
                                  row.Text("currency"))});
  }
  for (const std::string& order : orders) {
    const bool known =
        std::any_of(locked.contracts.begin(), locked.contracts.end(),
                    [&](const auto& contract) { return contract.order_id == order; });
    if (!known) locked.unknown_order = order;
  }
  return locked;
}

void AddBilled(Transaction& tx, const std::vector<domain::ContractShare>& shares) {
  std::vector<ids::RevenueContractId> contracts;
  std::vector<int64_t> amounts;
  for (const domain::ContractShare& share : shares) {
    contracts.push_back(share.contract);
    amounts.push_back(share.net.minor());
  }
  tx.Run(sql::add_billed, contracts, amounts);
}

// `sign` is -1 for what takes back.
Result<void> Post(Transaction& tx, NewEntry entry, domain::Document document, const Lines& lines,
                  const LockedContracts& locked, int sign) {
  for (const LockedContract& contract : locked.contracts) {
    const Money net = lines.by_order.at(contract.order_id);
    document.shares.push_back({contract.id, contract.position, sign < 0 ? -net : net});
  }
  ASSIGN_OR_RETURN(entry.posting, domain::PostDocument(document));
  WriteJournal(tx, {std::move(entry)});
  AddBilled(tx, document.shares);
  return {};
}

template <class Document>
Result<NewEntry> EntryOf(const Document& document, std::string kind, const ids::Uuid& source,
                         const ids::Uuid& invoice) {
  ASSIGN_OR_RETURN(const auto account, ids::AccountId::Parse(document.account_id()));
  ASSIGN_OR_RETURN(const auto division, ids::DivisionId::Parse(document.division_id()));
  ASSIGN_OR_RETURN(const auto issued_on, calendar::Date::Parse(document.issued_on()));
  return NewEntry{.account_id = account,
                  .division_id = division,
                  .kind = std::move(kind),
                  .source = source,
                  .invoice_id = invoice,
                  .effective_on = issued_on};
}

// The contract's price falls by what was given back beyond what was never served.
Result<void> LowerPrice(Transaction& tx, ids::RevenueContractId contract,
                        const std::map<ids::OrderLineId, Money>& credited,
                        calendar::Date issued_on) {
  const std::string currency(credited.begin()->second.currency().code());
  const auto before = LoadObligations(tx, contract, currency);
  auto after = before;
  for (StoredObligation& obligation : after) {
    const auto credit = credited.find(obligation.order_line_id);
    if (credit != credited.end()) obligation.facts.credited += credit->second;
  }
  return ReviseObligations(
      tx, contract, before, std::move(after),
      {.cause = "credited", .effective_on = issued_on});
}

}  // namespace

Result<Taken> PostInvoice(Transaction& tx, const billing::v1::Invoice& invoice,
                          const type::v1::ControlTotals& announced) {
  ASSIGN_OR_RETURN(const auto id, ids::InvoiceId::Parse(invoice.id()));
  if (IsPosted(tx, "invoice", id.uuid())) return Taken{};
  ASSIGN_OR_RETURN(const Lines lines, ReadLines(invoice.lines(), announced));
  const LockedContracts locked = LockContracts(tx, lines.by_order);
  if (!locked.unknown_order.empty()) return Taken{.awaits = locked.unknown_order};
  domain::Document document;
  ASSIGN_OR_RETURN(document.total, ReadAmount(invoice.total()));
  ASSIGN_OR_RETURN(document.tax, ReadAmount(invoice.tax()));
  ASSIGN_OR_RETURN(NewEntry entry, EntryOf(invoice, "invoice", id.uuid(), id.uuid()));
  RETURN_IF_FAULT(Post(tx, std::move(entry), std::move(document), lines, locked, 1));
  return Taken{};
}

Result<Taken> PostCreditNote(Transaction& tx, const billing::v1::CreditNote& note,
                             const type::v1::ControlTotals& announced) {
  ASSIGN_OR_RETURN(const auto id, ids::CreditNoteId::Parse(note.id()));
  ASSIGN_OR_RETURN(const auto invoice, ids::InvoiceId::Parse(note.invoice_id()));
  if (IsPosted(tx, "credit_note", id.uuid())) return Taken{};
  ASSIGN_OR_RETURN(const Lines lines, ReadLines(note.lines(), announced));
  const LockedContracts locked = LockContracts(tx, lines.by_order);
  if (!locked.unknown_order.empty()) return Taken{.awaits = locked.unknown_order};
  domain::Document document;
  ASSIGN_OR_RETURN(const Money total, ReadAmount(note.total()));
  ASSIGN_OR_RETURN(const Money tax, ReadAmount(note.tax()));
  document.total = -total;
  document.tax = -tax;
  ASSIGN_OR_RETURN(NewEntry entry, EntryOf(note, "credit_note", id.uuid(), invoice.uuid()));
  const calendar::Date issued_on = entry.effective_on;
  RETURN_IF_FAULT(Post(tx, std::move(entry), std::move(document), lines, locked, -1));
  for (const LockedContract& contract : locked.contracts) {
    RETURN_IF_FAULT(LowerPrice(tx, contract.id, lines.by_order_line, issued_on));
  }
  return Taken{};
}

}  // namespace continuo::revenue::app
