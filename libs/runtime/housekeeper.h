// Throws away what has served its time: answers kept for repeats, delivered events on the bus. By the
// wall clock, since test clocks do not age rows; outside the business jobs, so that nothing waits for it.
//
//   Housekeeper housekeeper(std::chrono::minutes(10));
//   housekeeper.Add("billing", [&] { return ForgetSlice(database); });   // how many are gone
//   housekeeper.Start();
//
// Each task runs in bounded slices until a slice finds nothing. Every replica does it: what one has
// locked the others skip.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "libs/result/result.h"

namespace continuo::runtime {

class Housekeeper {
 public:
  using Slice = std::function<Result<size_t>()>;

  explicit Housekeeper(std::chrono::milliseconds interval) : interval_(interval) {}
  ~Housekeeper() { Stop(); }

  // Before Start.
  void Add(std::string what, Slice slice) { tasks_.push_back({std::move(what), std::move(slice)}); }
  void Start(std::chrono::milliseconds first_after = std::chrono::milliseconds(0));
  void Stop();
  // One round of everything, now. How many rows went.
  size_t Round();

 private:
  struct Task {
    std::string what;
    Slice slice;
  };

  bool Stopping();
  size_t Finish(const Task& task);

  const std::chrono::milliseconds interval_;
  std::vector<Task> tasks_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace continuo::runtime
