// The pricing block's own rules; ValidateProduct asks them.
#pragma once

#include "services/catalogue/domain/validate_product.h"

namespace continuo::catalogue::domain {

// The product has a pricing block. Pointers are the product's: "/pricing/prices/0/bands".
void ValidatePricing(const Product& product, Validation* validation);

}  // namespace continuo::catalogue::domain
