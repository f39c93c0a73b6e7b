// Places where a fault test may end or stop the process: before and after commit, produce, effect.
//
//   Failpoint("relay.after_commit");
//
//   CONTINUO_FAILPOINTS=relay.after_commit=kill          kill -9 of itself when it is reached
//   CONTINUO_FAILPOINTS=relay.after_commit=kill@3        ... for the third time
//   CONTINUO_FAILPOINTS=a=kill,b=stop@2                  several; stop is SIGSTOP
//
// Compiled in always, so that what is tested is what is shipped; one atomic load when none is armed.
// `continuo serve` arms them in sandbox mode; in live mode the variable stops the start.
//
// The names: command.before_commit, command.after_commit (the answer is not sent yet),
// relay.before_commit, relay.after_commit (stamped, not produced), relay.after_produce,
// consumer.after_effect (before the position moves), consumer.before_commit, consumer.after_commit,
// job.after_slice.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <string_view>

namespace continuo::postgres {

namespace internal {
extern std::atomic<bool> failpoints_armed;
void ReachFailpoint(std::string_view name);
}  // namespace internal

inline void Failpoint(std::string_view name) {
  if (internal::failpoints_armed.load(std::memory_order_relaxed)) internal::ReachFailpoint(name);
}

// The whole process, from CONTINUO_FAILPOINTS. Throws std::invalid_argument with a sentence when a
// part of it is not understood: a test that arms nothing would pass for nothing.
void ArmFailpointsFromEnvironment();

// Within a test program: runs `action` whenever the point is reached, as long as it lives.
class ArmedFailpoint {
 public:
  ArmedFailpoint(std::string name, std::function<void()> action);
  ~ArmedFailpoint();
  ArmedFailpoint(const ArmedFailpoint&) = delete;
  ArmedFailpoint& operator=(const ArmedFailpoint&) = delete;

 private:
  std::string name_;
};

}  // namespace continuo::postgres
