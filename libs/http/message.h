// A request as the edge has read it, and the response to it.
//
//   if (request.method == "GET" && request.segments == Segments{"v1", "quotes"}) {
//     return Response{.status = 200, .headers = {{"content-type", "application/json"}}, .body = list};
//   }
//
// Deliberately without cookies, forms, ranges and content codings: what needs them builds on this.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace continuo::http {

struct Header {
  std::string name;  // of a request: lower case
  std::string value;
};
using Headers = std::vector<Header>;

// The first header of this (lower-case) name; null when there is none.
inline const std::string* FindHeader(const Headers& headers, std::string_view name) {
  for (const Header& header : headers) {
    if (header.name == name) return &header.value;
  }
  return nullptr;
}

struct Parameter {
  std::string name;
  std::string value;
};

struct Request {
  std::string method;  // GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS
  std::string path;    // as it came, "/v1/quotes/a%2Fb"
  std::string query;   // as it came, without the question mark
  // The path between its slashes, decoded once: {"v1", "quotes", "a/b"}. A slash at the end makes
  // an empty last segment.
  std::vector<std::string> segments;
  std::vector<Parameter> parameters;  // the query, decoded once, in its order
  Headers headers;
  std::string body;
  std::string peer;  // address of the other end of the connection: "192.0.2.1", "2001:db8::1"
};

struct Response {
  int status = 200;
  // Date, Content-Length, Transfer-Encoding and Connection are the edge's own.
  Headers headers;
  std::string body;
};

}  // namespace continuo::http
