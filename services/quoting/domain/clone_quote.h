// The lines and clauses of a quote once more, on a new one.
//
//   CopyLines(source, {}, &draft)                         // as they were sold: frozen products
//   CopyLines(source, {{seats.id, seats_version_2}}, &draft)
//
// New lines have ids of their own; what covered a line covers its copy. Positions, bundles, ramps,
// groups, terms, prices by hand and discounts are the source's. A bundle keeps the price that it was
// sold at, with current products too. What they cost comes with Reprice.
#pragma once

#include <map>

#include "services/quoting/domain/quote.h"

namespace continuo::quoting::domain {

// `current`: the products to sell instead of the frozen ones, by id. PRODUCT_NO_LONGER_FITS where
// one lacks the quote's currency or a line's service level.
Result<void> CopyLines(const Quote& source, const std::map<ids::ProductId, Product>& current,
                       Quote* to);

// A changed clause waits for its reviewer again: what was agreed for one deal is not for another.
void CopyClauses(const Quote& source, Quote* to);

}  // namespace continuo::quoting::domain
