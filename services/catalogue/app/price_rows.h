// Rows of price files and of the store, between their texts and what the rules see of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/catalogue/domain/price_file.h"

namespace continuo::postgres {
class Row;
}

namespace continuo::catalogue::app {

// The column that a violation's pointer stands in: "/bands/0/up_to" in bands, an entry's product in
// product_code.
std::string ColumnOf(const std::string& pointer);
// A JSON object in each line, as v1::PriceRow has it.
domain::PriceRows ReadJsonRows(std::string_view text, int64_t first_line);
// Of list_priced_products: what decides whether a price fits.
domain::Product ReadPricedShape(const postgres::Row& row);
std::string BandsJson(const std::vector<money::PriceBand>& bands);

}  // namespace continuo::catalogue::app
