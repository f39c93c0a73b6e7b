// Who may say who sold it, and who may decide.
//
//   open -claim-> claimed -verify-> verified -contest-> contested -resolve-> resolved
//                 claimed -contest-> contested
//
//   CheckVerification({.status = kClaimed, .claimed_by = "usr_a"}, "usr_a", {"usr_a"})
//     -> SALE_LINK_SELF_VERIFICATION
//
// Whether somebody may claim or decide at all is a permission, checked before.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/money/money.h"
#include "libs/result/result.h"

namespace continuo::commissions::domain {

enum class SaleStatus { kOpen, kClaimed, kVerified, kContested, kResolved };

struct Sale {
  SaleStatus status = SaleStatus::kOpen;
  std::string claimed_by;  // users
  std::string contested_by;
};

Result<void> CheckClaim(const Sale& sale);
// `shares`: the users who would share the commission.
Result<void> CheckVerification(const Sale& sale, const std::string& decider,
                               std::span<const std::string> shares);
Result<void> CheckContest(const Sale& sale, const std::string& contester);
Result<void> CheckResolution(const Sale& sale, const std::string& decider,
                             std::span<const std::string> shares);

struct Split {
  std::string participant_id;
  money::Decimal percent;
};
// They sum to 100 per cent and name nobody twice. Pointers are into /splits.
Result<void> CheckSplits(std::span<const Split> splits);

// The powers of ten that a price lies between, in major units: "1000-10000 EUR". What a masked
// list shows of it.
std::string PriceBand(money::Money price);

}  // namespace continuo::commissions::domain
