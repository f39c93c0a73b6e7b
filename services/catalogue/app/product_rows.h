// A stored product, read or locked, and the check of a changed one against what else is stored.
#pragma once

#include <string>
#include <vector>

#include "libs/result/result.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::catalogue::v1 {
class Product;
}

namespace continuo::catalogue::app {

Result<v1::Product> LoadProduct(postgres::Transaction& tx, const std::string& id);
// Locked for a change, at the revision that the call expects, and remembered for the audit entry.
// PRODUCT_RETIRED once retired.
Result<v1::Product> LoadProductForChange(postgres::Transaction& tx, const std::string& id);

// Fills in what the caller left to us, so that a version says everything it means.
void CompleteProduct(v1::Product* product);
// What is wrong with a complete product; sets its warnings.
std::vector<Violation> CheckProduct(postgres::Transaction& tx, v1::Product* product);

}  // namespace continuo::catalogue::app
