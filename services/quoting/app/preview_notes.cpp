#include "services/quoting/app/preview_notes.h"

#include "continuo/quoting/v1/order.pb.h"
#include "continuo/quoting/v1/preview.pb.h"

namespace continuo::quoting::app {
namespace {

v1::PreviewNote& Note(const char* code, const char* detail, v1::QuotePreview* shown) {
  v1::PreviewNote& note = *shown->add_assumptions();
  note.set_code(code);
  note.set_detail(detail);
  return note;
}

// Only where it is about some line.
void NoteFor(v1::PreviewNote note, v1::QuotePreview* shown) {
  if (!note.line_ids().empty()) *shown->add_assumptions() = std::move(note);
}

}  // namespace

void NoteAssumptions(const v1::Order& order, const contracts::v1::PreviewContractResponse& contract,
                     v1::QuotePreview* shown) {
  Note("bill_runs_daily",
       "Bill runs bill each day what may be billed on it, and put nothing else of the account on these invoices.",
       shown);
  Note("paid_when_due", "Customers pay each invoice on the day it is due.", shown);
  v1::PreviewNote initialised;
  initialised.set_code("initialised_as_agreed");
  initialised.set_detail(
      "Somebody initialises these lines' schedules on the day of acceptance, to begin on the agreed day.");
  for (const auto& schedule : contract.schedules()) {
    if (schedule.initialised_at_acceptance()) continue;
    const auto& known = initialised.line_ids();
    if (!known.empty() && *known.rbegin() == schedule.line_id()) continue;
    initialised.add_line_ids(schedule.line_id());
  }
  NoteFor(std::move(initialised), shown);
  v1::PreviewNote usage;
  usage.set_code("usage_as_quoted");
  usage.set_detail("What will be used is not known: these lines are billed by the quantity that was quoted.");
  for (const v1::OrderLine& line : order.lines()) {
    if (line.product_kind() == catalogue::v1::PRODUCT_KIND_USAGE) usage.add_line_ids(line.quote_line_id());
  }
  NoteFor(std::move(usage), shown);
}

}  // namespace continuo::quoting::app
