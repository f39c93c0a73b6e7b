#include "services/quoting/app/quote_value.h"

#include <vector>

#include "continuo/quoting/v1/quote.pb.h"
#include "services/quoting/app/amounts.h"
#include "services/quoting/domain/contract_change.h"
#include "services/quoting/domain/contract_value.h"
#include "services/quoting/store/line_json.h"
#include "services/quoting/store/product_json.h"

namespace continuo::quoting::app {
namespace {

// What is shown was stored by us, and priced before.
domain::ValuedLine ValuedLineOf(const v1::QuoteLine& line) {
  domain::ValuedLine valued{.term_total = MoneyOf(line.term_total()).value()};
  if (line.kind() != catalogue::v1::PRODUCT_KIND_RECURRING) return valued;
  domain::Recurrence recurrence{.billing = store::ReadPeriod(line.billing().period()).value()};
  if (line.term().has_length()) recurrence.term = store::ReadPeriod(line.term().length()).value();
  valued.recurrence = recurrence;
  valued.ramp_id = line.ramp_segment().ramp_id();
  return valued;
}

domain::ValuedChange ValuedChangeOf(const v1::QuoteLine& line) {
  domain::ValuedChange valued{.net_amount = MoneyOf(line.net_amount()).value(),
                              .term_total = MoneyOf(line.term_total()).value()};
  if (line.kind() == catalogue::v1::PRODUCT_KIND_RECURRING) {
    valued.billing = store::ReadPeriod(line.billing().period()).value();
  }
  valued.is_superseded = line.has_ramp_segment() && !line.ramp_segment().is_last();
  if (line.has_change()) valued.change = store::ReadChange(line.change());
  return valued;
}

// Of a change quote.
void SetDeltas(money::Currency currency, v1::Quote* quote) {
  std::vector<domain::ValuedChange> lines;
  for (const v1::QuoteLine& line : quote->lines()) {
    if (line.chosen()) lines.push_back(ValuedChangeOf(line));
  }
  const domain::Deltas deltas = domain::DeltasOf(lines, currency).value();
  SetMoney(deltas.monthly, quote->mutable_deltas()->mutable_mrr());
  SetMoney(deltas.yearly, quote->mutable_deltas()->mutable_acv());
  SetMoney(deltas.term_total, quote->mutable_deltas()->mutable_tcv());
}

}  // namespace

void CompleteTotals(v1::Quote* quote) {
  v1::QuoteTotals& totals = *quote->mutable_totals();
  *totals.mutable_tcv() = totals.term_total();
  *totals.mutable_mrr() = totals.monthly();
  std::vector<domain::ValuedLine> lines;
  for (const v1::QuoteLine& line : quote->lines()) {
    if (line.chosen()) lines.push_back(ValuedLineOf(line));
  }
  const auto currency = money::Currency::Parse(quote->currency()).value();
  SetMoney(domain::AnnualContractValue(lines, currency).value(), totals.mutable_acv());
  if (!quote->contract_id().empty()) SetDeltas(currency, quote);
}

}  // namespace continuo::quoting::app
