// The edge over a real socket: each refused request is answered with its status and a closed connection,
// and what follows it on the connection is never taken for a request.
#include <atomic>
#include <map>
#include <mutex>

#include "libs/http/raw_client.h"
#include "libs/http/refused_requests.h"
#include "libs/http/server.h"
#include "libs/testing/catch/catch.h"
#include "libs/testing/catch/contains_substring.h"

namespace continuo::http {
namespace {

// Remembers what was executed.
class Log {
 public:
  void operator()(Request request, Responder responder) {
    {
      std::lock_guard lock(mutex_);
      executed_.push_back(request.method + " " + request.path + " " + request.body);
    }
    responder.Send({.body = request.path});
  }
  std::vector<std::string> Take() {
    std::lock_guard lock(mutex_);
    return std::exchange(executed_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> executed_;
};

std::unique_ptr<Server> Start(Log& log) {
  ServerOptions options{.addresses = {"127.0.0.1"}, .handler = std::ref(log)};
  options.limits.body_bytes = kRefusedBodyBytes;
  auto server = Server::Start(std::move(options));
  REQUIRE(server.has_value());
  return std::move(*server);
}

int StatusOf(std::string_view code) {
  static const std::map<std::string_view, int> statuses = {
      {"MALFORMED_REQUEST", 400},   {"BODY_TOO_LARGE", 413}, {"URI_TOO_LONG", 414},
      {"EXPECTATION_FAILED", 417},  {"HEADERS_TOO_LARGE", 431}, {"UNIMPLEMENTED", 501},
      {"HTTP_VERSION_NOT_SUPPORTED", 505}};
  return statuses.at(code);
}

TEST_CASE("a refused request is answered once, the connection closes, nothing smuggled is executed") {
  Log log;
  auto server = Start(log);
  const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
  for (const RefusedRequest& row : RefusedRequests()) {
    DYNAMIC_SECTION(row.rule) {
      RawClient client(server->Port());
      client.Send("GET /before HTTP/1.1\r\nHost: a\r\n\r\n" + row.bytes);
      CHECK(client.ReadResponse().body == "/before");
      client.Send(smuggled + smuggled);
      RawResponse response = client.ReadResponse();
      CHECK(response.status == StatusOf(row.code));
      CHECK(response.Header("connection") == "close");
      CHECK(response.Header("content-type") == "application/problem+json");
      CHECK_THAT(response.body, testing::ContainsSubstring("\"code\":\"" + std::string(row.code)));
      CHECK(client.AtEnd());
      CHECK(log.Take() == std::vector<std::string>{"GET /before "});
    }
  }
}

TEST_CASE("what looks like a request inside a body is body") {
  Log log;
  auto server = Start(log);
  const std::string inner = "GET /inner HTTP/1.1\r\nHost: a\r\n\r\n";
  char size[8];
  std::snprintf(size, sizeof size, "%zx", inner.size());
  RawClient client(server->Port());
  client.Send("POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(inner.size()) +
              "\r\n\r\n" + inner +
              "POST /chunks HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + size +
              "\r\n" + inner + "\r\n0\r\n\r\nGET /after HTTP/1.1\r\nHost: a\r\n\r\n");
  for (const char* path : {"/length", "/chunks", "/after"}) CHECK(client.ReadResponse().body == path);
  CHECK(log.Take() ==
        std::vector<std::string>{"POST /length " + inner, "POST /chunks " + inner, "GET /after "});
}

TEST_CASE("a body of GET is read as a body, not as the next request") {
  Log log;
  auto server = Start(log);
  RawClient client(server->Port());
  client.Send("GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nGET /"
              "GET /b HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(client.ReadResponse().body == "/a");
  CHECK(client.ReadResponse().body == "/b");
  CHECK(log.Take() == std::vector<std::string>{"GET /a GET /", "GET /b "});
}

TEST_CASE("a path is decoded once, and its slashes and dots stay what they are") {
  std::vector<std::string> segments;
  ServerOptions options{.addresses = {"127.0.0.1"},
                        .handler = [&](Request request, Responder responder) {
                          segments = request.segments;
                          responder.Send({});
                        }};
  auto server = Server::Start(std::move(options));
  REQUIRE(server.has_value());
  struct Row {
    const char* rule;
    const char* path;
    int status;
    std::vector<std::string> segments;
  };
  const Row rows[] = {
      {"an escaped slash belongs to its segment", "/a%2Fb/c", 200, {"a/b", "c"}},
      {"an escaped percent sign is not decoded again", "/%252e%252e", 200, {"%2e%2e"}},
      {"two slashes make an empty segment", "//a", 200, {"", "a"}},
      {"so does one at the end", "/a/", 200, {"a", ""}},
      {"three dots are a name", "/.../a", 200, {"...", "a"}},
      {"a dot segment is refused", "/a/./b", 400, {}},
      {"two dots are refused", "/a/../b", 400, {}},
      {"also escaped", "/a/%2e%2E/b", 400, {}},
      {"also half escaped", "/a/.%2e", 400, {}},
      {"an escaped NUL is refused", "/a%00", 400, {}},
      {"bytes that are no UTF-8 are refused", "/%FF", 400, {}},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.rule) {
      segments.clear();
      RawClient client((*server)->Port());
      client.Send("GET " + std::string(row.path) + " HTTP/1.1\r\nHost: a\r\n\r\n");
      CHECK(client.ReadResponse().status == row.status);
      CHECK(segments == row.segments);
    }
  }
}

}  // namespace
}  // namespace continuo::http
