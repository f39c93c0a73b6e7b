// Bytes of a connection: whatever arrives, the parser ends, and how the bytes are cut into packets
// changes nothing. Two readings of the same bytes are how requests are smuggled.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "libs/http/request_parser.h"
#include "libs/http/target.h"

namespace {

using continuo::http::Limits;
using continuo::http::Request;
using continuo::http::RequestParser;

struct Reading {
  std::vector<Request> requests;
  std::string refusal;
  size_t taken = 0;

  // Which of two limits a request that breaks both is told depends on what has arrived.
  bool operator==(const Reading& other) const {
    if (refusal.empty() != other.refusal.empty() || requests.size() != other.requests.size()) return false;
    for (size_t i = 0; i < requests.size(); ++i) {
      const auto &a = requests[i], &b = other.requests[i];
      if (a.method != b.method || a.path != b.path || a.query != b.query || a.body != b.body ||
          a.headers.size() != b.headers.size()) {
        return false;
      }
    }
    return true;
  }
};

constexpr Limits kLimits{.request_line_bytes = 512, .head_bytes = 1024, .header_count = 20,
                         .body_bytes = 4096};

// As a connection does it: requests one after the other, until one is refused or bytes are missing.
// `step` bytes arrive at a time.
Reading Read(std::string_view bytes, size_t step) {
  Reading reading;
  RequestParser parser(kLimits);
  std::string buffer;
  size_t arrived = 0;
  for (;;) {
    size_t taken = 0;
    const auto progress = parser.Parse(buffer, &taken);
    if (taken > buffer.size()) std::abort();
    buffer.erase(0, taken);
    switch (progress) {
      case RequestParser::kHead:
        parser.LimitBody(kLimits.body_bytes);
        if (parser.refusal() != nullptr) {
          reading.refusal = parser.refusal();
          return reading;
        }
        break;
      case RequestParser::kDone:
        if (parser.body_bytes() > kLimits.body_bytes) std::abort();
        reading.requests.push_back(parser.TakeRequest());
        parser = RequestParser(kLimits);
        if (buffer.empty() && arrived == bytes.size()) return reading;
        break;
      case RequestParser::kRefused:
        reading.refusal = parser.refusal();
        return reading;
      case RequestParser::kMore:
        if (arrived == bytes.size()) return reading;
        const auto piece = bytes.substr(arrived, step);
        buffer.append(piece);
        arrived += piece.size();
        break;
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  const size_t step = 1 + data[0] % 64;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Reading whole = Read(bytes, bytes.size() + 1);
  if (!(whole == Read(bytes, step)) || !(whole == Read(bytes, 1))) std::abort();
  for (const Request& request : whole.requests) {
    // What one reading took for two headers another may take for one.
    int lengths = 0;
    for (const auto& header : request.headers) lengths += header.name == "content-length";
    if (lengths > 1) std::abort();
  }
  return 0;
}
