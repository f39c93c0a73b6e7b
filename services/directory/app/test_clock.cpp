#include "services/directory/app/test_clock.h"

#include "continuo/directory/v1/test_clock.pb.h"
#include "libs/events/signals.h"
#include "libs/postgres/database.h"
#include "services/directory/app/app.h"
#include "services/directory/app/clock_signal.h"
#include "services/directory/app/resource.h"
#include "services/directory/store/sql.h"

namespace continuo::directory::app {
namespace {

using calendar::Instant;
using postgres::Transaction;

v1::TestClock ReadClock(Transaction& tx) {
  v1::TestClock clock;
  const postgres::Rows rows = tx.Run(sql::find_test_clock);
  if (!rows.empty()) {
    postgres::Fill(rows.front(), &clock);
    return clock;
  }
  clock.set_status(v1::TEST_CLOCK_STATUS_READY);
  *clock.mutable_at() = ToTimestamp(tx.now());
  *clock.mutable_target() = clock.at();
  return clock;
}

Failure Backwards(Instant at) {
  return FailedPrecondition("TEST_CLOCK_BACKWARDS",
                            "The clock stands at " + calendar::FormatInstant(at) +
                                " and cannot go back. Name that instant or a later one.",
                            {{"at", calendar::FormatInstant(at)}});
}

// Where a clock that has never been set starts from: the wall clock's time, or, while there is
// nothing yet that has happened, an earlier one.
Result<Instant> StartOf(Transaction& tx, Instant target) {
  if (target >= tx.now()) return tx.now();
  if (tx.Run(sql::has_account).front().Bool("any")) return Backwards(tx.now());
  return target;
}

Result<v1::TestClock> Advance(Transaction& tx, Instant target) {
  tx.Run(sql::lock_test_clock);
  const postgres::Rows rows = tx.Run(sql::find_test_clock);
  Instant at;
  if (rows.empty()) {
    ASSIGN_OR_RETURN(at, StartOf(tx, target));
  } else {
    at = rows.front().Instant("at");
    if (rows.front().Text("status") == "advancing") {
      return FailedPrecondition("TEST_CLOCK_ADVANCING",
                                "The clock is on its way already. Wait until GET /v1/test_clock "
                                "says ready.");
    }
    if (target < at) return Backwards(at);
  }
  tx.Run(sql::start_test_clock, at, target, tx.call().request_id);
  tx.OnCommit([] { events::Raise(kClockSignal); });
  return ReadClock(tx);
}

}  // namespace

Result<v1::TestClock> GetTestClock(const App& app, const rpc::Call& call,
                                   const v1::GetTestClockRequest&) {
  return app.database.Read(call, [](Transaction& tx) -> Result<v1::TestClock> {
    return ReadClock(tx);
  });
}

Result<v1::TestClock> AdvanceTestClock(const App& app, const rpc::Call& call,
                                       const v1::AdvanceTestClockRequest& request) {
  const Instant target = ToInstant(request.to());
  return app.database.Command<v1::TestClock>(
      call, [&](Transaction& tx) { return Advance(tx, target); });
}

}  // namespace continuo::directory::app
