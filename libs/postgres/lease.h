// A lease: one holder at a time, judged by the database's clock, so that a holder that was stopped
// and wakes up can do no harm.
//
//   LeaseKeeper relay(database, "relay", "billing-7f9c/1234");
//   if (const std::optional<Lease> lease = relay.Hold()) {
//     database.Work(call, [&](Transaction& tx) -> Result<void> {
//       RETURN_IF_FAULT(tx.RequireLease(*lease));   // and nobody can take it before this commits
//       ...
//     });
//   }
//
// Every change of holder raises the epoch. A protected transaction that has checked its epoch holds
// the row until it ends, so a successor waits for it, no longer than
// idle_in_transaction_session_timeout (10 s). Renewal does not wait for protected transactions.
// Leases follow the wall clock, never the sandbox's.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "libs/result/result.h"

namespace continuo::postgres {

class Database;
class Transaction;

inline constexpr std::chrono::seconds kLeaseTerm{15};

struct Lease {
  std::string name;    // "relay", "bill_run/3"
  std::string holder;  // who: host and process
  int64_t epoch = 0;   // raised by every change of holder
};

// The lease is free, expired, or the holder's already (then it is renewed, at the same epoch);
// otherwise nothing. Waits for no one else's transaction longer than lock_timeout.
Result<std::optional<Lease>> AcquireLease(Transaction& tx, const std::string& name,
                                          const std::string& holder,
                                          std::chrono::milliseconds term = kLeaseTerm);
// False: it has been lost to another holder or has expired.
Result<bool> RenewLease(Transaction& tx, const Lease& lease,
                        std::chrono::milliseconds term = kLeaseTerm);
// Others need not wait for its end. Nothing happens when it was lost before.
Result<void> ReleaseLease(Transaction& tx, const Lease& lease);

// Keeps a lease from one round of a job's loop to the next. Not for use by two threads at once.
class LeaseKeeper {
 public:
  LeaseKeeper(Database& database, std::string name, std::string holder,
              std::chrono::milliseconds term = kLeaseTerm);
  ~LeaseKeeper();  // releases
  LeaseKeeper(const LeaseKeeper&) = delete;
  LeaseKeeper& operator=(const LeaseKeeper&) = delete;

  // The lease, acquired or renewed when a third of its term has gone by; nothing while another
  // holds it or the database cannot be reached.
  std::optional<Lease> Hold();
  void Release();

 private:
  Database& database_;
  std::string name_;
  std::string holder_;
  std::chrono::milliseconds term_;
  std::optional<Lease> lease_;
  std::chrono::steady_clock::time_point renew_at_;
};

}  // namespace continuo::postgres
