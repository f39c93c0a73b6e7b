// A product version of the catalogue, between its JSON, which is frozen on lines, and what prices.
//
// The JSON is the catalogue's own API form, whole: the order hands on blocks of it (purchasing,
// revenue, service levels) that quoting itself never reads.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/result/result.h"
#include "services/quoting/domain/quote.h"

namespace continuo::catalogue::v1 {
class Period;
class Product;
}

namespace continuo::quoting::store {

Result<domain::Period> ReadPeriod(const catalogue::v1::Period& period);
// A period as it stands in a frozen product; none for none.
std::optional<domain::Period> ParsePeriod(std::optional<std::string_view> json);
// PRODUCT_NOT_SOLD for a product that lacks what a line needs: a price block, or a billing period
// where it recurs. Not for bundles.
Result<domain::Product> ReadProduct(const catalogue::v1::Product& product, int version);
// What ReadProduct froze; a text that does not read is our own bug.
domain::Product ParseProduct(std::string_view frozen_json, int version);

}  // namespace continuo::quoting::store
