#include "libs/http/request_parser.h"

#include <rapidcheck.h>

#include "libs/http/refused_requests.h"
#include "libs/testing/catch/catch.h"

namespace continuo::http {
namespace {

struct Outcome {
  std::string refusal;  // empty: the requests were read
  std::vector<Request> requests;
  bool whole = true;  // nothing is left over
};

constexpr size_t kBodyMax = kRefusedBodyBytes;

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
  for (const RefusedRequest& row : RefusedRequests()) {
    DYNAMIC_SECTION(row.rule) {
      for (size_t step : {row.bytes.size(), size_t{1}, size_t{7}}) {
        CAPTURE(step);
        Outcome outcome = Feed(row.bytes, step);
        CHECK(outcome.refusal == row.code);
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
      "GET /c?d=1 HTTP/1.1\r\nHost: a.example:8080\r\nTransfer-Encoding: \tchunked \r\n\r\n0\r\n\r\n"
      "OPTIONS * HTTP/1.1\r\nHost:\r\n\r\n"
      "GET / HTTP/1.0\r\n\r\n"
      "DELETE / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
  for (size_t step : {bytes.size(), size_t{1}, size_t{2}, size_t{3}, size_t{17}}) {
    CAPTURE(step);
    Outcome outcome = Feed(bytes, step);
    REQUIRE(outcome.refusal == "");
    REQUIRE(outcome.requests.size() == 6);
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
    CHECK(requests[2].query == "d=1");
    CHECK(requests[3].path == "*");
    CHECK(requests[5].method == "DELETE");
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

TEST_CASE("a request line at its limit is read, and one beyond it is not, however the bytes arrive") {
  const Limits limits{.request_line_bytes = 100};
  const auto request = [](size_t line) {
    const std::string frame = "GET / HTTP/1.1";
    return "GET /" + std::string(line - frame.size(), 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n";
  };
  for (size_t step : {size_t{200}, size_t{1}, size_t{101}}) {
    CAPTURE(step);
    CHECK(Feed(request(100), step, limits).refusal == "");
    CHECK(Feed(request(101), step, limits).refusal == "URI_TOO_LONG");
  }
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
