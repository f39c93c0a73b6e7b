// Wake-ups inside a process, and between the processes that share a database.
//
//   Waiter waiter({"relay/billing"});
//   Raise("relay/billing");               // any thread; costs a lock and a set insertion
//   waiter.Wait(until);                   // {"relay/billing"}
//
// A signal says "look again", nothing more: several raised before the waiter looks are one, and one
// that gets lost is made good by the waiter's own slow poll. Names: relay/<service>, bus/<topic>,
// consumer/<service>.
//
// Between processes they travel by NOTIFY in transactions of their own: inside the transaction that
// writes, NOTIFY takes a lock of the whole cluster at commit and would make all writers queue.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace continuo::events {

void Raise(const std::string& name);

class Waiter {
 public:
  explicit Waiter(const std::vector<std::string>& names);
  ~Waiter();
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  // The names raised since the last Wait; empty when none was until then.
  std::set<std::string> Wait(std::chrono::steady_clock::time_point until);
  // This waiter alone.
  void Raise(const std::string& name);

 private:
  std::vector<std::string> names_;
  std::mutex mutex_;
  std::condition_variable raised_;
  std::set<std::string> pending_;
};

// Turns the NOTIFYs of other processes on one database into Raise here, on a thread of its own.
// After a lost connection everything is raised once, since something may have been missed.
class Listener {
 public:
  // `connection` is a complete libpq connection string: any role that may connect will do.
  explicit Listener(std::string connection);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

// What a NOTIFY carries: the signal's name and this process' mark, by which its own listener
// knows to ignore it.
std::string NotifyPayload(const std::string& name);

}  // namespace continuo::events
