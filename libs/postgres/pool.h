// Connections of one role, made when needed and kept for the next. For this library's .cpp files
// only.
//
//   Borrowed connection = pool.Borrow(deadline);   // goes back by itself, unless it is broken
//
// The most recently used one is lent first, so that a quiet service's others stay idle. It does not
// probe: a broken connection shows at its first use, and then the idle ones, which most likely died
// with it, are closed too (Suspect).
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "libs/postgres/connection.h"

namespace continuo::postgres {

class Pool;

class Borrowed {
 public:
  Borrowed(Pool& pool, std::unique_ptr<Connection> connection)
      : pool_(&pool), connection_(std::move(connection)) {}
  ~Borrowed();
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;
  Connection* operator->() const { return connection_.get(); }
  Connection& operator*() const { return *connection_; }
  // Closes it instead of giving it back.
  void Discard() { connection_.reset(); }
  // Puts a new one in its place.
  void Renew(std::chrono::steady_clock::time_point deadline);

 private:
  Pool* pool_;
  std::unique_ptr<Connection> connection_;
};

class Pool {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  using Setup = std::function<void(Connection&)>;

  // `setup` prepares each new connection.
  Pool(std::string conninfo, int size, std::chrono::milliseconds connect_timeout, Setup setup);

  // Waits for a free place, and while the server cannot be reached; ConnectionLost when there is no
  // connection by the deadline or within the connect timeout.
  Borrowed Borrow(TimePoint deadline);
  // Closes the idle connections.
  void Suspect();

 private:
  friend class Borrowed;
  void GiveBack(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> TakePlace(TimePoint deadline);
  std::unique_ptr<Connection> Connect(TimePoint deadline);

  const std::string conninfo_;
  const int size_;
  const std::chrono::milliseconds connect_timeout_;
  const Setup setup_;
  std::mutex mutex_;
  std::condition_variable place_free_;
  std::vector<std::unique_ptr<Connection>> idle_;
  int lent_ = 0;
};

}  // namespace continuo::postgres
