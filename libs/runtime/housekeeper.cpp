#include "libs/runtime/housekeeper.h"

#include <exception>

#include "libs/runtime/log.h"

namespace continuo::runtime {
namespace {

// A bound on one round: what is left is the next round's.
constexpr int kSlicesMax = 200;

Result<size_t> Guarded(const Housekeeper::Slice& slice) {
  try {
    return slice();
  } catch (const std::exception& error) {
    return Internal(error.what());
  }
}

}  // namespace

void Housekeeper::Start(std::chrono::milliseconds first_after) {
  thread_ = std::thread([this, wait = first_after]() mutable {
    for (;;) {
      {
        std::unique_lock lock(mutex_);
        if (changed_.wait_for(lock, wait, [this] { return stopping_; })) return;
      }
      Round();
      wait = interval_;
    }
  });
}

void Housekeeper::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Housekeeper::Stopping() {
  std::lock_guard lock(mutex_);
  return stopping_;
}

size_t Housekeeper::Round() {
  size_t gone = 0;
  for (const Task& task : tasks_) gone += Finish(task);
  return gone;
}

size_t Housekeeper::Finish(const Task& task) {
  size_t gone = 0;
  for (int i = 0; i < kSlicesMax && !Stopping(); ++i) {
    const Result<size_t> slice = Guarded(task.slice);
    if (!slice) {
      log::Warn("housekeeping is put off to the next round",
                {{"task", task.what}, {"detail", slice.error().message}});
      break;
    }
    if (*slice == 0) break;
    gone += *slice;
  }
  if (gone > 0) {
    log::Info("housekeeping", {{"task", task.what}, {"rows", std::to_string(gone)}});
  }
  return gone;
}

}  // namespace continuo::runtime
