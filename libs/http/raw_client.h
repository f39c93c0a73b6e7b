// A client for tests that says exactly the bytes it is told, over a blocking socket.
//
//   RawClient client(server.Port());
//   client.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
//   CHECK(client.ReadResponse().status == 200);
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <utility>

namespace continuo::http {

struct RawResponse {
  int status = 0;  // 0: the connection ended before a whole response
  std::string head;
  std::string body;

  // Of a header, whatever its case; empty when there is none.
  std::string Header(std::string_view name) const {
    for (size_t at = head.find("\r\n"); at != std::string::npos; at = head.find("\r\n", at + 2)) {
      std::string_view line = std::string_view(head).substr(at + 2);
      line = line.substr(0, line.find("\r\n"));
      if (line.size() > name.size() && line[name.size()] == ':' &&
          ::strncasecmp(line.data(), name.data(), name.size()) == 0) {
        return std::string(line.substr(name.size() + 2));
      }
    }
    return "";
  }
};

class RawClient {
 public:
  explicit RawClient(uint16_t port, int receive_buffer_bytes = 0)
      : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receive_buffer_bytes > 0) {
      ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
    }
    timeval patience{20, 0};  // a hung server fails the test, not the machine
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~RawClient() { Close(); }
  RawClient(RawClient&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)),
        connected_(other.connected_),
        input_(std::move(other.input_)) {}
  RawClient(const RawClient&) = delete;

  bool connected() const { return connected_; }

  // False when the server has closed.
  bool Send(std::string_view bytes) {
    while (!bytes.empty()) {
      ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0) return false;
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
    return true;
  }
  void EndInput() { ::shutdown(fd_, SHUT_WR); }
  void Close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }
  // With a reset instead of a farewell.
  void Reset() {
    linger now{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    Close();
  }

  // More bytes into the buffer; false at the end of the connection.
  bool Receive() {
    char buffer[65536];
    ssize_t count = ::recv(fd_, buffer, sizeof buffer, 0);
    if (count <= 0) return false;
    input_.append(buffer, static_cast<size_t>(count));
    return true;
  }
  std::string ReadAll() {
    while (Receive()) {
    }
    return std::exchange(input_, {});
  }
  // True when the server closes without another byte.
  bool AtEnd() { return input_.empty() && !Receive(); }

  RawResponse ReadResponse(bool of_head = false) {
    RawResponse response;
    while (input_.find("\r\n\r\n") == std::string::npos) {
      if (!Receive()) return {};
    }
    size_t end = input_.find("\r\n\r\n") + 4;
    response.head = input_.substr(0, end);
    input_.erase(0, end);
    int status = std::stoi(response.head.substr(9, 3));
    std::string length = response.Header("content-length");
    bool bodyless = of_head || status == 204 || status == 304 || status < 200;
    if (!bodyless && response.Header("transfer-encoding") == "chunked") {
      if (!ReadChunks(&response.body)) return {};
    } else if (!bodyless && !length.empty()) {
      size_t size = std::stoul(length);
      while (input_.size() < size) {
        if (!Receive()) return {};
      }
      response.body = input_.substr(0, size);
      input_.erase(0, size);
    } else if (!bodyless) {
      response.body = ReadAll();
    }
    response.status = status;
    return response;
  }

 private:
  bool ReadChunks(std::string* body) {
    for (;;) {
      size_t line = 0;
      while ((line = input_.find("\r\n")) == std::string::npos) {
        if (!Receive()) return false;
      }
      size_t size = std::stoul(input_.substr(0, line), nullptr, 16);
      while (input_.size() < line + 2 + size + 2) {
        if (!Receive()) return false;
      }
      body->append(input_, line + 2, size);
      input_.erase(0, line + 2 + size + 2);
      if (size == 0) return true;
    }
  }

  int fd_;
  bool connected_ = false;
  std::string input_;
};

}  // namespace continuo::http
