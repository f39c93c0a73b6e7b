#include "services/quoting/domain/clone_quote.h"

#include <algorithm>

#include "services/quoting/domain/negotiation_ids.h"

namespace continuo::quoting::domain {
namespace {

Failure NoLongerFits(const Line& line, const std::string& lacks) {
  return FailedPrecondition("PRODUCT_NO_LONGER_FITS",
                            "The current version of " + line.product.code + " has no " + lacks +
                                ". Clone with the frozen versions, or take the line off first.",
                            {{"line_id", line.id.ToString()},
                             {"product_id", line.product.id.ToString()}});
}

Result<void> CheckFits(const Line& line, const Product& product, money::Currency currency) {
  if (!product.prices.contains(currency.ToString())) {
    return NoLongerFits(line, "price in " + currency.ToString());
  }
  if (line.service_level.empty()) return {};
  const bool offered = std::any_of(
      product.service_levels.begin(), product.service_levels.end(),
      [&](const ServiceLevel& level) { return level.code == line.service_level; });
  if (!offered) return NoLongerFits(line, "service level " + line.service_level);
  return {};
}

}  // namespace

Result<void> CopyLines(const Quote& source, const std::map<ids::ProductId, Product>& current,
                       Quote* to) {
  std::map<ids::QuoteLineId, ids::QuoteLineId> copies;
  for (const Line& line : source.lines) copies[line.id] = ids::QuoteLineId::New();
  std::map<ids::Uuid, ids::Uuid> sales;  // of bundles, and ramps
  const auto copied = [&](const ids::Uuid& id) {
    return sales.try_emplace(id, ids::NewUuid()).first->second;
  };
  for (const Line& line : source.lines) {
    Line copy = line;
    copy.id = copies.at(line.id);
    for (ids::QuoteLineId& covered : copy.covers) covered = copies.at(covered);
    for (Bundle& bundle : copy.bundles) bundle.id = copied(bundle.id);
    if (copy.segment) copy.segment->ramp_id = copied(copy.segment->ramp_id);
    const auto found = current.find(line.product.id);
    if (found != current.end()) {
      RETURN_IF_FAULT(CheckFits(line, found->second, to->currency));
      copy.product = found->second;
    }
    to->lines.push_back(std::move(copy));
  }
  return {};
}

void CopyClauses(const Quote& source, Quote* to) {
  for (QuoteClause clause : source.clauses) {
    clause.id = QuoteClauseId::New().ToString();
    const bool changed = clause.text != clause.standard_text;
    clause.review = changed ? ClauseReview::kPending : ClauseReview::kStandard;
    to->clauses.push_back(std::move(clause));
  }
}

}  // namespace continuo::quoting::domain
