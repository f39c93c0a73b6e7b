#include "services/revenue/app/journal.h"

#include <set>

#include "libs/postgres/database.h"
#include "services/revenue/store/sql.h"

namespace continuo::revenue::app {
namespace {

using postgres::Transaction;

// The columns of insert_journal_entries, one element for each entry and for each line.
struct JournalColumns {
  std::vector<ids::JournalEntryId> ids;
  std::vector<ids::AccountId> accounts;
  std::vector<std::optional<ids::DivisionId>> divisions;
  std::vector<std::string> kinds, currencies;
  std::vector<ids::Uuid> sources;
  std::vector<std::optional<ids::Uuid>> invoices, payments;
  std::vector<calendar::Date> effective_ons;
  std::vector<ids::JournalEntryId> line_entries;
  std::vector<std::string> line_accounts;
  std::vector<int64_t> line_amounts;
  std::vector<std::optional<ids::RevenueContractId>> line_contracts;

  void Add(const NewEntry& entry) {
    const auto id = ids.emplace_back(ids::JournalEntryId::New());
    accounts.push_back(entry.account_id);
    divisions.push_back(entry.division_id);
    kinds.push_back(entry.kind);
    currencies.emplace_back(entry.posting.front().amount.currency().code());
    sources.push_back(entry.source);
    invoices.push_back(entry.invoice_id);
    payments.push_back(entry.payment_id);
    effective_ons.push_back(entry.effective_on);
    for (const domain::PostingLine& line : entry.posting) {
      line_entries.push_back(id);
      line_accounts.emplace_back(domain::ToText(line.account));
      line_amounts.push_back(line.amount.minor());
      line_contracts.push_back(line.contract);
    }
  }
};

}  // namespace

void WriteJournal(Transaction& tx, const std::vector<NewEntry>& entries) {
  JournalColumns columns;
  std::set<ids::DivisionId> divisions;
  for (const NewEntry& entry : entries) {
    if (entry.posting.empty()) continue;
    if (entry.division_id) divisions.insert(*entry.division_id);
    columns.Add(entry);
  }
  if (columns.ids.empty()) return;
  tx.Run(sql::lock_books, std::vector<ids::DivisionId>(divisions.begin(), divisions.end()));
  tx.Run(sql::insert_journal_entries, tx.now(), columns.ids, columns.accounts, columns.divisions,
         columns.kinds, columns.sources, columns.invoices, columns.payments, columns.currencies,
         columns.effective_ons, columns.line_entries, columns.line_accounts, columns.line_amounts,
         columns.line_contracts);
}

bool IsPosted(Transaction& tx, std::string_view kind, const ids::Uuid& source) {
  return tx.Run(sql::is_posted, kind, source).front().Bool("posted");
}

}  // namespace continuo::revenue::app
