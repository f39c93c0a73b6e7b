#include "libs/testing/lossy_proxy.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string_view>

namespace continuo::testing {
namespace {

constexpr char kSocketName[] = "/.s.PGSQL.5432";

sockaddr_un AddressOf(const std::string& directory) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = directory + kSocketName;
  if (path.size() >= sizeof address.sun_path) throw std::runtime_error("socket path too long");
  std::memcpy(address.sun_path, path.c_str(), path.size());
  return address;
}

bool SendAll(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

// What there is to read; empty at the end.
std::string Receive(int socket) {
  char buffer[65536];
  const ssize_t count = recv(socket, buffer, sizeof buffer, 0);
  return count > 0 ? std::string(buffer, static_cast<size_t>(count)) : std::string();
}

}  // namespace

LossyProxy::LossyProxy(std::string server_directory)
    : server_directory_(std::move(server_directory)) {
  directory_ = (std::filesystem::temp_directory_path() / "continuo-proxy-XXXXXX").string();
  if (mkdtemp(directory_.data()) == nullptr) throw std::runtime_error("no temporary folder");
  listener_ = socket(AF_UNIX, SOCK_STREAM, 0);
  const sockaddr_un address = AddressOf(directory_);
  if (bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      listen(listener_, 64) != 0) {
    throw std::runtime_error("the proxy cannot listen");
  }
  acceptor_ = std::thread([this] { Accept(); });
}

// Clients must have left: a connection's thread ends when either side closes.
LossyProxy::~LossyProxy() {
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  close(listener_);
  for (std::thread& connection : connections_) connection.join();
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

void LossyProxy::Accept() {
  for (;;) {
    const int client = accept(listener_, nullptr, nullptr);
    if (client < 0) return;
    const std::lock_guard lock(mutex_);
    connections_.emplace_back([this, client] { Serve(client); });
  }
}

void LossyProxy::Serve(int client) {
  const int server = socket(AF_UNIX, SOCK_STREAM, 0);
  const sockaddr_un address = AddressOf(server_directory_);
  bool losing = false;
  if (connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    for (;;) {
      pollfd both[] = {{.fd = client, .events = POLLIN}, {.fd = server, .events = POLLIN}};
      if (poll(both, 2, -1) <= 0) break;
      const bool from_client = both[0].revents != 0;
      const std::string bytes = Receive(from_client ? client : server);
      if (bytes.empty()) break;
      if (!from_client && losing) {
        ++lost_;
        break;
      }
      if (from_client && bytes.find("COMMIT") != std::string::npos && lose_.exchange(false)) {
        losing = true;
      }
      if (!SendAll(from_client ? server : client, bytes)) break;
    }
  }
  close(server);
  close(client);
}

}  // namespace continuo::testing
