// From a product's message to what the rules and the price need of it.
#pragma once

#include <optional>
#include <string_view>

#include "libs/pricing/catalogue_price.h"
#include "services/catalogue/domain/product.h"
#include "services/catalogue/domain/validate_product.h"

namespace continuo::catalogue::v1 {
class PriceBookEntry;
class PriceRow;
class Product;
}  // namespace continuo::catalogue::v1

namespace continuo::catalogue::app {

domain::Product ShapeOf(const v1::Product& product);
// Without its currency, which is the book's.
domain::CurrencyPrice PriceOf(const v1::PriceBookEntry& entry);
domain::CurrencyPrice PriceOf(const v1::PriceRow& row);
// As the columns spell them.
domain::Kind KindOfText(std::string_view text);
std::string_view TextOfKind(domain::Kind kind);
domain::Status StatusOfText(std::string_view text);
pricing::Model ModelOfText(std::string_view text);

// None where the product has no price in the currency, or no such service level.
std::optional<pricing::PriceTable> PriceTableOf(const v1::Product& product,
                                                std::string_view currency);
std::optional<pricing::ServiceLevelFactor> ServiceLevelOf(const v1::Product& product,
                                                          std::string_view code,
                                                          std::string_view currency);

}  // namespace continuo::catalogue::app
