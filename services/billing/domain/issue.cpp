#include "services/billing/domain/issue.h"

namespace continuo::billing::domain {

std::string SeriesOf(std::string_view invoice_series, DocumentKind kind) {
  std::string series(invoice_series);
  if (kind == DocumentKind::kCreditNote) series += "-CN";
  return series;
}

std::string DocumentNumber(std::string_view invoice_series, DocumentKind kind, int64_t sequence) {
  constexpr size_t kDigitsMin = 6;
  const std::string digits = std::to_string(sequence);
  const size_t zeros = digits.size() < kDigitsMin ? kDigitsMin - digits.size() : 0;
  return SeriesOf(invoice_series, kind) + "-" + std::string(zeros, '0') + digits;
}

Result<Issued> Issue(const Draft& draft, calendar::Date today) {
  if (draft.state != DraftState::kDraft) {
    return FailedPrecondition("INVOICE_NOT_DRAFT",
                              "Invoice " + draft.id +
                                  " is no draft any more. An issued invoice is corrected by a "
                                  "credit note.",
                              {{"id", draft.id}});
  }
  if (draft.issue_on > today) {
    return FailedPrecondition(
        "INVOICE_NOT_DUE_YET",
        "Invoice " + draft.id + " is scheduled for " + draft.issue_on.ToString() +
            ". Issue it on that day, or void the draft and run again.",
        {{"id", draft.id}, {"issue_on", draft.issue_on.ToString()}});
  }
  return Issued{.issued_on = today, .due_on = today.AddDays(draft.payment_days)};
}

}  // namespace continuo::billing::domain
