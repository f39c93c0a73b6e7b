// Who may confirm who sold it.
//
//   CheckVerification({.is_claimed = true, .claimed_by = "usr_a"}, "usr_a")
//     -> SALE_LINK_SELF_VERIFICATION
//
// Whether somebody may claim or verify at all is a permission, checked before.
#pragma once

#include <string>

#include "libs/result/result.h"

namespace continuo::commissions::domain {

struct Claim {
  bool is_claimed = false;
  std::string claimed_by;  // a user
};

Result<void> CheckVerification(const Claim& claim, const std::string& verifier);

}  // namespace continuo::commissions::domain
