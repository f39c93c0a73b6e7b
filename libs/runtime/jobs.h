// Work that falls due by the business clock: releases, bill runs, month ends, expiries.
//
// A job tells when it is next due and does what is due in bounded slices. The runtime runs it under
// a lease, so one replica does it at a time, on the business clock: in real time by looking every
// second, in the sandbox exactly at the instants that the test clock visits. A job that fails is
// tried again with back-off; what it had committed stays.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "libs/calendar/zone.h"
#include "libs/result/result.h"
#include "libs/rpc/call.h"

namespace continuo::postgres {
class Transaction;
}

namespace continuo::runtime {

struct Job {
  std::string name;  // "release_due_lines"
  // The business instant at which there is next something to do (past ones count as now); none when
  // nothing is foreseen. Runs in a worker transaction; must be cheap (one indexed look-up).
  std::function<Result<std::optional<calendar::Instant>>(postgres::Transaction&)> next_due_at;
  // Does one bounded slice of what is due at the transaction's now(). True: more is due, call again.
  std::function<Result<bool>(const rpc::Call&)> run_slice;
  // See rpc::OwnWork: what it writes is itself a record.
  bool keeps_own_record = false;
};

class Jobs {
 public:
  void Add(Job job) { jobs_.push_back(std::move(job)); }
  const std::vector<Job>& all() const { return jobs_; }

 private:
  std::vector<Job> jobs_;
};

}  // namespace continuo::runtime
