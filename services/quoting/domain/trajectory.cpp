#include "services/quoting/domain/trajectory.h"

#include <algorithm>

namespace continuo::quoting::domain {
namespace {

using money::Decimal;

const ProductPoint* Find(const Point& point, const ids::ProductId& product_id) {
  const auto found = std::find_if(
      point.products.begin(), point.products.end(),
      [&](const ProductPoint& product) { return product.product_id == product_id; });
  return found == point.products.end() ? nullptr : &*found;
}

void Compare(const Point& before, Point* point) {
  point->direction = DirectionOf(before.term_total, point->term_total);
  for (ProductPoint& product : point->products) {
    const ProductPoint* earlier = Find(before, product.product_id);
    product.quantity_direction =
        DirectionOf(earlier ? earlier->quantity : Decimal(0), product.quantity);
    if (earlier && earlier->unit_price && product.unit_price) {
      product.price_direction = DirectionOf(*earlier->unit_price, *product.unit_price);
    }
    if (earlier && earlier->start_on && product.start_on) {
      product.start_direction = DirectionOf(earlier->start_on->DaysSinceEpoch(),
                                            product.start_on->DaysSinceEpoch());
    }
  }
  for (const ProductPoint& earlier : before.products) {
    if (earlier.quantity.IsZero() || Find(*point, earlier.product_id)) continue;
    point->products.push_back({.product_id = earlier.product_id,
                               .product_code = earlier.product_code,
                               .quantity_direction = Direction::kDown});
  }
}

}  // namespace

Direction DirectionOf(const Decimal& before, const Decimal& after) {
  if (before < after) return Direction::kUp;
  if (after < before) return Direction::kDown;
  return Direction::kSame;
}

void SetDirections(std::vector<Point>* points) {
  for (size_t i = 1; i < points->size(); ++i) Compare((*points)[i - 1], &(*points)[i]);
}

}  // namespace continuo::quoting::domain
