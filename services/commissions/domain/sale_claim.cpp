#include "services/commissions/domain/sale_claim.h"

namespace continuo::commissions::domain {

Result<void> CheckVerification(const Claim& claim, const std::string& verifier) {
  if (!claim.is_claimed) {
    return FailedPrecondition("SALE_LINK_NOT_CLAIMED",
                              "The sale is not claimed, or was verified before. Read it again.");
  }
  if (claim.claimed_by == verifier) {
    return FailedPrecondition("SALE_LINK_SELF_VERIFICATION",
                              "You claimed this sale yourself. Somebody else has to verify it.");
  }
  return {};
}

}  // namespace continuo::commissions::domain
