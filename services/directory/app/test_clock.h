// The sandbox's clock: sent on its way by a call, moved by a loop of its own.
//
// The loop goes from one instant with work due to the next; at each, every service does what is due
// and every event is consumed before it moves on. What it has reached is in the database: after a
// restart it goes on from there.
#pragma once

#include <functional>

#include "libs/result/result.h"

namespace continuo::rpc {
struct Call;
}
namespace continuo::directory::v1 {
class AdvanceTestClockRequest;
class GetTestClockRequest;
class TestClock;
}  // namespace continuo::directory::v1

namespace continuo::directory::app {

struct App;

Result<v1::TestClock> GetTestClock(const App& app, const rpc::Call& call,
                                   const v1::GetTestClockRequest& request);
Result<v1::TestClock> AdvanceTestClock(const App& app, const rpc::Call& call,
                                       const v1::AdvanceTestClockRequest& request);

// Moves the clock until `stopping`. One replica of directory does it at a time.
void RunTestClock(const App& app, const std::function<bool()>& stopping);

}  // namespace continuo::directory::app
