// A port for a test's server on 127.0.0.1.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>

#include "libs/testing/catch/catch.h"

namespace continuo::rpc {

// Below those that the kernel gives to connections (from 32768), so that no client of anything takes
// it between now and the server's start; each one once in a process.
inline int FreePort() {
  static std::atomic<int> next{getpid() * 31 % 12'000};
  for (int tries = 0; tries < 12'000; ++tries) {
    const int port = 20'000 + next++ % 12'000;
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool free = ::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::close(fd);
    if (free) return port;
  }
  FAIL("no port between 20000 and 32000 is free");
  return 0;
}

}  // namespace continuo::rpc
