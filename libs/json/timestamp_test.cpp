#include "libs/json/timestamp.h"

#include <google/protobuf/timestamp.pb.h>

#include "libs/testing/catch/catch.h"

namespace continuo::json {
namespace {

TEST_CASE("an instant is a timestamp and back, before 1970 too") {
  struct Row {
    int64_t micros, seconds;
    int nanos;
  };
  const Row row = GENERATE(values<Row>({{0, 0, 0},
                                        {1'500'000, 1, 500'000'000},
                                        {-1, -1, 999'999'000},
                                        {-2'000'000, -2, 0}}));
  const calendar::Instant instant{std::chrono::microseconds(row.micros)};
  const auto timestamp = ToTimestamp(instant);
  CHECK(timestamp.seconds() == row.seconds);
  CHECK(timestamp.nanos() == row.nanos);
  CHECK(ToInstant(timestamp) == instant);
}

}  // namespace
}  // namespace continuo::json
