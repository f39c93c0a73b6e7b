// What one client may cost. Every buffer, wait and count of the edge has its bound here.
#pragma once

#include <chrono>
#include <cstddef>

namespace continuo::http {

struct Limits {
  size_t request_line_bytes = 8 * 1024;  // beyond: 414
  size_t head_bytes = 16 * 1024;         // request line and headers; beyond: 431
  size_t header_count = 100;             // beyond: 431
  size_t body_bytes = 1024 * 1024;       // unless the server's body_limit says otherwise; 413
  size_t connections = 16'384;           // beyond: 503 and closed
  size_t requests = 2'000;               // in handlers at once; beyond: 503
  size_t memory_bytes = 512UL * 1024 * 1024;  // read and unsent of all connections; beyond: 503
  // Of the process's descriptor limit, kept from connections: databases, brokers and files need some.
  size_t spare_descriptors = 256;
  // Unsent bytes of one connection at which a streaming handler and pipelined requests wait.
  size_t unsent_bytes = 256 * 1024;

  std::chrono::milliseconds head{10'000};  // from the first byte to the end of the headers; 408
  std::chrono::milliseconds body{30'000};  // to the end of the body; 408
  // Each so many bytes of body earn another second: a slow link is not a slow-loris.
  size_t body_bytes_per_second = 4 * 1024;
  std::chrono::milliseconds idle{60'000};     // between requests; closed
  std::chrono::milliseconds handler{30'000};  // to an answer, or between chunks of a stream; 504
  std::chrono::milliseconds stall{15'000};    // a client that takes nothing; closed
  std::chrono::milliseconds linger{1'000};    // for the client to read the last answer; closed
};

}  // namespace continuo::http
