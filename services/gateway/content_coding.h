// Content codings (RFC 9110 section 8.4): gzip both ways, for those on slow links.
//
//   AcceptsGzip("br;q=1.0, gzip;q=0.8")  == true
//   AcceptsGzip("gzip;q=0, *")           == false
//
// What arrives is inflated up to the route's body limit and not a byte further, so a small body that
// would grow without end costs no more than a plain one of the permitted size.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "libs/result/result.h"

namespace continuo::gateway {

// Answers below this are sent as they are: the coding would not make them shorter by a packet.
inline constexpr size_t kWorthGzip = 860;

// `accept_encoding`: the header's value, null when absent.
bool AcceptsGzip(const std::string* accept_encoding);

std::string Gzip(std::string_view body);

// A body in pieces as one gzip stream; what a piece gave can be inflated at once.
//
//   GzipStream stream;
//   Send(stream.Add(first, false)); Send(stream.Add(second, true));
class GzipStream {
 public:
  GzipStream();
  ~GzipStream();
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;
  std::string Add(std::string_view piece, bool last);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Faults: MALFORMED_CODING (not one whole gzip stream), BODY_TOO_LARGE (more than `limit` bytes).
Result<std::string> Gunzip(std::string_view body, size_t limit);

}  // namespace continuo::gateway
