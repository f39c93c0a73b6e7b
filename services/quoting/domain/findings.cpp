#include "services/quoting/domain/findings.h"

#include <algorithm>

namespace continuo::quoting::domain {
namespace {

using ids::ProductId;
using money::Decimal;
using money::Ratio;

constexpr std::string_view kNames[] = {"ATTACH_GAP",   "PRICE_ERODED",   "PRICE_BY_HAND",
                                       "PAYMENT_DAYS", "TERM_SHORTENED", "CLAUSE_CHANGED",
                                       "ONBOARDING_OPEN"};

Decimal Of(const Quantities& quantities, const ProductId& product) {
  const auto found = quantities.find(product);
  return found == quantities.end() ? Decimal() : found->second;
}

// Each product once, where it stands first.
std::vector<const Line*> FirstLines(const Quote& quote) {
  std::vector<const Line*> first;
  std::set<ProductId> seen;
  for (const Line& line : quote.lines) {
    if (seen.insert(line.product.id).second) first.push_back(&line);
  }
  return first;
}

void FindAttachGaps(const Quote& quote, const FindingFacts& facts, std::vector<Finding>* findings) {
  Quantities have = facts.owned;
  for (const auto& [product, quantity] : BoughtQuantities(quote)) have[product] += quantity;
  for (const Line* line : FirstLines(quote)) {
    for (const Attach& attach : line->product.attach) {
      const Ratio wanted = Of(have, line->product.id) * attach.ratio;
      const Decimal had = Of(have, attach.product_id);
      if (had.ToRatio() >= wanted) continue;
      const auto expected = money::RoundToDecimal(wanted, Decimal::kPlaces);
      findings->push_back({.code = FindingCode::kAttachGap,
                           .severity = Severity::kInfo,
                           .line_id = line->id,
                           .product_id = attach.product_id,
                           .actual = had.ToString(),
                           .expected = expected ? expected->ToString() : wanted.ToString(),
                           .text = attach.reason.empty()
                                       ? "Less goes with " + line->product.code + " than should."
                                       : attach.reason});
    }
  }
}

// Of the whole of a product: one at list price and one given away is half the price.
void FindErodedPrices(const Quote& quote, const FindingFacts& facts,
                      std::vector<Finding>* findings) {
  std::map<ProductId, Ratio> net;
  for (const Line& line : quote.lines) net[line.product.id] += line.price.net_amount.ToRatio();
  const Quantities bought = BoughtQuantities(quote);
  for (const Line* line : FirstLines(quote)) {
    const auto peak = facts.peak_unit_prices.find(line->product.id);
    const Decimal quantity = Of(bought, line->product.id);
    if (peak == facts.peak_unit_prices.end() || quantity.IsZero()) continue;
    const auto price =
        money::RoundToDecimal(net[line->product.id] / quantity.ToRatio(), Decimal::kPlaces);
    if (!price || *price >= peak->second) continue;
    findings->push_back({.code = FindingCode::kPriceEroded,
                         .line_id = line->id,
                         .product_id = line->product.id,
                         .actual = price->ToString(),
                         .expected = peak->second.ToString(),
                         .text = line->product.code + " was offered at " + peak->second.ToString() +
                                 " in this deal, and is at " + price->ToString() + " now."});
  }
}

void FindPricesByHand(const Quote& quote, std::vector<Finding>* findings) {
  for (const Line& line : quote.lines) {
    if (!line.override_unit_price || *line.override_unit_price >= line.price.list_unit_price) continue;
    findings->push_back({.code = FindingCode::kPriceByHand,
                         .line_id = line.id,
                         .product_id = line.product.id,
                         .actual = line.override_unit_price->ToString(),
                         .expected = line.price.list_unit_price.ToString(),
                         .text = line.override_reason});
  }
}

void FindPaymentDays(const Quote& quote, const FindingFacts& facts, std::vector<Finding>* findings) {
  if (quote.payment_days <= facts.account.payment_days) return;
  findings->push_back({.code = FindingCode::kPaymentDays,
                       .actual = std::to_string(quote.payment_days),
                       .expected = std::to_string(facts.account.payment_days),
                       .text = "The account has " + std::to_string(facts.account.payment_days) +
                               " days to pay; this quote gives " +
                               std::to_string(quote.payment_days) + "."});
}

// A ramp's segments are one term: a part of it is no shortening.
void FindShortenedTerms(const Quote& quote, std::vector<Finding>* findings) {
  for (const Line& line : quote.lines) {
    if (!line.term || line.segment || !line.product.recurrence) continue;
    const Recurrence& sold = *line.product.recurrence;
    if (sold.term && Months(*line.term) >= Months(*sold.term)) continue;
    findings->push_back({.code = FindingCode::kTermShortened,
                         .line_id = line.id,
                         .product_id = line.product.id,
                         .actual = TextOf(*line.term),
                         .expected = sold.term ? TextOf(*sold.term) : "without an end",
                         .text = line.product.code + " is sold for less than its usual term."});
  }
}

void FindChangedClauses(const Quote& quote, std::vector<Finding>* findings) {
  for (const QuoteClause& clause : quote.clauses) {
    if (clause.text == clause.standard_text) continue;
    findings->push_back({.code = FindingCode::kClauseChanged,
                         .severity = Severity::kInfo,
                         .actual = clause.code,
                         .text = "Clause " + clause.code + " does not read as the standard."});
  }
}

std::string Joined(const std::vector<std::string>& names) {
  std::string joined;
  for (const std::string& name : names) joined += (joined.empty() ? "" : ", ") + name;
  return joined;
}

// What is sold now weighs more than what was sold before. None: it is of a product that the account
// neither has nor is to have.
std::optional<Finding> OfOnboarding(const OpenOnboarding& onboarding, const Quote& quote,
                                    const Quantities& owned) {
  Finding finding{.code = FindingCode::kOnboardingOpen,
                  .severity = onboarding.blocks_sale ? Severity::kBlocking : Severity::kWarning,
                  .product_id = onboarding.product_id,
                  .onboarding_id = onboarding.id,
                  .actual = std::to_string(onboarding.steps -
                                           static_cast<int>(onboarding.open_steps.size())),
                  .expected = std::to_string(onboarding.steps),
                  .text = onboarding.name + " is not completed: " + Joined(onboarding.open_steps) +
                          "."};
  if (!onboarding.product_id) return finding;
  for (const Line& line : quote.lines) {
    if (line.product.id != *onboarding.product_id) continue;
    finding.line_id = line.id;
    return finding;
  }
  if (Of(owned, *onboarding.product_id).IsZero()) return std::nullopt;
  finding.severity = Severity::kInfo;
  return finding;
}

void FindOpenOnboardings(const Quote& quote, const FindingFacts& facts,
                         std::vector<Finding>* findings) {
  for (const OpenOnboarding& onboarding : facts.account.open_onboardings) {
    if (auto finding = OfOnboarding(onboarding, quote, facts.owned)) {
      findings->push_back(*std::move(finding));
    }
  }
}

}  // namespace

std::string_view Name(FindingCode code) { return kNames[static_cast<int>(code)]; }

std::optional<FindingCode> ParseFindingCode(std::string_view name) {
  const auto found = std::find(std::begin(kNames), std::end(kNames), name);
  if (found == std::end(kNames)) return std::nullopt;
  return static_cast<FindingCode>(found - std::begin(kNames));
}

std::vector<Finding> FindingsOf(const Quote& quote, const FindingFacts& facts) {
  std::vector<Finding> findings;
  FindAttachGaps(quote, facts, &findings);
  FindErodedPrices(quote, facts, &findings);
  FindPricesByHand(quote, &findings);
  FindPaymentDays(quote, facts, &findings);
  FindShortenedTerms(quote, &findings);
  FindChangedClauses(quote, &findings);
  FindOpenOnboardings(quote, facts, &findings);
  return findings;
}

std::set<std::string> CodesOf(const std::vector<Finding>& findings) {
  std::set<std::string> codes;
  for (const Finding& finding : findings) codes.emplace(Name(finding.code));
  return codes;
}

Result<void> CheckOnboarded(const Quote& quote, const AccountFacts& account) {
  for (const OpenOnboarding& onboarding : account.open_onboardings) {
    const std::optional<Finding> finding = OfOnboarding(onboarding, quote, {});
    if (!finding || finding->severity != Severity::kBlocking) continue;
    return FailedPrecondition("ONBOARDING_NOT_COMPLETED",
                              finding->text + " Complete onboarding " + onboarding.id + " first.",
                              {{"onboarding_id", onboarding.id}});
  }
  return {};
}

}  // namespace continuo::quoting::domain
