// Bytes of a connection into requests: Boost.Beast's parser, and the strictness it lacks.
//
//   RequestParser parser(limits);
//   switch (parser.Parse(bytes, &taken)) {
//     case RequestParser::kMore: ...   // wait for more bytes
//     case RequestParser::kHead: ...   // the head is complete: decide how large a body may be
//     case RequestParser::kDone: ...   // parser.TakeRequest()
//     case RequestParser::kRefused: ... // answer parser.refusal() and close
//   }
//
// Anything that a proxy in front could read differently is refused: two Content-Lengths, a
// Transfer-Encoding other than `chunked`, folded headers, chunk extensions, trailers, no Host or
// two, absolute-form targets (docs/http.md). One parser reads one request. Private to libs/http.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "libs/http/limits.h"
#include "libs/http/message.h"

namespace continuo::http {

class RequestParser {
 public:
  enum Progress { kMore, kHead, kDone, kRefused };

  explicit RequestParser(const Limits& limits);
  ~RequestParser();
  RequestParser(RequestParser&&) noexcept;
  RequestParser& operator=(RequestParser&&) noexcept;

  // `bytes` is everything of this request that was not taken before. `taken` says how many of them
  // are used up. After kHead comes LimitBody, then Parse again, even without further bytes.
  Progress Parse(std::string_view bytes, size_t* taken);
  void LimitBody(size_t bytes);

  // The code of errors.proto, after kRefused or a LimitBody that the request exceeds; else null.
  const char* refusal() const;

  // From kHead on.
  const Request& request() const;
  bool keep_alive() const;
  bool is_http11() const;
  bool expects_continue() const;  // and the client waits for it
  size_t body_bytes() const;      // received so far
  size_t held_bytes() const;      // of memory, for the body

  // After kDone, once.
  Request TakeRequest();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace continuo::http
