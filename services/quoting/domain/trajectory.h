// Where a negotiation goes: each point against the one before it.
//
//   seats 100 at 20, then 50 at 18: quantity down, price down, term total down
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/ids/kinds.h"
#include "libs/money/decimal.h"

namespace continuo::quoting::domain {

enum class Direction { kSame, kUp, kDown };

struct ProductPoint {
  ids::ProductId product_id;
  std::string product_code;
  money::Decimal quantity;
  // Net of one unit over all lines of the product; none at quantity zero.
  std::optional<money::Decimal> unit_price;
  // The first day of its lines that start first; none: the day of acceptance.
  std::optional<calendar::Date> start_on;
  Direction quantity_direction = Direction::kSame;
  Direction price_direction = Direction::kSame;
  Direction start_direction = Direction::kSame;
};

struct Point {
  money::Decimal term_total;
  std::vector<ProductPoint> products;
  Direction direction = Direction::kSame;
};

Direction DirectionOf(const money::Decimal& before, const money::Decimal& after);
// Fills in every direction. A product that was not there before went up from nothing; one that was
// taken away appears once more, with quantity zero, down. A price is compared only with a price,
// a day only with a day: later is up.
void SetDirections(std::vector<Point>* points);

}  // namespace continuo::quoting::domain
