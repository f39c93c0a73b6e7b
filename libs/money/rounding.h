// How an exact amount becomes one of a currency's minor units. The way is a policy of the document,
// frozen on it; half up, away from zero, is the default everywhere.
//
//   -0.125 to two places: half up -0.13, half even -0.12, down -0.12, floor -0.13
#pragma once

namespace continuo::money {

enum class Rounding {
  kHalfUp,    // to the nearest, a half away from zero
  kHalfEven,  // to the nearest, a half to the even neighbour
  kHalfDown,  // to the nearest, a half towards zero
  kUp,        // away from zero
  kDown,      // towards zero
  kCeiling,   // towards plus infinity
  kFloor,     // towards minus infinity
};

}  // namespace continuo::money
