#include "services/webhooks/app/feed_waiters.h"

#include <algorithm>
#include <memory>

#include "services/webhooks/app/app.h"

namespace continuo::webhooks::app {
namespace {

// How late the end of a wait is noticed at most; a signal that got lost costs no more than that.
constexpr std::chrono::milliseconds kLook{250};

}  // namespace

FeedWaiters::FeedWaiters(std::size_t seats)
    : seats_(seats), grown_({kPlacedSignal}), thread_([this] { Run(); }) {}

FeedWaiters::~FeedWaiters() {
  Close();
  thread_.join();
}

std::int64_t FeedWaiters::seen() const {
  const std::lock_guard lock(mutex_);
  return seen_;
}

std::size_t FeedWaiters::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

std::function<void(FeedWaiters::Resume)> FeedWaiters::Seat(std::int64_t seen, Time until) {
  const std::lock_guard lock(mutex_);
  if (closing_ || taken_ >= seats_) return nullptr;
  ++taken_;
  return [this, seen, until](Resume resume) { Park(seen, until, std::move(resume)); };
}

void FeedWaiters::Park(std::int64_t seen, Time until, Resume resume) {
  {
    const std::lock_guard lock(mutex_);
    if (!closing_ && seen == seen_) {
      waiting_.push_back({until, std::move(resume)});
      return;
    }
    --taken_;
  }
  resume();
}

std::vector<FeedWaiters::Waiting> FeedWaiters::TakeDue(bool grown) {
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  if (grown) ++seen_;
  const bool all = grown || closing_;
  const auto due = std::partition(waiting_.begin(), waiting_.end(), [&](const Waiting& waiting) {
    return !all && waiting.until > now;
  });
  std::vector<Waiting> taken(std::make_move_iterator(due), std::make_move_iterator(waiting_.end()));
  waiting_.erase(due, waiting_.end());
  taken_ -= taken.size();
  return taken;
}

void FeedWaiters::Run() {
  bool closing = false;
  while (!closing) {
    const bool grown = !grown_.Wait(std::chrono::steady_clock::now() + kLook).empty();
    for (const Waiting& waiting : TakeDue(grown)) waiting.resume();
    const std::lock_guard lock(mutex_);
    closing = closing_ && waiting_.empty();
  }
}

void FeedWaiters::Close() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  events::Raise(kPlacedSignal);
}

}  // namespace continuo::webhooks::app
