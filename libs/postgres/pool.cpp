#include "libs/postgres/pool.h"

#include <thread>

#include "libs/postgres/errors.h"

namespace continuo::postgres {

Borrowed::~Borrowed() { pool_->GiveBack(std::move(connection_)); }

void Borrowed::Renew(std::chrono::steady_clock::time_point deadline) {
  connection_.reset();
  connection_ = pool_->Connect(deadline);
}

Pool::Pool(std::string conninfo, int size, std::chrono::milliseconds connect_timeout, Setup setup)
    : conninfo_(std::move(conninfo)),
      size_(size),
      connect_timeout_(connect_timeout),
      setup_(std::move(setup)) {}

Borrowed Pool::Borrow(TimePoint deadline) {
  std::unique_ptr<Connection> idle = TakePlace(deadline);
  if (idle != nullptr) return Borrowed(*this, std::move(idle));
  try {
    return Borrowed(*this, Connect(deadline));
  } catch (...) {
    GiveBack(nullptr);
    throw;
  }
}

// One of the `size_` places; with an idle connection in it if there is one.
std::unique_ptr<Connection> Pool::TakePlace(TimePoint deadline) {
  std::unique_lock lock(mutex_);
  if (!place_free_.wait_until(lock, deadline, [&] { return lent_ < size_; })) {
    throw ConnectionLost("all " + std::to_string(size_) +
                         " connections were busy until the deadline");
  }
  ++lent_;
  if (idle_.empty()) return nullptr;
  std::unique_ptr<Connection> connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

// A server that restarts is back within a second or two: callers wait for it rather than fail.
std::unique_ptr<Connection> Pool::Connect(TimePoint deadline) {
  const TimePoint give_up = std::min(deadline, std::chrono::steady_clock::now() + connect_timeout_);
  std::chrono::milliseconds pause{10};
  for (;;) {
    try {
      auto connection = std::make_unique<Connection>(conninfo_);
      setup_(*connection);
      return connection;
    } catch (const ConnectionLost&) {
      if (std::chrono::steady_clock::now() + pause >= give_up) throw;
    }
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, std::chrono::milliseconds{200});
  }
}

void Pool::GiveBack(std::unique_ptr<Connection> connection) {
  if (connection != nullptr && connection->broken()) connection.reset();
  {
    const std::lock_guard lock(mutex_);
    --lent_;
    if (connection != nullptr) idle_.push_back(std::move(connection));
  }
  place_free_.notify_one();
}

void Pool::Suspect() {
  std::vector<std::unique_ptr<Connection>> closing;
  const std::lock_guard lock(mutex_);
  closing.swap(idle_);
}

}  // namespace continuo::postgres
