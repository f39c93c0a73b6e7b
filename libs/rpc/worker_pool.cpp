#include "libs/rpc/worker_pool.h"

#include <algorithm>

namespace continuo::rpc {

WorkerPool::WorkerPool(int threads, size_t queue_limit) : queue_limit_(queue_limit) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Run(); });
}

WorkerPool::~WorkerPool() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ready_.notify_all();
  for (auto& thread : threads_) thread.join();
}

bool WorkerPool::Post(const std::string& caller, Task task) {
  {
    std::lock_guard lock(mutex_);
    if (stopping_ || queued_ >= queue_limit_) return false;
    const auto lane = waiting_.find(caller);
    if (lane == waiting_.end()) {
      waiting_[caller].push_back(std::move(task));
      turns_.push_back(caller);
    } else {
      if (lane->second.size() >= std::max<size_t>(queue_limit_ / 2, 1)) return false;
      lane->second.push_back(std::move(task));
    }
    ++queued_;
  }
  ready_.notify_one();
  return true;
}

size_t WorkerPool::queued() const {
  std::lock_guard lock(mutex_);
  return queued_;
}

WorkerPool::Task WorkerPool::TakeNext() {
  const auto lane = waiting_.find(turns_.front());
  Task task = std::move(lane->second.front());
  lane->second.pop_front();
  --queued_;
  if (lane->second.empty()) {
    waiting_.erase(lane);
  } else {
    turns_.push_back(std::move(turns_.front()));
  }
  turns_.pop_front();
  return task;
}

void WorkerPool::Run() {
  for (;;) {
    Task task;
    {
      std::unique_lock lock(mutex_);
      ready_.wait(lock, [this] { return stopping_ || queued_ > 0; });
      if (queued_ == 0) return;
      task = TakeNext();
    }
    task();
  }
}

}  // namespace continuo::rpc
