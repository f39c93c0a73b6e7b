#include "libs/runtime/job_runner.h"

#include <algorithm>
#include <map>
#include <thread>

#include "libs/events/signals.h"
#include "libs/ids/type_id.h"
#include "libs/ids/uuid.h"
#include "libs/postgres/database.h"
#include "libs/postgres/failpoint.h"
#include "libs/postgres/lease.h"
#include "libs/runtime/log.h"

namespace continuo::runtime {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPoll{1000};
constexpr std::chrono::milliseconds kRetryMin{200};
constexpr std::chrono::milliseconds kRetryMax{30'000};

std::optional<calendar::Instant> Earlier(std::optional<calendar::Instant> a,
                                         std::optional<calendar::Instant> b) {
  if (!a) return b;
  if (!b) return a;
  return std::min(*a, *b);
}

}  // namespace

struct JobRunner::Implementation {
  // A job that failed rests until `retry_at`, longer each time.
  struct Trouble {
    Clock::time_point retry_at;
    std::chrono::milliseconds pause{0};
  };

  std::string service, holder;
  postgres::Database& database;
  const Jobs& jobs;
  std::atomic<bool> stopping{false};
  std::atomic<bool> running{false};
  events::Waiter waiter{std::vector<std::string>{"jobs/" + service}};
  std::map<std::string, Trouble> troubles;
  std::thread thread;

  rpc::Call NewCall() const {
    auto call = rpc::Call::AsService(service, ids::FormatTypeId("req", ids::NewUuid()));
    call.deadline = Clock::now() + std::chrono::minutes(5);
    return call;
  }

  void Loop() {
    postgres::LeaseKeeper lease(database, "jobs", holder);
    while (!stopping) {
      waiter.Wait(Clock::now() + kPoll);
      // Round after round while something was done: one job's work may make another's due.
      while (!stopping && lease.Hold() && RunDueJobs()) {
      }
    }
  }

  bool RunDueJobs() {
    bool worked = false;
    for (const Job& job : jobs.all()) {
      if (stopping) return false;
      if (Resting(job.name)) continue;
      const Result<bool> due = Guarded([&] { return IsDue(job); });
      if (due && !*due) continue;
      running = due.has_value();
      const Result<bool> more = due ? Guarded([&] { return RunSlice(job); }) : due;
      running = false;
      if (!more) {
        Rest(job.name, more.error());
        continue;
      }
      troubles.erase(job.name);
      worked = true;
    }
    return worked;
  }

  bool Resting(const std::string& name) const {
    const auto trouble = troubles.find(name);
    return trouble != troubles.end() && Clock::now() < trouble->second.retry_at;
  }

  Result<bool> IsDue(const Job& job) {
    return database.Work(NewCall(), [&](postgres::Transaction& tx) -> Result<bool> {
      ASSIGN_OR_RETURN(const auto at, job.next_due_at(tx));
      return at && *at <= tx.now();
    });
  }

  Result<bool> RunSlice(const Job& job) {
    auto call = NewCall();
    call.work = {.name = "job." + job.name, .keeps_own_record = job.keeps_own_record};
    const Result<bool> more = job.run_slice(call);
    postgres::Failpoint("job.after_slice");
    return more;
  }

  // The runner's thread outlives whatever a job or the database does.
  template <class Fn>
  static Result<bool> Guarded(Fn run) {
    try {
      return run();
    } catch (const std::exception& error) {
      return Internal(error.what());
    }
  }

  void Rest(const std::string& name, const Fault& fault) {
    auto& trouble = troubles[name];
    trouble.pause = std::clamp(trouble.pause * 2, kRetryMin, kRetryMax);
    trouble.retry_at = Clock::now() + trouble.pause;
    log::Warn("a job failed and will be tried again",
              {{"service", service},
               {"job", name},
               {"code", fault.reason},
               {"detail", fault.message},
               {"retry_in_ms", std::to_string(trouble.pause.count())}});
  }
};

JobRunner::JobRunner(std::string service, std::string holder, postgres::Database& database,
                     const Jobs& jobs)
    : implementation_(new Implementation{.service = std::move(service),
                                         .holder = std::move(holder),
                                         .database = database,
                                         .jobs = jobs}) {}

JobRunner::~JobRunner() { Stop(); }

void JobRunner::Start() {
  if (implementation_->jobs.all().empty()) return;
  implementation_->thread = std::thread([this] { implementation_->Loop(); });
}

void JobRunner::Stop() {
  implementation_->stopping = true;
  implementation_->waiter.Raise("stop");
  if (implementation_->thread.joinable()) implementation_->thread.join();
}

void JobRunner::Kick() { implementation_->waiter.Raise("kick"); }

bool JobRunner::running() const { return implementation_->running; }

Result<std::optional<calendar::Instant>> JobRunner::NextDueAt(postgres::Transaction& tx) const {
  std::optional<calendar::Instant> earliest;
  for (const Job& job : implementation_->jobs.all()) {
    ASSIGN_OR_RETURN(const auto due, job.next_due_at(tx));
    earliest = Earlier(earliest, due);
  }
  return earliest;
}

}  // namespace continuo::runtime
