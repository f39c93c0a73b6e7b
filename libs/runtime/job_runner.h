// Runs a service's jobs, one replica at a time, whenever the business clock says that they are due.
// It looks every second, and at once when a use case that made work due raises "jobs/<service>"
// (libs/events/signals.h) after its commit.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "libs/calendar/zone.h"
#include "libs/result/result.h"
#include "libs/runtime/jobs.h"

namespace continuo::postgres {
class Database;
class Transaction;
}  // namespace continuo::postgres

namespace continuo::runtime {

class JobRunner {
 public:
  // `holder` names this process in the lease "jobs". Both references outlive the runner.
  JobRunner(std::string service, std::string holder, postgres::Database& database,
            const Jobs& jobs);
  ~JobRunner();  // stops

  void Start();
  // Lets the slice in progress end, gives the lease back.
  void Stop();
  // Look now: the clock was set, or something that makes work due has been committed.
  void Kick();
  // Whether this replica is in the middle of a slice.
  bool running() const;
  // The earliest of all jobs.
  Result<std::optional<calendar::Instant>> NextDueAt(postgres::Transaction& tx) const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace continuo::runtime
