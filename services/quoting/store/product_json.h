// A product version of the catalogue, between its JSON, which is frozen on lines, and what prices.
//
// The JSON is the catalogue's own API form, whole: the order hands on blocks of it (purchasing,
// revenue, service levels) that quoting itself never reads.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/result/result.h"
#include "services/quoting/domain/offer.h"

namespace continuo::catalogue::v1 {
class Component;
class Period;
class Product;
enum BundlePriceMethod : int;
}  // namespace continuo::catalogue::v1

namespace continuo::quoting::store {

Result<domain::Period> ReadPeriod(const catalogue::v1::Period& period);
Result<domain::BundlePriceMethod> ReadMethod(catalogue::v1::BundlePriceMethod method);
// PRODUCT_NOT_SOLD for a product that lacks what a line needs: a price block, or a billing period
// where it recurs. Not for bundles.
Result<domain::Product> ReadProduct(const catalogue::v1::Product& product, int version);
// A bundle without its parts; a part without what is offered under it.
Result<domain::Offer> ReadBundle(const catalogue::v1::Product& product, int version);
Result<domain::Part> ReadPart(const catalogue::v1::Component& component);
// The same product, billed once over so many days at that part of its prices: what is sold of it
// until a billing period begins.
domain::Product BilledOnceOver(const domain::Product& product, int days, const money::Ratio& part);
// What ReadProduct froze; a text that does not read is our own bug.
domain::Product ParseProduct(std::string_view frozen_json, int version);

}  // namespace continuo::quoting::store
