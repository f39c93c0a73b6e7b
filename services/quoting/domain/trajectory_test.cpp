#include "services/quoting/domain/trajectory.h"

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

using enum Direction;

const ids::ProductId kSeats = ids::ProductId::New();
const ids::ProductId kSupport = ids::ProductId::New();

TEST_CASE("Each point is compared with the one before") {
  std::vector<Point> points{
      {2000, {{kSeats, "SEAT", 100, 20}}},
      {2150, {{kSeats, "SEAT", 100, 20}, {kSupport, "SUP", 1, 150}}},
      {900, {{kSeats, "SEAT", 50, 18}}},
      {900, {{kSeats, "SEAT", 50, 18}}},
  };
  SetDirections(&points);
  CHECK(points[0].direction == kSame);
  CHECK(points[1].direction == kUp);
  CHECK(points[2].direction == kDown);
  CHECK(points[3].direction == kSame);

  CHECK(points[1].products[0].quantity_direction == kSame);
  CHECK(points[1].products[1].quantity_direction == kUp);
  CHECK(points[1].products[1].price_direction == kSame);
  CHECK(points[2].products[0].quantity_direction == kDown);
  CHECK(points[2].products[0].price_direction == kDown);
  REQUIRE(points[2].products.size() == 2);
  CHECK(points[2].products[1].product_code == "SUP");
  CHECK(points[2].products[1].quantity.IsZero());
  CHECK(points[2].products[1].quantity_direction == kDown);
  CHECK(points[3].products.size() == 1);
}

TEST_CASE("A first day that moves back is up, one that nobody named has no direction") {
  const calendar::Date april(2026, 4, 1), may(2026, 5, 1);
  std::vector<Point> points{
      {2000, {{kSeats, "SEAT", 100, 20, april}}},
      {2000, {{kSeats, "SEAT", 100, 20, may}}},
      {2000, {{kSeats, "SEAT", 100, 20, april}}},
      {2000, {{kSeats, "SEAT", 100, 20}}},
      {2000, {{kSeats, "SEAT", 100, 20, may}}},
  };
  SetDirections(&points);
  CHECK(points[1].products[0].start_direction == kUp);
  CHECK(points[2].products[0].start_direction == kDown);
  CHECK(points[3].products[0].start_direction == kSame);
  CHECK(points[4].products[0].start_direction == kSame);
  CHECK(points[1].direction == kSame);
}

}  // namespace
}  // namespace continuo::quoting::domain
