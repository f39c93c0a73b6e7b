// Issuing: when a draft may go out, what it is called and when it is due.
//
//   Issue({.issue_on = 2026-03-01, .payment_days = 30, ...}, 2026-03-02)
//       == {issued_on 2026-03-02, due_on 2026-04-01}
//   DocumentNumber("DE", DocumentKind::kCreditNote, 7) == "DE-CN-000007"
//
// It does not draw the number: the series' row is taken by the transaction that issues, last, so
// that numbers stay without a gap.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "libs/calendar/date.h"
#include "libs/result/result.h"

namespace continuo::billing::domain {

enum class DocumentKind { kInvoice, kCreditNote };

// "DE" and "DE-CN": a series for each kind of document.
std::string SeriesOf(std::string_view invoice_series, DocumentKind kind);
// At least six digits; a series that has used them up goes on with seven.
std::string DocumentNumber(std::string_view invoice_series, DocumentKind kind, int64_t sequence);

enum class DraftState { kDraft, kIssued, kVoid };

struct Draft {
  std::string id;
  DraftState state = DraftState::kDraft;
  calendar::Date issue_on;  // the planned day
  int payment_days = 0;
};

struct Issued {
  calendar::Date issued_on;
  calendar::Date due_on;
};

// INVOICE_NOT_DRAFT, INVOICE_NOT_DUE_YET. `today` is the division's.
Result<Issued> Issue(const Draft& draft, calendar::Date today);

}  // namespace continuo::billing::domain
