// The bytes of a response's head.
//
//   FormatHead(response, {.framing = Framing::kLength, .body_bytes = 12})
//   // "HTTP/1.1 200 OK\r\nDate: ...\r\ncontent-type: ...\r\nContent-Length: 12\r\n\r\n"
//
// Private to libs/http.
#pragma once

#include <string>

#include "libs/http/message.h"

namespace continuo::http {

enum class Framing {
  kLength,      // Content-Length, unless the status has no body
  kChunked,     // Transfer-Encoding: chunked
  kUntilClose,  // a stream to an HTTP/1.0 client
};

struct HeadFormat {
  Framing framing = Framing::kLength;
  size_t body_bytes = 0;
  bool keep_alive = true;
  bool is_http11 = true;
};

// Control characters in header values, with which a value could pass for more headers, are dropped.
std::string FormatHead(const Response& response, const HeadFormat& format);

// 204, 304 and the 1xx never have one.
bool MayHaveBody(int status);

}  // namespace continuo::http
