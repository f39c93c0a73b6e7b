// Requests that the edge refuses, each with its rule and the code of the refusal: for the parser's test
// and, over a real socket, the server's.
//
//   for (const RefusedRequest& row : RefusedRequests()) { ... row.bytes ... }
#pragma once

#include <string>
#include <vector>

namespace continuo::http {

struct RefusedRequest {
  const char* rule;
  std::string bytes;
  const char* code;  // of errors.proto
};

// Where a body has to be too large, it is larger than this many bytes.
constexpr size_t kRefusedBodyBytes = 100;

inline std::vector<RefusedRequest> RefusedRequests() {
  const std::string post = "POST / HTTP/1.1\r\nHost: a\r\n";
  const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
  return {
      // Content-Length and Transfer-Encoding
      {"length, then encoding",
       post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       "MALFORMED_REQUEST"},
      {"encoding, then length",
       post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
       "MALFORMED_REQUEST"},
      {"two different lengths", post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
       "MALFORMED_REQUEST"},
      {"two equal lengths", post + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd",
       "MALFORMED_REQUEST"},
      {"two lengths in other cases",
       post + "content-length: 4\r\nCONTENT-LENGTH: 9\r\n\r\nabcd", "MALFORMED_REQUEST"},
      {"a list of different lengths", post + "Content-Length: 4, 5\r\n\r\nabcd", "MALFORMED_REQUEST"},
      {"a list of equal lengths", post + "Content-Length: 4, 4\r\n\r\nabcd", "MALFORMED_REQUEST"},
      {"a signed length", post + "Content-Length: +4\r\n\r\nabcd", "MALFORMED_REQUEST"},
      {"a negative length", post + "Content-Length: -4\r\n\r\nabcd", "MALFORMED_REQUEST"},
      {"a hexadecimal length", post + "Content-Length: 0x4\r\n\r\nabcd", "MALFORMED_REQUEST"},
      {"a length with letters", post + "Content-Length: 5abc\r\n\r\nabcde", "MALFORMED_REQUEST"},
      {"an empty length", post + "Content-Length:\r\n\r\n", "MALFORMED_REQUEST"},
      {"a length beyond 64 bits", post + "Content-Length: 18446744073709551620\r\n\r\nabcd",
       "MALFORMED_REQUEST"},
      {"a length with a space inside", post + "Content-Length: 1 0\r\n\r\nabcd",
       "MALFORMED_REQUEST"},
      {"two encodings", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
       "MALFORMED_REQUEST"},
      {"identity, then chunked",
       post + "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n",
       "MALFORMED_REQUEST"},
      {"another encoding", post + "Transfer-Encoding: gzip\r\n\r\n", "MALFORMED_REQUEST"},
      {"gzip, chunked", post + "Transfer-Encoding: gzip, chunked\r\n\r\n", "UNIMPLEMENTED"},
      {"identity", post + "Transfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n",
       "MALFORMED_REQUEST"},
      {"identity alone", post + "Transfer-Encoding: identity\r\n\r\n", "MALFORMED_REQUEST"},
      {"chunked, identity", post + "Transfer-Encoding: chunked, identity\r\n\r\n",
       "MALFORMED_REQUEST"},
      {"chunked twice in a list", post + "Transfer-Encoding: chunked, chunked\r\n\r\n",
       "MALFORMED_REQUEST"},
      {"chunked after nothing", post + "Transfer-Encoding: , chunked\r\n\r\n", "MALFORMED_REQUEST"},
      {"chunked with a comma", post + "Transfer-Encoding: chunked,\r\n\r\n", "MALFORMED_REQUEST"},
      {"chunked with a weight", post + "Transfer-Encoding: chunked;q=1\r\n\r\n",
       "MALFORMED_REQUEST"},
      {"xchunked", post + "Transfer-Encoding: xchunked\r\n\r\n", "MALFORMED_REQUEST"},
      {"chunked in quotes", post + "Transfer-Encoding: \"chunked\"\r\n\r\n", "MALFORMED_REQUEST"},
      {"an empty encoding", post + "Transfer-Encoding:\r\n\r\n", "MALFORMED_REQUEST"},
      {"a space before the colon of an encoding",
       post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", "MALFORMED_REQUEST"},
      {"an encoding in HTTP/1.0",
       "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       "MALFORMED_REQUEST"},
      {"a vertical tab before chunked", post + "Transfer-Encoding: \vchunked\r\n\r\n",
       "MALFORMED_REQUEST"},
      // chunks
      {"a chunk extension", chunked + "1;a=b\r\nx\r\n0\r\n\r\n", "MALFORMED_REQUEST"},
      {"an extension of the last chunk", chunked + "0;a=b\r\n\r\n", "MALFORMED_REQUEST"},
      {"a bare semicolon", chunked + "1;\r\nx\r\n0\r\n\r\n", "MALFORMED_REQUEST"},
      {"a trailer", chunked + "0\r\nX: y\r\n\r\n", "MALFORMED_REQUEST"},
      {"a smuggled header as trailer", chunked + "0\r\nContent-Length: 3\r\n\r\n",
       "MALFORMED_REQUEST"},
      {"a chunk size that is no number", chunked + "x\r\n", "MALFORMED_REQUEST"},
      {"an empty chunk size", chunked + "\r\n", "MALFORMED_REQUEST"},
      {"a negative chunk size", chunked + "-1\r\nx\r\n0\r\n\r\n", "MALFORMED_REQUEST"},
      {"a chunk size with a plus", chunked + "+1\r\nx\r\n0\r\n\r\n", "MALFORMED_REQUEST"},
      {"a tab after the chunk size", chunked + "1\t\r\nx\r\n0\r\n\r\n", "MALFORMED_REQUEST"},
      {"no line end after a chunk", chunked + "1\r\nx0\r\n\r\n", "MALFORMED_REQUEST"},
      {"no line end after the last chunk", chunked + "0\r\nGET / HTTP/1.1\r\n", "MALFORMED_REQUEST"},
      {"a chunk size with 0x", chunked + "0x1\r\nx\r\n0\r\n\r\n", "MALFORMED_REQUEST"},
      {"a chunk size beyond 64 bits", chunked + "10000000000000001\r\nx\r\n0\r\n\r\n",
       "MALFORMED_REQUEST"},
      {"a chunk size that overflows the sum", chunked + "ffffffffffffffff\r\nx\r\n",
       "BODY_TOO_LARGE"},
      {"a space after the chunk size", chunked + "1 \r\nx\r\n0\r\n\r\n", "MALFORMED_REQUEST"},
      {"a space before the chunk size", chunked + " 1\r\nx\r\n0\r\n\r\n", "MALFORMED_REQUEST"},
      {"a chunk longer than its size", chunked + "1\r\nxy\r\n0\r\n\r\n", "MALFORMED_REQUEST"},
      {"a bare LF after the chunk size", chunked + "1\nx\r\n0\r\n\r\n", "MALFORMED_REQUEST"},
      {"a bare LF after the chunk", chunked + "1\r\nx\n0\r\n\r\n", "MALFORMED_REQUEST"},
      {"a chunk size without end", chunked + std::string(100, '0'), "MALFORMED_REQUEST"},
      {"chunks beyond the limit",
       chunked + "40\r\n" + std::string(64, 'x') + "\r\n40\r\n" + std::string(64, 'x') + "\r\n",
       "BODY_TOO_LARGE"},
      {"a length beyond the limit", post + "Content-Length: 101\r\n\r\n", "BODY_TOO_LARGE"},
      // lines
      {"a folded header", post + "X: a\r\n b\r\n\r\n", "MALFORMED_REQUEST"},
      {"a folded encoding", post + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
       "MALFORMED_REQUEST"},
      {"a folded encoding, by tab", post + "Transfer-Encoding:\r\n\tchunked\r\n\r\n0\r\n\r\n",
       "MALFORMED_REQUEST"},
      {"a fold after the request line", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"bare LF line ends", "GET / HTTP/1.1\nHost: a\n\n", "MALFORMED_REQUEST"},
      {"one bare LF", "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", "MALFORMED_REQUEST"},
      {"a bare CR", "GET / HTTP/1.1\r\nHost: a\rX: y\r\n\r\n", "MALFORMED_REQUEST"},
      {"an empty line first", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"a space before the colon", post + "Content-Length : 4\r\n\r\nabcd", "MALFORMED_REQUEST"},
      {"no colon", post + "Content-Length\r\n\r\n", "MALFORMED_REQUEST"},
      {"no name", post + ": x\r\n\r\n", "MALFORMED_REQUEST"},
      {"NUL in a value", post + std::string("X: a\0b\r\n\r\n", 10), "MALFORMED_REQUEST"},
      {"NUL in a name", post + std::string("X\0: a\r\n\r\n", 9), "MALFORMED_REQUEST"},
      {"a control character in a value", post + "X: a\x01\r\n\r\n", "MALFORMED_REQUEST"},
      {"a letter beyond ASCII in a name", post + "X\xC3\xA9: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"a bracket in a name", post + "X(: a\r\n\r\n", "MALFORMED_REQUEST"},
      // Host
      {"no Host", "GET / HTTP/1.1\r\n\r\n", "MALFORMED_REQUEST"},
      {"two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"two Hosts in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n",
       "MALFORMED_REQUEST"},
      {"a list of Hosts", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", "MALFORMED_REQUEST"},
      {"a space in Host", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "MALFORMED_REQUEST"},
      {"a port of letters", "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", "MALFORMED_REQUEST"},
      {"no port after the colon", "GET / HTTP/1.1\r\nHost: a:\r\n\r\n", "MALFORMED_REQUEST"},
      {"a port without a host", "GET / HTTP/1.1\r\nHost: :80\r\n\r\n", "MALFORMED_REQUEST"},
      {"two ports", "GET / HTTP/1.1\r\nHost: a:1:2\r\n\r\n", "MALFORMED_REQUEST"},
      {"an open bracket in Host", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", "MALFORMED_REQUEST"},
      {"an escape in Host", "GET / HTTP/1.1\r\nHost: a%00\r\n\r\n", "MALFORMED_REQUEST"},
      {"a path in Host", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", "MALFORMED_REQUEST"},
      {"a user in Host", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", "MALFORMED_REQUEST"},
      // request line
      {"no version", "GET /\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"a space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"a tab", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"a fragment", "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"a target beyond ASCII", "GET /\xC3\xA9 HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"a relative target", "GET a HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"an asterisk for GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"another scheme", "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"absolute form", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"absolute form of another host", "GET HTTPS://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
       "MALFORMED_REQUEST"},
      {"authority form", "GET a:80 HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"no authority", "GET http:///a HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"a user in the target", "GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"a dot segment", "GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"an escaped dot segment", "GET /%2e%2e/b HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"a bad escape", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"a bad escape in the query", "GET /?a=%z HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"a method of our own", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", "UNIMPLEMENTED"},
      {"a method in lower case", "get / HTTP/1.1\r\nHost: a\r\n\r\n", "UNIMPLEMENTED"},
      {"a method with a slash", "G/T / HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", "HTTP_VERSION_NOT_SUPPORTED"},
      {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", "HTTP_VERSION_NOT_SUPPORTED"},
      {"HTTP/0.9", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", "HTTP_VERSION_NOT_SUPPORTED"},
      {"HTTP/1.10", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"http/1.1", "GET / http/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HTTP_VERSION_NOT_SUPPORTED"},
      {"a TLS hello", std::string("\x16\x03\x01\x00\xa5\x01", 6), "MALFORMED_REQUEST"},
      // sizes
      {"another expectation", post + "Expect: 200-ok\r\n\r\n", "EXPECTATION_FAILED"},
      {"a long request line", "GET /" + std::string(9'000, 'a'), "URI_TOO_LONG"},
      {"a long request line with its end",
       "GET /" + std::string(9'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", "URI_TOO_LONG"},
      {"a large head", post + "X: " + std::string(20'000, 'a'), "HEADERS_TOO_LARGE"},
      {"a large head with its end", post + "X: " + std::string(20'000, 'a') + "\r\n\r\n",
       "HEADERS_TOO_LARGE"},
      {"many headers",
       [&] {
         std::string many = post;
         for (int i = 0; i < 100; ++i) many += "X: y\r\n";
         return many + "\r\n";
       }(),
       "HEADERS_TOO_LARGE"},
  };
}

}  // namespace continuo::http
