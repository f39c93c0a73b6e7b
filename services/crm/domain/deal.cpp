#include "services/crm/domain/deal.h"

namespace continuo::crm::domain {

Result<void> CheckOpen(const Deal& deal) {
  if (deal.status == DealStatus::kOpen) return {};
  const std::string id = deal.id.ToString();
  if (deal.status == DealStatus::kWon) {
    return FailedPrecondition("OPPORTUNITY_NOT_OPEN",
                              "Opportunity " + id + " is won. Open a new one for a new deal.",
                              {{"opportunity_id", id}, {"status", "won"}});
  }
  return FailedPrecondition("OPPORTUNITY_NOT_OPEN",
                            "Opportunity " + id + " is lost. Reopen it first.",
                            {{"opportunity_id", id}, {"status", "lost"}});
}

Result<void> CheckLost(const Deal& deal) {
  if (deal.status == DealStatus::kLost) return {};
  const std::string id = deal.id.ToString();
  return FailedPrecondition("OPPORTUNITY_NOT_LOST",
                            "Opportunity " + id + " is not lost. Only a lost one can be reopened.",
                            {{"opportunity_id", id}});
}

Result<void> CheckValueIsOurs(const Deal& deal) {
  if (!deal.quote) return {};
  const std::string id = deal.id.ToString();
  const std::string quote = deal.quote->ToString();
  return FailedPrecondition("OPPORTUNITY_VALUE_FOLLOWS_QUOTE",
                            "The value of opportunity " + id + " follows quote " + quote +
                                ". Change the quote, or select another.",
                            {{"opportunity_id", id}, {"quote_id", quote}});
}

std::optional<Following> FollowQuote(const Deal& deal, const QuoteFact& selected) {
  if (deal.status == DealStatus::kWon) return std::nullopt;
  const std::optional<money::Money> value = selected.value ? selected.value : deal.value;
  if (deal.quote == selected.quote && deal.value == value) return std::nullopt;
  return Following{selected.quote, value};
}

bool WonByOrder(const Deal& deal) { return !deal.order; }

}  // namespace continuo::crm::domain
