#include "libs/http/request_parser.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::http {
namespace {

struct Outcome {
  std::string refusal;  // empty: the requests were read
  std::vector<Request> requests;
  bool whole = true;  // nothing is left over
};

constexpr size_t kBodyMax = 100;

// Feeds `bytes` in pieces of `step`, as the connection does.
Outcome Feed(std::string_view bytes, size_t step, const Limits& limits = {}) {
  Outcome outcome;
  std::string buffer;
  RequestParser parser(limits);
  bool between = true;
  for (size_t at = 0; at < bytes.size(); at += step) {
    buffer += bytes.substr(at, step);
    for (bool more = false; !more && !(between && buffer.empty());) {
      between = false;
      size_t taken = 0;
      RequestParser::Progress progress = parser.Parse(buffer, &taken);
      buffer.erase(0, taken);
      if (progress == RequestParser::kHead) parser.LimitBody(kBodyMax);
      if (parser.refusal() != nullptr) {
        outcome.refusal = parser.refusal();
        return outcome;
      }
      if (progress == RequestParser::kDone) {
        outcome.requests.push_back(parser.TakeRequest());
        parser = RequestParser(limits);
        between = true;
      }
      more = progress == RequestParser::kMore;
    }
  }
  outcome.whole = between && buffer.empty();
  return outcome;
}

TEST_CASE("framing: what two readers could read differently is refused") {
  struct Row {
    const char* rule;
    std::string bytes;
    const char* refusal;
  };
  const std::string post = "POST / HTTP/1.1\r\nHost: a\r\n";
  const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
  const Row rows[] = {
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
      {"another encoding", post + "Transfer-Encoding: gzip\r\n\r\n", "UNIMPLEMENTED"},
      {"gzip, chunked", post + "Transfer-Encoding: gzip, chunked\r\n\r\n", "UNIMPLEMENTED"},
      {"chunked, identity", post + "Transfer-Encoding: chunked, identity\r\n\r\n",
       "UNIMPLEMENTED"},
      {"chunked twice in a list", post + "Transfer-Encoding: chunked, chunked\r\n\r\n",
       "UNIMPLEMENTED"},
      {"xchunked", post + "Transfer-Encoding: xchunked\r\n\r\n", "UNIMPLEMENTED"},
      {"chunked in quotes", post + "Transfer-Encoding: \"chunked\"\r\n\r\n", "UNIMPLEMENTED"},
      {"an empty encoding", post + "Transfer-Encoding:\r\n\r\n", "UNIMPLEMENTED"},
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
      {"a control character in a value", post + "X: a\x01\r\n\r\n", "MALFORMED_REQUEST"},
      {"a letter beyond ASCII in a name", post + "X\xC3\xA9: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"a bracket in a name", post + "X(: a\r\n\r\n", "MALFORMED_REQUEST"},
      // Host
      {"no Host", "GET / HTTP/1.1\r\n\r\n", "MALFORMED_REQUEST"},
      {"two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"two Hosts in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n",
       "MALFORMED_REQUEST"},
      {"a list of Hosts", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", "MALFORMED_REQUEST"},
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
      {"no authority", "GET http:///a HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"a user in the target", "GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"a dot segment", "GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"an escaped dot segment", "GET /%2e%2e/b HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"a bad escape", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"a bad escape in the query", "GET /?a=%z HTTP/1.1\r\nHost: a\r\n\r\n", "MALFORMED_REQUEST"},
      {"CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", "UNIMPLEMENTED"},
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
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.rule) {
      for (size_t step : {row.bytes.size(), size_t{1}, size_t{7}}) {
        CAPTURE(step);
        Outcome outcome = Feed(row.bytes, step);
        CHECK(outcome.refusal == row.refusal);
        CHECK(outcome.requests.empty());
      }
    }
  }
}

TEST_CASE("sound requests are read, however the bytes arrive") {
  const std::string bytes =
      "POST /v1/a%2Fb?q=x+y HTTP/1.1\r\nHost: a:80\r\nX-One:  1 \t\r\nContent-Length: 3\r\n\r\nabc"
      "POST / HTTP/1.1\r\nhost: [::1]:80\r\nTransfer-Encoding: CHUNKED\r\n\r\n"
      "1\r\nx\r\n0000A\r\n0123456789\r\n0\r\n\r\n"
      "GET http://b/c?d HTTP/1.1\r\nHost: a\r\n\r\n"
      "GET http://b?d=1 HTTP/1.1\r\nHost: a\r\n\r\n"
      "OPTIONS * HTTP/1.1\r\nHost:\r\n\r\n"
      "GET / HTTP/1.0\r\n\r\n"
      "DELETE / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
  for (size_t step : {bytes.size(), size_t{1}, size_t{2}, size_t{3}, size_t{17}}) {
    CAPTURE(step);
    Outcome outcome = Feed(bytes, step);
    REQUIRE(outcome.refusal == "");
    REQUIRE(outcome.requests.size() == 7);
    CHECK(outcome.whole);
    const auto& requests = outcome.requests;
    CHECK(requests[0].segments == std::vector<std::string>{"v1", "a/b"});
    CHECK(requests[0].path == "/v1/a%2Fb");
    CHECK(requests[0].query == "q=x+y");
    CHECK(requests[0].parameters[0].value == "x y");
    CHECK(*FindHeader(requests[0].headers, "x-one") == "1");
    CHECK(requests[0].body == "abc");
    CHECK(requests[1].body == "x0123456789");
    CHECK(requests[2].path == "/c");
    CHECK(requests[3].path == "/");
    CHECK(requests[3].query == "d=1");
    CHECK(requests[4].path == "*");
    CHECK(requests[6].method == "DELETE");
  }
}

TEST_CASE("a body at its limit is read") {
  std::string body(kBodyMax, 'x');
  auto outcome =
      Feed("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n" + body, 1'000);
  REQUIRE(outcome.requests.size() == 1);
  CHECK(outcome.requests[0].body == body);
  outcome = Feed("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n" + body +
                     "\r\n0\r\n\r\n",
                 1'000);
  REQUIRE(outcome.requests.size() == 1);
  CHECK(outcome.requests[0].body == body);
}

TEST_CASE("damaged bytes give the same outcome however they arrive") {
  CHECK(rc::check("any cut, any damage", [] {
    std::string bytes =
        "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"
        "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\nHost: a\r\n\r\n";
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
      bytes[*rc::gen::inRange<size_t>(0, bytes.size())] =
          *rc::gen::element('\r', '\n', ' ', ':', '0', '9', 'a', '\0', '\t', ';', ',');
    }
    Outcome whole = Feed(bytes, bytes.size());
    Outcome cut = Feed(bytes, *rc::gen::inRange<size_t>(1, 20));
    RC_ASSERT(whole.requests.size() == cut.requests.size());
    RC_ASSERT(whole.refusal == cut.refusal);
    for (size_t i = 0; i < whole.requests.size(); ++i) {
      RC_ASSERT(whole.requests[i].path == cut.requests[i].path);
      RC_ASSERT(whole.requests[i].body == cut.requests[i].body);
    }
  }));
}

}  // namespace
}  // namespace continuo::http
