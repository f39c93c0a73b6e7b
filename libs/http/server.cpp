#include "libs/http/server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <optional>
#include <unordered_map>

#include "libs/http/connection.h"
#include "libs/http/problem.h"
#include "libs/http/response_writer.h"

// Last: it defines a macro `unreachable()`, which breaks standard headers included after it.
#include <pistache/reactor.h>

namespace continuo::http {
namespace {

namespace Aio = Pistache::Aio;
namespace Polling = Pistache::Polling;

constexpr auto kTick = std::chrono::milliseconds(50);
constexpr int kBacklog = 4096;
constexpr int kAcceptsPerWakeUp = 64;

// A descriptor that closes itself.
class Socket {
 public:
  explicit Socket(int fd) : fd_(fd) {}
  Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  int fd() const { return fd_; }
  int Release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  static std::optional<SocketAddress> Parse(const std::string& text, uint16_t port) {
    SocketAddress address;
    auto* v4 = reinterpret_cast<sockaddr_in*>(&address.storage);
    auto* v6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
    if (::inet_pton(AF_INET, text.c_str(), &v4->sin_addr) == 1) {
      v4->sin_family = AF_INET;
      v4->sin_port = htons(port);
      address.size = sizeof *v4;
      return address;
    }
    if (::inet_pton(AF_INET6, text.c_str(), &v6->sin6_addr) == 1) {
      v6->sin6_family = AF_INET6;
      v6->sin6_port = htons(port);
      address.size = sizeof *v6;
      return address;
    }
    return std::nullopt;
  }

  uint16_t Port() const {
    return ntohs(storage.ss_family == AF_INET
                     ? reinterpret_cast<const sockaddr_in*>(&storage)->sin_port
                     : reinterpret_cast<const sockaddr_in6*>(&storage)->sin6_port);
  }

  // An IPv4 client of an IPv6 socket reads as IPv4.
  std::string Text() const {
    char text[INET6_ADDRSTRLEN] = "";
    if (storage.ss_family == AF_INET) {
      const auto* v4 = reinterpret_cast<const sockaddr_in*>(&storage);
      ::inet_ntop(AF_INET, &v4->sin_addr, text, sizeof text);
    } else {
      const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&storage);
      bool mapped = IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr);
      ::inet_ntop(mapped ? AF_INET : AF_INET6, v6->sin6_addr.s6_addr + (mapped ? 12 : 0), text,
                  sizeof text);
    }
    return text;
  }
};

Failure CannotListen(const std::string& address, uint16_t port) {
  return Unavailable("CANNOT_LISTEN", "Cannot listen on " + address + " port " +
                                          std::to_string(port) + ": " + std::strerror(errno) +
                                          ". Choose another address or port.");
}

