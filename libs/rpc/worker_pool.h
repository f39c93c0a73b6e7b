// A bounded pool of threads for work that blocks (database, other services), with a bounded queue.
// What does not fit is refused at once, so that overload shows as UNAVAILABLE instead of as memory.
//
// Callers take turns: of what waits, each has one task run before any has its next. So one at full
// blast makes another wait for the task that is running, not for all that it has posted; nor can it
// fill more than half of the queue.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace continuo::rpc {

class WorkerPool {
 public:
  using Task = std::function<void()>;

  WorkerPool(int threads, size_t queue_limit);
  ~WorkerPool();  // runs what is queued, then joins

  // False when the queue, or the caller's half of it, is full, or the pool is stopping.
  bool Post(const std::string& caller, Task task);
  size_t queued() const;

 private:
  void Run();
  Task TakeNext();

  const size_t queue_limit_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::unordered_map<std::string, std::deque<Task>> waiting_;  // none is empty
  std::deque<std::string> turns_;                              // of those callers, the next first
  size_t queued_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace continuo::rpc
