// A bounded pool of threads for work that blocks (database, other services), with a bounded queue.
// What does not fit is refused at once, so that overload shows as UNAVAILABLE instead of as memory.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace continuo::rpc {

class WorkerPool {
 public:
  WorkerPool(int threads, size_t queue_limit);
  ~WorkerPool();  // runs what is queued, then joins

  // False when the queue is full or the pool is stopping.
  bool Post(std::function<void()> task);
  size_t queued() const;

 private:
  void Run();

  const size_t queue_limit_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace continuo::rpc
