#include "libs/postgres/failpoint.h"

#include <cstdlib>
#include <stdexcept>

#include "libs/testing/catch/catch.h"

namespace continuo::postgres {
namespace {

void Arm(const char* text) {
  ::setenv("CONTINUO_FAILPOINTS", text, 1);
  ArmFailpointsFromEnvironment();
}

TEST_CASE("a failpoint acts while it is armed, whenever it is reached") {
  int reached = 0;
  {
    const ArmedFailpoint armed("relay.after_commit", [&] { ++reached; });
    Failpoint("relay.after_commit");
    Failpoint("relay.after_produce");
    Failpoint("relay.after_commit");
  }
  Failpoint("relay.after_commit");
  CHECK(reached == 2);
}

TEST_CASE("what the environment says of failpoints is understood, or refused") {
  CHECK_NOTHROW(Arm(""));
  CHECK_NOTHROW(Arm("job.after_slice=stop@1000000,command.before_commit=kill@1000000"));
  for (const char* wrong :
       {"job.after_slice", "job.after_slice=", "job.after_slice=pause", "job.after_slize=kill",
        "job.after_slice=kill@0", "job.after_slice=kill@", "job.after_slice=kill@2x", "=kill"}) {
    INFO(wrong);
    CHECK_THROWS_AS(Arm(wrong), std::invalid_argument);
  }
}

}  // namespace
}  // namespace continuo::postgres
