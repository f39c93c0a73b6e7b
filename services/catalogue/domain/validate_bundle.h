// The rules of bundles; ValidateProduct asks them.
//
// A bundle may hold bundles, three levels in all. It never holds itself, however far down: a cycle
// is refused with its path. What is sold when nobody chooses fits its option groups. A price of its
// own needs parts that are billed together.
#pragma once

#include "services/catalogue/domain/validate_product.h"

namespace continuo::catalogue::domain {

inline constexpr int kBundleLevels = 3;

void ValidateBundle(const Product& product, const Known& known, Validation* validation);

}  // namespace continuo::catalogue::domain
