#include "services/billing/app/issue_invoices.h"

#include "continuo/billing/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/postgres/database.h"
#include "services/billing/app/amounts.h"
#include "services/billing/domain/issue.h"
#include "services/billing/store/sql.h"

namespace continuo::billing::app {
namespace {

constexpr int64_t kIssuedRevision = 2;  // a draft is 1

struct Numbered {
  const DraftToIssue* draft;
  int64_t sequence;
  std::string number;
  domain::Issued issued;
};

v1::InvoiceIssued IssuedEvent(const IssueFor& issuer, const Numbered& numbered) {
  const DraftToIssue& draft = *numbered.draft;
  v1::InvoiceIssued event;
  event.set_id(draft.id.ToString());
  event.set_revision(kIssuedRevision);
  event.set_account_id(draft.account_id.ToString());
  event.set_division_id(issuer.division_id.ToString());
  event.set_number(numbered.number);
  event.set_issued_on(numbered.issued.issued_on.ToString());
  event.set_due_on(numbered.issued.due_on.ToString());
  WriteAmount(draft.net, event.mutable_net());
  WriteAmount(draft.tax, event.mutable_tax());
  WriteAmount(draft.net + draft.tax, event.mutable_total());
  event.mutable_control_totals()->set_count(draft.lines);
  WriteAmount(draft.net, event.mutable_control_totals()->add_sums());
  return event;
}

// An invoice of nothing is paid as it goes out.
v1::InvoicePaid PaidEvent(const Numbered& numbered) {
  v1::InvoicePaid event;
  event.set_id(numbered.draft->id.ToString());
  event.set_revision(kIssuedRevision);
  event.set_account_id(numbered.draft->account_id.ToString());
  event.set_paid_on(numbered.issued.issued_on.ToString());
  WriteAmount(numbered.draft->net + numbered.draft->tax, event.mutable_total());
  return event;
}

void Append(postgres::Transaction& tx, const IssueFor& issuer,
            std::span<const Numbered> invoices) {
  std::vector<v1::InvoiceIssued> issued;
  std::vector<v1::InvoicePaid> paid;
  issued.reserve(invoices.size());
  for (const Numbered& numbered : invoices) {
    issued.push_back(IssuedEvent(issuer, numbered));
    const bool nothing_owed = (numbered.draft->net + numbered.draft->tax).IsZero();
    if (nothing_owed) paid.push_back(PaidEvent(numbered));
  }
  std::vector<events::NewEvent> events;
  for (const auto& event : issued) {
    events.push_back({.data = &event, .options = {.source_version = kIssuedRevision}});
  }
  for (const auto& event : paid) {
    events.push_back({.data = &event, .options = {.source_version = kIssuedRevision}});
  }
  events::AppendAll(tx, events);
}

}  // namespace

Result<void> IssueInvoices(postgres::Transaction& tx, const IssueFor& issuer,
                           std::span<const DraftToIssue> drafts) {
  if (drafts.empty()) return {};
  std::vector<Numbered> invoices;
  for (const DraftToIssue& draft : drafts) {
    ASSIGN_OR_RETURN(const domain::Issued issued,
                     domain::Issue({.id = draft.id.ToString(),
                                    .issue_on = draft.issue_on,
                                    .payment_days = draft.payment_days},
                                   issuer.today));
    invoices.push_back({.draft = &draft, .issued = issued});
  }
  const auto kind = domain::DocumentKind::kInvoice;
  const std::string series = domain::SeriesOf(issuer.invoice_series, kind);
  int64_t sequence =
      tx.Run(sql::take_numbers, issuer.division_id, series, invoices.size()).front().Int("first");
  std::vector<ids::InvoiceId> ids;
  std::vector<int64_t> sequences;
  std::vector<std::string> numbers;
  std::vector<calendar::Date> due_days;
  for (Numbered& invoice : invoices) {
    invoice.sequence = sequence++;
    invoice.number = domain::DocumentNumber(issuer.invoice_series, kind, invoice.sequence);
    ids.push_back(invoice.draft->id);
    sequences.push_back(invoice.sequence);
    numbers.push_back(invoice.number);
    due_days.push_back(invoice.issued.due_on);
  }
  tx.Run(sql::issue_invoices, series, issuer.today, tx.now(), ids, sequences, numbers, due_days);
  Append(tx, issuer, invoices);
  return {};
}

}  // namespace continuo::billing::app
