#include <unistd.h>

#include <thread>

#include "continuo/directory/v1/events.pb.h"
#include "continuo/runtime/v1/runtime_service.pb.h"
#include "libs/events/append.h"
#include "libs/events/signals.h"
#include "libs/postgres/database.h"
#include "libs/postgres/lease.h"
#include "libs/rpc/call.h"
#include "libs/rpc/peers.h"
#include "services/directory/app/app.h"
#include "services/directory/app/clock_signal.h"
#include "services/directory/app/peer_progress.h"
#include "services/directory/app/resource.h"
#include "services/directory/app/test_clock.h"
#include "services/directory/domain/progress.h"
#include "services/directory/store/sql.h"

namespace continuo::directory::app {
namespace {

using calendar::Instant;
using postgres::Transaction;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// How often to look when there is nothing to advance.
constexpr milliseconds kIdlePoll{1'000};
// Between two passes: short while things move, longer while they do not.
constexpr milliseconds kPauseMin{1};
constexpr milliseconds kPauseMax{50};
// What has not moved for so long is shown to whoever waits.
constexpr milliseconds kStallAfter{2'000};
// An event that waits for another fact may do so for good: it no longer holds up the clock.
constexpr milliseconds kWaitingPatience{5'000};

struct Journey {
  Instant at;
  Instant target;
  std::string request_id;
};

class ClockMover {
 public:
  ClockMover(const App& app, const std::function<bool()>& stopping)
      : app_(app), stopping_(stopping) {}

  // One journey to its end, as far as the lease is held and nobody stops it.
  void Travel(postgres::LeaseKeeper& keeper, Journey journey) {
    domain::Pass before;
    Quiet();
    while (!stopping_()) {
      const auto lease = keeper.Hold();
      if (!lease) return;
      const rpc::Call call = NewCall(journey);
      domain::Pass now = AskAll(app_, call);
      const bool moved = now != before;
      if (moved) Quiet();
      const bool ignore_waiting = Clock::now() - quiet_since_ > kWaitingPatience;
      const domain::Step step =
          domain::NextStep(before, now, {journey.at, journey.target, ignore_waiting});
      if (step.kind == domain::Step::kReady) {
        if (Finish(call, *lease, domain::ParkedIn(now), journey)) return;
      }
      if (step.kind == domain::Step::kMove && Move(call, *lease, step.to)) {
        journey.at = step.to;
        SetClocks(call, app_.peers.services(), journey.at);
        Quiet();
      }
      if (step.kind == domain::Step::kSetClock) SetClocks(call, step.services, step.to);
      if (step.kind == domain::Step::kWait) Rest(call, *lease, step, now);
      before = std::move(now);
    }
  }

 private:
  rpc::Call NewCall(const Journey& journey) const {
    rpc::Call call = rpc::Call::AsService("directory", journey.request_id);
    call.deadline = Clock::now() + std::chrono::seconds(10);
    return call;
  }

  void Quiet() {
    quiet_since_ = Clock::now();
    pause_ = kPauseMin;
    stalls_.clear();
  }

  void SetClocks(const rpc::Call& call, const std::vector<std::string>& services, Instant at) {
    runtime::v1::SetClockRequest request;
    *request.mutable_at() = ToTimestamp(at);
    for (const std::string& service : services) {
      // One that does not answer is seen by the next pass, and set again.
      (void)app_.peers.AskAt<runtime::v1::Progress>(
          service, call, "continuo.runtime.v1.RuntimeService/SetClock", request);
    }
  }

  template <class Fn>
  bool Work(const rpc::Call& call, const postgres::Lease& lease, Fn fn) {
    return app_.database
        .Work(call,
              [&](Transaction& tx) -> Result<void> {
                RETURN_IF_FAULT(tx.RequireLease(lease));
                fn(tx);
                return {};
              })
        .has_value();
  }

  bool Move(const rpc::Call& call, const postgres::Lease& lease, Instant to) {
    return Work(call, lease, [&](Transaction& tx) { tx.Run(sql::move_test_clock, to); });
  }

  bool Finish(const rpc::Call& call, const postgres::Lease& lease, int64_t parked,
              const Journey& journey) {
    return Work(call, lease, [&](Transaction& tx) {
      if (tx.Run(sql::finish_test_clock, parked).empty()) return;
      v1::TestClockAdvanced event;
      event.set_id("test_clock");
      *event.mutable_at() = ToTimestamp(journey.at);
      events::Append(tx, event);
    });
  }

  void Rest(const rpc::Call& call, const postgres::Lease& lease, const domain::Step& step,
            const domain::Pass& now) {
    const bool stalled = Clock::now() - quiet_since_ > kStallAfter;
    if (stalled && step.blockers != stalls_) {
      const bool stored = Work(call, lease, [&](Transaction& tx) {
        tx.Run(sql::stall_test_clock, step.blockers, domain::ParkedIn(now));
      });
      if (stored) stalls_ = step.blockers;
    }
    std::this_thread::sleep_for(pause_);
    pause_ = std::min(pause_ * 2, kPauseMax);
  }

  const App& app_;
  const std::function<bool()>& stopping_;
  Clock::time_point quiet_since_;
  milliseconds pause_{0};
  std::vector<std::string> stalls_;
};

std::optional<Journey> FindJourney(const App& app) {
  const rpc::Call call = rpc::Call::AsService("directory", "");
  const auto found =
      app.database.Work(call, [](Transaction& tx) -> Result<std::optional<Journey>> {
        const postgres::Rows rows = tx.Run(sql::find_test_clock);
        if (rows.empty() || rows.front().Text("status") != "advancing") return std::nullopt;
        const postgres::Row row = rows.front();
        return Journey{row.Instant("at"), row.Instant("target"),
                       std::string(row.Text("request_id"))};
      });
  return found ? *found : std::nullopt;
}

}  // namespace

void RunTestClock(const App& app, const std::function<bool()>& stopping) {
  postgres::LeaseKeeper keeper(app.database, "test_clock", "directory/" + std::to_string(getpid()));
  events::Waiter waiter({kClockSignal});
  while (!stopping()) {
    const auto journey = FindJourney(app);
    if (journey && keeper.Hold()) {
      ClockMover(app, stopping).Travel(keeper, *journey);
    } else {
      waiter.Wait(Clock::now() + kIdlePoll);
    }
  }
}

}  // namespace continuo::directory::app
