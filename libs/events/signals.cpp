#include "libs/events/signals.h"

#include <libpq-fe.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <random>
#include <thread>
#include <utility>

namespace continuo::events {
namespace {

// Every waiter of the process, by the names it waits for. Deliberately one registry: whoever
// appends an event knows the service's name and nothing about who waits.
struct Registry {
  std::mutex mutex;
  std::multimap<std::string, Waiter*> waiters;
};

Registry& TheRegistry() {
  static Registry& registry = *new Registry;  // outlives every static that raises at exit
  return registry;
}

void RaiseAll() {
  Registry& registry = TheRegistry();
  const std::lock_guard lock(registry.mutex);
  for (const auto& [name, waiter] : registry.waiters) waiter->Raise(name);
}

const std::string& ProcessMark() {
  static const std::string mark =
      std::to_string(::getpid()) + "." + std::to_string(std::random_device{}());
  return mark;
}

}  // namespace

void Raise(const std::string& name) {
  Registry& registry = TheRegistry();
  const std::lock_guard lock(registry.mutex);
  const auto [first, last] = registry.waiters.equal_range(name);
  for (auto waiter = first; waiter != last; ++waiter) waiter->second->Raise(name);
}

std::string NotifyPayload(const std::string& name) { return ProcessMark() + " " + name; }

Waiter::Waiter(const std::vector<std::string>& names) : names_(names) {
  Registry& registry = TheRegistry();
  const std::lock_guard lock(registry.mutex);
  for (const std::string& name : names_) registry.waiters.emplace(name, this);
}

Waiter::~Waiter() {
  Registry& registry = TheRegistry();
  const std::lock_guard lock(registry.mutex);
  std::erase_if(registry.waiters, [this](const auto& entry) { return entry.second == this; });
}

std::set<std::string> Waiter::Wait(std::chrono::steady_clock::time_point until) {
  std::unique_lock lock(mutex_);
  raised_.wait_until(lock, until, [this] { return !pending_.empty(); });
  return std::exchange(pending_, {});
}

void Waiter::Raise(const std::string& name) {
  {
    const std::lock_guard lock(mutex_);
    if (!pending_.insert(name).second) return;  // it has not looked since: one look is enough
  }
  raised_.notify_one();
}

struct Listener::Implementation {
  std::string connection;
  int stop_fd = ::eventfd(0, EFD_CLOEXEC);
  std::thread thread;

  void Run();
  bool Listen(PGconn* session);
  bool WaitReadable(int fd, int milliseconds);
};

// False when the listener is to stop.
bool Listener::Implementation::WaitReadable(int fd, int milliseconds) {
  pollfd fds[] = {{.fd = stop_fd, .events = POLLIN, .revents = 0},
                  {.fd = fd, .events = POLLIN, .revents = 0}};
  ::poll(fds, fd < 0 ? 1 : 2, milliseconds);
  return fds[0].revents == 0;
}

// Until the connection breaks (true) or the listener is to stop (false).
bool Listener::Implementation::Listen(PGconn* session) {
  if (PQstatus(session) != CONNECTION_OK) return true;
  PGresult* listening = PQexec(session, "LISTEN continuo_events");
  const bool listens = PQresultStatus(listening) == PGRES_COMMAND_OK;
  PQclear(listening);
  if (!listens) return true;
  RaiseAll();
  while (true) {
    while (PGnotify* notify = PQnotifies(session)) {
      const std::string payload = notify->extra;
      PQfreemem(notify);
      const std::size_t space = payload.find(' ');
      if (space == std::string::npos || payload.substr(0, space) == ProcessMark()) continue;
      Raise(payload.substr(space + 1));
    }
    if (!WaitReadable(PQsocket(session), -1)) return false;
    if (PQconsumeInput(session) == 0) return true;
  }
}

void Listener::Implementation::Run() {
  constexpr int kReconnectMilliseconds = 500;
  bool on = true;
  while (on) {
    PGconn* session = PQconnectdb(connection.c_str());
    on = Listen(session);
    PQfinish(session);
    if (on) on = WaitReadable(-1, kReconnectMilliseconds);
  }
}

Listener::Listener(std::string connection) : implementation_(std::make_unique<Implementation>()) {
  implementation_->connection = std::move(connection);
  implementation_->thread = std::thread([this] { implementation_->Run(); });
}

Listener::~Listener() {
  const uint64_t one = 1;
  // An eventfd takes a write of 1 unless it is full, and then it is readable already.
  [[maybe_unused]] const auto written = ::write(implementation_->stop_fd, &one, sizeof one);
  implementation_->thread.join();
  ::close(implementation_->stop_fd);
}

}  // namespace continuo::events
