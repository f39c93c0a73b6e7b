#include "services/commissions/domain/sale_claim.h"

#include <algorithm>
#include <set>

namespace continuo::commissions::domain {
namespace {

Result<void> CheckDecider(const Sale& sale, const std::string& decider,
                          std::span<const std::string> shares) {
  const bool takes_part = decider == sale.claimed_by || decider == sale.contested_by ||
                          std::find(shares.begin(), shares.end(), decider) != shares.end();
  if (!takes_part) return {};
  return FailedPrecondition("SALE_LINK_SELF_VERIFICATION",
                            "You have a part in this sale. Somebody else has to decide.");
}

}  // namespace

Result<void> CheckClaim(const Sale& sale) {
  if (sale.status == SaleStatus::kOpen) return {};
  return FailedPrecondition("SALE_LINK_NOT_OPEN",
                            "The sale was claimed before. Contest the claim if it is wrong.");
}

Result<void> CheckVerification(const Sale& sale, const std::string& decider,
                               std::span<const std::string> shares) {
  if (sale.status != SaleStatus::kClaimed) {
    return FailedPrecondition(
        "SALE_LINK_NOT_CLAIMED",
        sale.status == SaleStatus::kContested
            ? "The claim is contested. Resolve it."
            : "The sale is not claimed, or was decided before. Read it again.");
  }
  return CheckDecider(sale, decider, shares);
}

Result<void> CheckContest(const Sale& sale, const std::string& contester) {
  if (sale.status != SaleStatus::kClaimed && sale.status != SaleStatus::kVerified) {
    return FailedPrecondition("SALE_LINK_NOT_CONTESTABLE",
                              "Only a claimed or verified sale can be contested, and once.");
  }
  if (contester == sale.claimed_by) {
    return FailedPrecondition("SALE_LINK_OWN_CLAIM",
                              "You claimed this sale yourself. Ask whoever verifies to decide.");
  }
  return {};
}

Result<void> CheckResolution(const Sale& sale, const std::string& decider,
                             std::span<const std::string> shares) {
  if (sale.status != SaleStatus::kContested) {
    return FailedPrecondition("SALE_LINK_NOT_CONTESTED",
                              "Only a contested sale can be resolved. Read it again.");
  }
  return CheckDecider(sale, decider, shares);
}

Result<void> CheckSplits(std::span<const Split> splits) {
  std::set<std::string> named;
  money::Decimal sum;
  for (std::size_t i = 0; i < splits.size(); ++i) {
    sum += splits[i].percent;
    if (!named.insert(splits[i].participant_id).second) {
      return Invalid("/splits/" + std::to_string(i) + "/participant_id", "DUPLICATE",
                     "A participant has one split. Add the two up.");
    }
  }
  if (sum == money::Decimal(100)) return {};
  return Invalid("/splits", "SPLITS_NOT_100",
                 "Splits sum to 100 per cent. These sum to " + sum.ToString() + ".");
}

std::string PriceBand(money::Money price) {
  const std::string currency = " " + price.currency().ToString();
  if (price.Sign() <= 0) return "0" + currency;
  const std::string amount = price.AmountText();
  if (amount.starts_with('0')) return "0-1" + currency;
  const std::size_t digits = std::min(amount.find('.'), amount.size());
  const std::string zeros(digits - 1, '0');
  return "1" + zeros + "-1" + zeros + "0" + currency;
}

}  // namespace continuo::commissions::domain
