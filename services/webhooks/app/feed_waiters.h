// Readers of the feed for whom nothing is there yet, parked without a thread each.
//
//   const auto seen = waiters.seen();
//   ... nothing was found ...
//   call.notes->park = waiters.Seat(seen, until);   // the call is run again when the feed has grown
//
// Bounded: one for whom there is no seat is answered at once, with nothing. One thread wakes them:
// all together, since who may see what is only known by looking.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "libs/events/signals.h"

namespace continuo::webhooks::app {

class FeedWaiters {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Resume = std::function<void()>;

  explicit FeedWaiters(std::size_t seats = 500);
  ~FeedWaiters();
  FeedWaiters(const FeedWaiters&) = delete;
  FeedWaiters& operator=(const FeedWaiters&) = delete;

  // Read before the feed is: growth since then ends a wait before it begins.
  std::int64_t seen() const;
  // What rpc::CallNotes::park takes; null: every seat is taken, or it is closing.
  std::function<void(Resume)> Seat(std::int64_t seen, Time until);
  std::size_t waiting() const;
  // Sends all home, and takes no more.
  void Close();

 private:
  struct Waiting {
    Time until;
    Resume resume;
  };

  void Run();
  void Park(std::int64_t seen, Time until, Resume resume);
  std::vector<Waiting> TakeDue(bool grown);

  const std::size_t seats_;
  events::Waiter grown_;  // hears from the beginning on, before the thread runs
  mutable std::mutex mutex_;
  std::vector<Waiting> waiting_;
  std::size_t taken_ = 0;  // seats, those included that are about to be sat on
  std::int64_t seen_ = 0;
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace continuo::webhooks::app