Result<Socket> Listen(const std::string& text, uint16_t port) {
  auto address = SocketAddress::Parse(text, port);
  if (!address) {
    errno = EINVAL;
    return CannotListen(text, port);
  }
  int family = address->storage.ss_family;
  Socket socket(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  int on = 1;
  if (socket.fd() < 0) return CannotListen(text, port);
  ::setsockopt(socket.fd(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (family == AF_INET6) ::setsockopt(socket.fd(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  if (::bind(socket.fd(), reinterpret_cast<sockaddr*>(&address->storage), address->size) != 0 ||
      ::listen(socket.fd(), kBacklog) != 0) {
    return CannotListen(text, port);
  }
  return socket;
}

uint16_t PortOf(const Socket& socket) {
  SocketAddress address;
  address.size = sizeof address.storage;
  ::getsockname(socket.fd(), reinterpret_cast<sockaddr*>(&address.storage), &address.size);
  return address.Port();
}

// All addresses on one port. A port that the first address was given may be taken on the second:
// then another is tried.
Result<std::vector<Socket>> ListenAll(const ServerOptions& options) {
  constexpr int kAttempts = 20;
  for (int attempt = 1;; ++attempt) {
    std::vector<Socket> sockets;
    uint16_t port = options.port;
    std::optional<Fault> fault;
    for (const std::string& address : options.addresses) {
      auto socket = Listen(address, port);
      if (!socket) {
        fault = socket.error();
        break;
      }
      port = PortOf(*socket);
      sockets.push_back(std::move(*socket));
    }
    if (!fault) return sockets;
    bool another_port_may_do = options.port == 0 && !sockets.empty() && attempt < kAttempts;
    if (!another_port_may_do) return Failure(*fault);
  }
}

// A flood of clients is to find the edge full before it finds the process without a descriptor. Where
// the limit is small, connections have half of it.
size_t ConnectionsPermitted(const Limits& limits) {
  rlimit descriptors{};
  if (::getrlimit(RLIMIT_NOFILE, &descriptors) != 0) return limits.connections;
  const size_t all = descriptors.rlim_cur;
  const size_t spare = std::min(limits.spare_descriptors, all / 2);
  return std::min(limits.connections, all - spare);
}

// What the server and its workers hold together; lives until the last of them is gone.
struct Shared {
  Edge edge;
  std::vector<Socket> listeners;
  std::mutex mutex;
  std::vector<std::shared_ptr<Mailbox>> mailboxes;  // one for each worker
};

// One I/O thread: its connections and what its poller tells it.
class Worker final : public Aio::Handler {
 public:
  explicit Worker(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}

  ~Worker() override {
    if (mailbox_) mailbox_->Close();
    connections_.clear();
  }

  // Pistache makes each thread's worker from the one that was added.
  std::shared_ptr<Aio::Handler> clone() const override { return std::make_shared<Worker>(shared_); }

  void registerPoller(Polling::Epoll& poller) override {
    poller_ = &poller;
    mailbox_ = std::make_shared<Mailbox>();
    timer_ = Socket(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC));
    timespec tick{0, std::chrono::nanoseconds(kTick).count()};
    itimerspec every{tick, tick};
    ::timerfd_settime(timer_.fd(), 0, &every, nullptr);
    delay_timer_ = Socket(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC));
    Watch(mailbox_->event_fd());
    Watch(timer_.fd());
    Watch(delay_timer_.fd());
    {
      std::lock_guard lock(shared_->mutex);
      shared_->mailboxes.push_back(mailbox_);
    }
    ResumeAccepting();
  }

  void onReady(const Aio::FdSet& ready) override {
    now_ = std::chrono::steady_clock::now();
    for (const auto& entry : ready) {
      int fd = static_cast<int>(entry.getTag().value());
      if (fd == mailbox_->event_fd()) {
        Deliver();
      } else if (fd == timer_.fd()) {
        Tick();
      } else if (fd == delay_timer_.fd()) {
        EndDelays();
      } else if (IsListener(fd)) {
        Accept(fd);
      } else {
        With(fd, [&](Connection& connection) { connection.OnReady(now_); });
      }
    }
  }

 private:
  void Watch(int fd) {
    poller_->addFd(fd, Pistache::Flags<Polling::NotifyOn>(Polling::NotifyOn::Read),
                   Polling::Tag(static_cast<uint64_t>(fd)), Polling::Mode::Level);
  }

  bool IsListener(int fd) const {
    for (const Socket& listener : shared_->listeners) {
      if (listener.fd() == fd) return true;
    }
    return false;
  }

  // Out of descriptors: leave the rest in the backlog, for a worker that has one to spare.
  void PauseAccepting() {
    if (!accepting_) return;
    for (const Socket& listener : shared_->listeners) poller_->removeFd(listener.fd());
    accepting_ = false;
  }
  void ResumeAccepting() {
    if (accepting_ || shared_->edge.draining) return;
    for (const Socket& listener : shared_->listeners) Watch(listener.fd());
    accepting_ = true;
  }

  void Accept(int listener) {
    for (int i = 0; i < kAcceptsPerWakeUp && accepting_; ++i) {
      SocketAddress peer;
      peer.size = sizeof peer.storage;
      Socket socket(::accept4(listener, reinterpret_cast<sockaddr*>(&peer.storage), &peer.size,
                              SOCK_NONBLOCK | SOCK_CLOEXEC));
      if (socket.fd() < 0) {
        bool exhausted =
            errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
        if (exhausted) PauseAccepting();
        if (errno == EINTR || errno == ECONNABORTED) continue;
        return;
      }
      if (shared_->edge.connections.fetch_add(1) >= shared_->edge.options.limits.connections) {
        TurnAway(std::move(socket));
      } else {
        Admit(std::move(socket), peer.Text());
      }
    }
  }

  // One attempt to say why, without waiting for the request.
  void TurnAway(Socket socket) {
    --shared_->edge.connections;
    Response problem = RenderProblem("UNAVAILABLE", NewRequestId());
    std::string bytes =
        FormatHead(problem, {.body_bytes = problem.body.size(), .keep_alive = false}) +
        problem.body;
    (void)!::send(socket.fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    // Closing with input unread would reset the connection before the client reads the answer.
    std::array<char, 4096> unread;
    (void)!::recv(socket.fd(), unread.data(), unread.size(), 0);
  }

  // The connection has been counted; it counts itself out.
  void Admit(Socket socket, std::string peer) {
    int on = 1;
    ::setsockopt(socket.fd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    int fd = socket.Release();
    connections_[fd] =
        std::make_unique<Connection>(fd, std::move(peer), shared_->edge, mailbox_, now_);
    Pistache::Flags<Polling::NotifyOn> interest(Polling::NotifyOn::Read);
    interest.setFlag(Polling::NotifyOn::Write);
    interest.setFlag(Polling::NotifyOn::Shutdown);
    try {
      poller_->addFd(fd, interest, Polling::Tag(static_cast<uint64_t>(fd)), Polling::Mode::Edge);
    } catch (const std::exception& exception) {
      spdlog::error("cannot watch a connection: {}", exception.what());
      connections_.erase(fd);
    }
  }

  // Lets `act` use the connection, and removes it when that closed it or failed.
  template <class Act>
  void With(int fd, Act act) {
    auto found = connections_.find(fd);
    if (found == connections_.end()) return;
    bool failed = false;
    try {
      act(*found->second);
    } catch (const std::exception& exception) {
      spdlog::error("a connection is closed after an exception: {}", exception.what());
      failed = true;
    }
    if (!failed && !found->second->closed()) return;
    connections_.erase(found);
    ResumeAccepting();
  }

  template <class Act>
  void WithAll(Act act) {
    std::vector<int> descriptors;
    descriptors.reserve(connections_.size());
    for (const auto& [fd, connection] : connections_) descriptors.push_back(fd);
    for (int fd : descriptors) With(fd, act);
  }

  void Deliver() {
    for (Command& command : mailbox_->Take()) {
      if (command.kind == Command::kDrain) {
        PauseAccepting();
        WithAll([&](Connection& connection) { connection.OnDrain(now_); });
        continue;
      }
      With(command.fd, [&](Connection& connection) {
        if (command.kind == Command::kContinue) return connection.OnReady(now_);
        // The descriptor may belong to another client by now, or the request be over.
        if (connection.exchange() != command.exchange) return;
        if (command.kind == Command::kSendAfter) delays_.emplace(now_ + command.delay, command.fd);
        connection.OnCommand(std::move(command), now_);
      });
    }
    ArmDelayTimer();
  }

  // Delayed answers go out one by one and not with the ticks, since those who wait for them ask again
  // at once: all together they would be a flood.
  void EndDelays() {
    uint64_t expirations = 0;
    (void)!::read(delay_timer_.fd(), &expirations, sizeof expirations);
    while (!delays_.empty() && delays_.begin()->first <= now_) {
      With(delays_.extract(delays_.begin()).mapped(),
           [&](Connection& connection) { connection.OnTick(now_); });
    }
    ArmDelayTimer();
  }
  void ArmDelayTimer() {
    if (delays_.empty()) return;
    const auto wait = std::max<std::chrono::nanoseconds>(delays_.begin()->first - now_,
                                                         std::chrono::nanoseconds(1));
    const auto seconds = std::chrono::floor<std::chrono::seconds>(wait);
    const itimerspec once{{}, {seconds.count(), (wait - seconds).count()}};
    ::timerfd_settime(delay_timer_.fd(), 0, &once, nullptr);
  }

  void Tick() {
    uint64_t ticks = 0;
    (void)!::read(timer_.fd(), &ticks, sizeof ticks);
    ResumeAccepting();
    std::vector<int> due;
    for (const auto& [fd, connection] : connections_) {
      if (shared_->edge.draining || connection->IsDue(now_)) due.push_back(fd);
    }
    for (int fd : due) With(fd, [&](Connection& connection) { connection.OnTick(now_); });
  }

  std::shared_ptr<Shared> shared_;
  Polling::Epoll* poller_ = nullptr;
  std::shared_ptr<Mailbox> mailbox_;
  Socket timer_{-1};
  Socket delay_timer_{-1};
  std::multimap<Instant, int> delays_;  // bounded by the connections: each has one answer
  bool accepting_ = false;
  Instant now_;
  std::unordered_map<int, std::unique_ptr<Connection>> connections_;
};

}  // namespace

class Server::Impl {
 public:
  Impl(ServerOptions options, std::vector<Socket> listeners) : shared_(std::make_shared<Shared>()) {
    port_ = PortOf(listeners.front());
    shared_->listeners = std::move(listeners);
    size_t threads = options.threads;
    shared_->edge.options = std::move(options);
    reactor_ = Aio::Reactor::create();
    reactor_->init(Aio::AsyncContext(threads, "http"));
    reactor_->addHandler(std::make_shared<Worker>(shared_));
    reactor_->run();
  }

  // The reactor joins its threads and destroys the workers, and with them every connection.
  ~Impl() { reactor_->shutdown(); }

  uint16_t port() const { return port_; }
  size_t connections() const { return shared_->edge.connections; }
  size_t memory_bytes() const { return shared_->edge.memory_bytes; }

  bool Drain(std::chrono::milliseconds deadline) {
    Edge& edge = shared_->edge;
    edge.draining = true;
    // Not closed: another thread may be about to use the descriptor.
    for (const Socket& listener : shared_->listeners) ::shutdown(listener.fd(), SHUT_RDWR);
    {
      std::lock_guard lock(shared_->mutex);
      for (const auto& mailbox : shared_->mailboxes) mailbox->Post({.kind = Command::kDrain});
    }
    std::unique_lock lock(edge.mutex);
    return edge.connection_closed.wait_for(lock, deadline,
                                           [&] { return edge.connections == 0; });
  }

 private:
  std::shared_ptr<Shared> shared_;
  uint16_t port_ = 0;
  std::shared_ptr<Aio::Reactor> reactor_;
};

Result<std::unique_ptr<Server>> Server::Start(ServerOptions options) {
  ASSIGN_OR_RETURN(auto listeners, ListenAll(options));
  options.limits.connections = ConnectionsPermitted(options.limits);
  return std::unique_ptr<Server>(
      new Server(std::make_unique<Impl>(std::move(options), std::move(listeners))));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;
uint16_t Server::Port() const { return impl_->port(); }
size_t Server::Connections() const { return impl_->connections(); }
size_t Server::MemoryBytes() const { return impl_->memory_bytes(); }
bool Server::Drain(std::chrono::milliseconds deadline) { return impl_->Drain(deadline); }

}  // namespace continuo::http
