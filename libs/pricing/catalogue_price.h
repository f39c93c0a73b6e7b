// What the catalogue asks for a quantity of a product, before anybody gives a discount.
//
//   volume table: to 50 at 20, beyond at 18 with a flat fee of 5; level "gold" with factor 1.5
//   CataloguePrice(100, table, gold):
//     list           2000    100 at 20, the first band's price
//     band           1805    100 at 18, flat fee 5
//     service_level  2705    unit price times 1.5; a flat fee is not multiplied
//   .unit_price == 27, .flat_fee == 5, .amount == 100 * 27 + 5
//
// A band's lower bound is exclusive, its upper inclusive. At quantity zero the first band's flat
// fee is charged. A started package costs the whole. A service level's own price stands in for the
// list's, bands and packages included. A price book's price is a list price; its steps name the book. What is below the minimum is raised to it, last of all; what
// is above the maximum lowered. For recurring products all is for one billing period. What comes
// after (line, bundle and header discounts) is the quote's: it goes on with the same waterfall.
// Nothing is rounded here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/money/decimal.h"
#include "libs/money/price_bands.h"
#include "libs/money/ratio.h"
#include "libs/pricing/waterfall.h"
#include "libs/result/result.h"

namespace continuo::pricing {

enum class Model {
  kFlat,               // quantity times unit price
  kVolume,             // the band that holds the whole quantity prices all of it
  kGraduated,          // each band prices its own part of the quantity
  kPackage,            // started packages times the price of one
  kPercentage,         // the quantity is an amount of money, of which a percentage is charged
  kPercentageOfLines,  // quantity times a percentage of what other lines cost
};

// A product's prices in one currency.
struct PriceTable {
  Model model = Model::kFlat;
  money::Decimal unit_price;             // kFlat; kPackage: of one package
  std::vector<money::PriceBand> bands;   // kVolume, kGraduated: as money::ValidateBands has it
  money::Decimal package = 1;            // kPackage: units of one, above zero
  money::Decimal percent;                // kPercentage, kPercentageOfLines
  std::optional<money::Decimal> minimum; // of the amount: an agreed commitment
  std::optional<money::Decimal> maximum; // not below the minimum
  std::string price_book = {};           // code of the book they are from; empty: the product's own
};

// What a level does to the price: its own price of one unit, or else a factor.
struct ServiceLevelFactor {
  std::string code;
  money::Decimal factor = 1;                 // of the unit price
  std::optional<money::Decimal> unit_price;  // in the table's currency
  std::string price_book = {};               // code of the book that it is from; empty: none
};

struct Price {
  // What one unit costs by the list at this quantity: the unit price, or that of the band; where
  // bands share the quantity, that of the last one reached. Of a percentage: that of one.
  money::Decimal list_unit_price;
  // The same at the service level; where bands share the quantity or count packages, the average
  // over the units.
  money::Ratio unit_price;
  // What is added once, whatever the quantity: flat fees of the bands reached, and what a minimum
  // or maximum adds or takes away.
  money::Ratio flat_fee;
  money::Ratio amount;  // quantity * unit_price + flat_fee
};

// `others` is what the lines cost that a kPercentageOfLines is charged on; other models have no use
// for it. A fault when the quantity is negative or above the last band's end. Who gives a `way` gets
// the steps too; the price is the same without them, and quicker.
Result<Price> CataloguePrice(money::Decimal quantity, const PriceTable& table,
                             const std::optional<ServiceLevelFactor>& level = {},
                             const money::Ratio& others = {}, Waterfall* way = nullptr);

}  // namespace continuo::pricing
