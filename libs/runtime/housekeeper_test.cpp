#include "libs/runtime/housekeeper.h"

#include <atomic>
#include <stdexcept>

#include "libs/testing/catch/catch.h"

namespace continuo::runtime {
namespace {

using namespace std::chrono_literals;

TEST_CASE("each task runs until a slice finds nothing; one that fails keeps nobody from working") {
  Housekeeper housekeeper(1h);
  int left = 3;
  int failures = 0;
  housekeeper.Add("throws", [&]() -> Result<size_t> {
    ++failures;
    throw std::runtime_error("no server");
  });
  housekeeper.Add("fails", [&]() -> Result<size_t> {
    ++failures;
    return Unavailable("UNAVAILABLE", "later");
  });
  housekeeper.Add("works", [&]() -> Result<size_t> { return left-- > 0 ? 10 : 0; });
  CHECK(housekeeper.Round() == 30);
  CHECK(failures == 2);
}

TEST_CASE("a round is bounded, and stopping does not wait for the interval") {
  Housekeeper housekeeper(1h);
  std::atomic<int> slices = 0;
  housekeeper.Add("endless", [&]() -> Result<size_t> {
    ++slices;
    return 1;
  });
  CHECK(housekeeper.Round() == 200);
  housekeeper.Start();
  housekeeper.Stop();  // hangs for an hour when it waits
  CHECK(slices >= 200);
}

}  // namespace
}  // namespace continuo::runtime
