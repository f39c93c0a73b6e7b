// TCV, ACV and MRR of a quote as it is shown, from its lines and totals.
#pragma once

namespace continuo::quoting::v1 {
class Quote;
}

namespace continuo::quoting::app {

void CompleteTotals(v1::Quote* quote);

}  // namespace continuo::quoting::app
