#include "libs/postgres/lease.h"

#include "libs/postgres/database.h"
#include "libs/postgres/errors.h"
#include "libs/postgres/sql.h"

namespace continuo::postgres {
namespace {

rpc::Call CallOf(const Database& database) {
  rpc::Call call = rpc::Call::AsService(database.service(), "");
  call.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  return call;
}

// A keeper belongs to a loop that outlives whatever the database does: a statement that is refused
// (a full disk) is a lease that is not had.
template <class Fn>
auto WithoutThrowing(Fn run) -> decltype(run()) {
  try {
    return run();
  } catch (const StatementFailed& refused) {
    return Internal(refused.what());
  }
}

}  // namespace

Result<std::optional<Lease>> AcquireLease(Transaction& tx, const std::string& name,
                                          const std::string& holder,
                                          std::chrono::milliseconds term) {
  const Rows rows = tx.Run(sql::acquire_lease, name, holder, int64_t{term.count()});
  if (rows.empty()) return std::nullopt;
  return Lease{.name = name, .holder = holder, .epoch = rows.front().Int("epoch")};
}

Result<bool> RenewLease(Transaction& tx, const Lease& lease, std::chrono::milliseconds term) {
  return tx.Run(sql::renew_lease, lease.name, lease.holder, lease.epoch, int64_t{term.count()})
             .affected() == 1;
}

Result<void> ReleaseLease(Transaction& tx, const Lease& lease) {
  tx.Run(sql::release_lease, lease.name, lease.holder, lease.epoch);
  return {};
}

LeaseKeeper::LeaseKeeper(Database& database, std::string name, std::string holder,
                         std::chrono::milliseconds term)
    : database_(database), name_(std::move(name)), holder_(std::move(holder)), term_(term) {}

LeaseKeeper::~LeaseKeeper() { Release(); }

std::optional<Lease> LeaseKeeper::Hold() {
  const auto asked_at = std::chrono::steady_clock::now();
  if (lease_ && asked_at < renew_at_) return lease_;
  const Result<std::optional<Lease>> answer = WithoutThrowing([&] {
    return database_.Work(CallOf(database_), [&](Transaction& tx) -> Result<std::optional<Lease>> {
      if (lease_) {
        ASSIGN_OR_RETURN(const bool renewed, RenewLease(tx, *lease_, term_));
        if (renewed) return lease_;
      }
      return AcquireLease(tx, name_, holder_, term_);
    });
  });
  lease_ = answer ? *answer : std::nullopt;
  renew_at_ = asked_at + term_ / 3;
  return lease_;
}

void LeaseKeeper::Release() {
  if (!lease_) return;
  // Failing to release is harmless: it expires.
  (void)WithoutThrowing([&] {
    return database_.Work(CallOf(database_),
                          [&](Transaction& tx) { return ReleaseLease(tx, *lease_); });
  });
  lease_.reset();
}

}  // namespace continuo::postgres
