#include "libs/http/server.h"

#include <fcntl.h>
#include <sys/resource.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <iterator>
#include <mutex>
#include <random>
#include <thread>

#include "libs/http/raw_client.h"
#include "libs/testing/catch/catch.h"
#include "libs/testing/catch/contains_substring.h"

namespace continuo::http {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

std::string Get(std::string_view path) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n\r\n";
}

std::string Post(std::string_view body) {
  return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + std::string(body);
}

// Answers with the path and the body.
void Echo(Request request, Responder responder) {
  responder.Send({.status = 200,
                  .headers = {{"content-type", "text/plain"}},
                  .body = request.path + " " + request.body});
}

std::unique_ptr<Server> Start(ServerOptions options) {
  if (!options.handler) options.handler = Echo;
  options.addresses = {"127.0.0.1"};
  auto server = Server::Start(std::move(options));
  REQUIRE(server.has_value());
  return std::move(*server);
}

// Responders that a test answers when it wants to.
class Parked {
 public:
  void operator()(Request request, Responder responder) {
    std::lock_guard lock(mutex_);
    waiting_.emplace_back(std::move(request), std::move(responder));
    arrived_.notify_all();
  }
  std::pair<Request, Responder> Take() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [&] { return !waiting_.empty(); });
    auto first = std::move(waiting_.front());
    waiting_.pop_front();
    return first;
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::pair<Request, Responder>> waiting_;
};

// Threads that take work, as a pool of handlers does.
class Pool {
 public:
  explicit Pool(int threads) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Run(); });
  }
  ~Pool() {
    {
      std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }
  void Post(std::function<void()> work) {
    {
      std::lock_guard lock(mutex_);
      work_.push_back(std::move(work));
    }
    changed_.notify_one();
  }

 private:
  void Run() {
    for (;;) {
      std::function<void()> work;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return stopping_ || !work_.empty(); });
        if (work_.empty()) return;
        work = std::move(work_.front());
        work_.pop_front();
      }
      work();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> work_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

TEST_CASE("a request is answered, and the connection stays open") {
  auto server = Start({});
  RawClient client(server->Port());
  for (int i = 0; i < 3; ++i) {
    client.Send(Post("hello"));
    RawResponse response = client.ReadResponse();
    CHECK(response.status == 200);
    CHECK(response.body == "/ hello");
    CHECK(response.Header("content-length") == "7");
    CHECK(response.Header("content-type") == "text/plain");
    CHECK(response.Header("date").ends_with(" GMT"));
    CHECK(response.Header("connection").empty());
  }
}

TEST_CASE("it listens on IPv4 and IPv6 on one port") {
  auto server = Server::Start({.addresses = {"127.0.0.1", "::1"}, .handler = Echo});
  if (!server) SUCCEED("no IPv6 here: " << server.error().message);
  if (server) {
    int fd = ::socket(AF_INET6, SOCK_STREAM, 0);
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons((*server)->Port());
    address.sin6_addr = in6addr_loopback;
    CHECK(::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    ::close(fd);
    CHECK(RawClient((*server)->Port()).connected());
  }
}

TEST_CASE("an address that is taken or no address is a fault") {
  auto server = Start({});
  auto second = Server::Start(
      {.addresses = {"127.0.0.1"}, .port = server->Port(), .handler = Echo});
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().reason == "CANNOT_LISTEN");
  CHECK_FALSE(Server::Start({.addresses = {"localhost"}, .handler = Echo}).has_value());
}

TEST_CASE("pipelined requests are answered in their order") {
  Pool pool(4);
  auto server = Start({.threads = 2, .handler = [&](Request request, Responder responder) {
                         auto shared = std::make_shared<Responder>(std::move(responder));
                         pool.Post([path = request.path, shared] {
                           shared->Send({.body = path});
                         });
                       }});
  RawClient client(server->Port());
  std::string bytes;
  for (int i = 0; i < 500; ++i) bytes += Get("/" + std::to_string(i));
  std::thread sender([&] { client.Send(bytes); });
  for (int i = 0; i < 500; ++i) {
    RawResponse response = client.ReadResponse();
    REQUIRE(response.body == "/" + std::to_string(i));
  }
  sender.join();
}

TEST_CASE("a client may close its side and still gets its answers") {
  auto server = Start({});
  RawClient client(server->Port());
  client.Send(Get("/1") + Get("/2") + "GET /3 HTT");
  client.EndInput();
  CHECK(client.ReadResponse().body == "/1 ");
  CHECK(client.ReadResponse().body == "/2 ");
  CHECK(client.AtEnd());
}

TEST_CASE("the end of a connection is announced") {
  auto server = Start({});
  struct Row {
    const char* rule;
    const char* request;
    const char* connection;
    bool stays;
  };
  const Row rows[] = {
      {"1.1", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "", true},
      {"1.1, close", "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "close", false},
      {"1.1, close in a list", "GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n", "close",
       false},
      {"1.1, a word that contains close",
       "GET / HTTP/1.1\r\nHost: a\r\nConnection: closely\r\n\r\n", "", true},
      {"1.0", "GET / HTTP/1.0\r\n\r\n", "close", false},
      {"1.0, keep-alive", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "keep-alive", true},
      {"1.0, both", "GET / HTTP/1.0\r\nConnection: close, keep-alive\r\n\r\n", "close", false},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.rule) {
      RawClient client(server->Port());
      client.Send(row.request);
      RawResponse response = client.ReadResponse();
      CHECK(response.status == 200);
      CHECK(response.Header("connection") == row.connection);
      if (row.stays) {
        client.Send(kGet);
        CHECK(client.ReadResponse().status == 200);
      } else {
        CHECK(client.AtEnd());
      }
    }
  }
}

TEST_CASE("bodiless answers have no body") {
  auto server = Start({.handler = [](Request request, Responder responder) {
    int status = request.path == "/204" ? 204 : request.path == "/304" ? 304 : 200;
    responder.Send({.status = status, .body = "body"});
  }});
  RawClient client(server->Port());
  client.Send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + Get("/204") + Get("/304") + Get("/"));
  RawResponse head = client.ReadResponse(true);
  CHECK(head.status == 200);
  CHECK(head.Header("content-length") == "4");
  CHECK(client.ReadResponse().status == 204);
  CHECK(client.ReadResponse().status == 304);
  CHECK(client.ReadResponse().body == "body");
}

TEST_CASE("a header of an answer cannot smuggle another") {
  auto server = Start({.handler = [](Request, Responder responder) {
    responder.Send({.headers = {{"x-name", "a\r\nX-Evil: b\r\n\r\nbody"}}});
  }});
  RawClient client(server->Port());
  client.Send(kGet);
  CHECK(client.ReadResponse().Header("x-evil").empty());
}

TEST_CASE("what the edge refuses, it refuses with a problem and closes") {
  auto server = Start({.body_limit = [](std::string_view, std::string_view path) {
    return path == "/import" ? size_t{1000} : size_t{10};
  }});
  const std::string host = " HTTP/1.1\r\nHost: a\r\n";
  struct Row {
    const char* code;
    int status;
    std::string request;
  };
  const Row rows[] = {
      {"MALFORMED_REQUEST", 400, "nonsense\r\n\r\n"},
      {"MALFORMED_REQUEST", 400, "GET /%zz" + host + "\r\n"},
      {"BODY_TOO_LARGE", 413, "POST /" + host + "Content-Length: 11\r\n\r\n"},
      {"BODY_TOO_LARGE", 413, "POST /" + host + "Expect: 100-continue\r\nContent-Length: 11\r\n\r\n"},
      {"BODY_TOO_LARGE", 413, "POST /import" + host + "Content-Length: 1001\r\n\r\n"},
      {"BODY_TOO_LARGE", 413, "POST /" + host + "Transfer-Encoding: chunked\r\n\r\nb\r\n"},
      {"URI_TOO_LONG", 414, "GET /" + std::string(9000, 'a')},
      {"EXPECTATION_FAILED", 417, "POST /" + host + "Expect: tea\r\n\r\n"},
      {"HEADERS_TOO_LARGE", 431, "GET /" + host + "X: " + std::string(20'000, 'a')},
      {"UNIMPLEMENTED", 501, "BREW /" + host + "\r\n"},
      {"UNIMPLEMENTED", 501, "POST /" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n"},
      {"HTTP_VERSION_NOT_SUPPORTED", 505, "GET / HTTP/2.0\r\n\r\n"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.code << " " << row.request.substr(0, 40)) {
      RawClient client(server->Port());
      client.Send(row.request + std::string(100'000, 'x'));  // it reads on, so no reset
      RawResponse response = client.ReadResponse();
      CHECK(response.status == row.status);
      CHECK(response.Header("content-type") == "application/problem+json");
      CHECK(response.Header("connection") == "close");
      for (const std::string& member :
           {"\"code\":\"" + std::string(row.code) + "\"",
            "\"status\":" + std::to_string(row.status),
            "\"request_id\":\"" + response.Header("x-request-id") + "\""}) {
        CHECK_THAT(response.body, testing::ContainsSubstring(member));
      }
      CHECK(client.AtEnd());
    }
  }
  SECTION("a body within the limit of its route") {
    RawClient client(server->Port());
    client.Send("POST /import" + host + "Content-Length: 1000\r\n\r\n" + std::string(1000, 'x'));
    CHECK(client.ReadResponse().status == 200);
  }
}

TEST_CASE("a client that waits for 100 Continue gets it") {
  auto server = Start({});
  RawClient client(server->Port());
  client.Send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  CHECK(client.ReadResponse().status == 100);
  client.Send("ok");
  CHECK(client.ReadResponse().body == "/ ok");
  SECTION("but not when the body is there, or there is none") {
    client.Send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nok");
    CHECK(client.ReadResponse().status == 200);
    client.Send("GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n");
    CHECK(client.ReadResponse().status == 200);
  }
}

TEST_CASE("a handler that throws or forgets to answer is a 500 that says nothing") {
  auto server = Start({.handler = [](Request request, Responder responder) {
    if (request.path == "/throw") throw std::runtime_error("secret");
    if (request.path == "/odd") throw 42;
    if (request.path == "/end") responder.End();
  }});
  for (const char* path : {"/throw", "/odd", "/forget", "/end"}) {
    CAPTURE(path);
    RawClient client(server->Port());
    client.Send(Get(path));
    RawResponse response = client.ReadResponse();
    CHECK(response.status == 500);
    CHECK_THAT(response.body, !testing::ContainsSubstring("secret"));
    CHECK_THAT(response.body, testing::ContainsSubstring("INTERNAL"));
  }
}

TEST_CASE("a stream arrives whole") {
  Pool pool(2);
  auto server = Start({.handler = [&](Request request, Responder responder) {
    auto shared = std::make_shared<Responder>(std::move(responder));
    pool.Post([path = request.path, shared] {
      shared->Begin({.status = 200, .body = "first,"});
      for (int i = 0; i < 1'000; ++i) {
        if (!shared->Write(std::string(1'000, static_cast<char>('a' + i % 26)))) return;
      }
      if (path != "/abandon") shared->End();
    });
  }});
  const size_t whole = 6 + 1'000'000;
  SECTION("in chunks, and the connection stays open") {
    RawClient client(server->Port());
    for (int i = 0; i < 2; ++i) {
      client.Send(kGet);
      RawResponse response = client.ReadResponse();
      CHECK(response.Header("transfer-encoding") == "chunked");
      CHECK(response.body.size() == whole);
      CHECK(response.body.substr(0, 7) == "first,a");
    }
  }
  SECTION("until the end of the connection in HTTP/1.0") {
    RawClient client(server->Port());
    client.Send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    RawResponse response = client.ReadResponse();
    CHECK(response.Header("transfer-encoding").empty());
    CHECK(response.Header("connection") == "close");
    CHECK(response.body.size() == whole);
  }
  SECTION("without its body for HEAD") {
    RawClient client(server->Port());
    client.Send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(client.ReadResponse(true).status == 200);
    client.Send(kGet);
    CHECK(client.ReadResponse().body.size() == whole);
  }
  SECTION("or visibly not, when it is abandoned") {
    RawClient client(server->Port());
    client.Send(Get("/abandon"));
    CHECK(client.ReadResponse().status == 0);
  }
}

TEST_CASE("a handler is never further ahead of its client than the limit") {
  Parked parked;
  Limits limits;
  limits.unsent_bytes = 10'000;
  auto server = Start({.limits = limits, .handler = std::ref(parked)});
  RawClient client(server->Port(), 4'096);
  client.Send(kGet);
  auto [request, responder] = parked.Take();
  responder.Begin({});
  // More than the kernel takes for a client that reads nothing, in pieces beside the limit.
  std::mutex mutex;
  std::condition_variable changed;
  size_t answered = 0;
  size_t written = 0;
  auto ready = [&](bool alive) {
    std::lock_guard lock(mutex);
    if (alive) ++answered;
    changed.notify_all();
  };
  std::thread reader;
  constexpr size_t kPieces = 1'000;
  while (written < kPieces) {
    responder.Write(std::string(20'000, 'x'), ready);
    ++written;
    std::unique_lock lock(mutex);
    // Not one piece goes out beyond the limit: the answer to the last may be pending.
    if (answered < written && !reader.joinable()) {
      reader = std::thread([&] { client.ReadResponse(); });
    }
    changed.wait(lock, [&] { return answered == written; });
  }
  responder.End();
  REQUIRE(reader.joinable());  // it was held back at least once
  reader.join();
}

TEST_CASE("a writer that waits is woken when its client leaves") {
  Parked parked;
  Limits limits;
  limits.unsent_bytes = 10'000;
  auto server = Start({.limits = limits, .handler = std::ref(parked)});
  RawClient client(server->Port(), 4'096);
  client.Send(kGet);
  auto [request, responder] = parked.Take();
  responder.Begin({});
  std::thread writer([&, responder = &responder] {
    while (responder->Write(std::string(20'000, 'x'))) {
    }
  });
  client.Receive();
  client.Reset();
  writer.join();
  CHECK_FALSE(responder.Alive());
}

// Under a sanitizer each check takes ten times as long.
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr int kForeignChecks = 20'000;
#else
constexpr int kForeignChecks = 200'000;
#endif

TEST_CASE("an answer never reaches the client that got the descriptor next") {
  Pool pool(3);
  auto server = Start({.threads = 2, .handler = [&](Request request, Responder responder) {
    auto shared = std::make_shared<Responder>(std::move(responder));
    pool.Post([path = request.path, shared] {
      if (path.ends_with("s")) {
        shared->Begin({});
        for (int i = 0; i < 8; ++i) shared->Write(path + ",");
        shared->End();
      } else if (path.ends_with("d")) {
        shared->SendAfter(milliseconds(1), {.body = path + std::string(100, '.')});
      } else {
        shared->Send({.body = path + std::string(path.ends_with("b") ? 20'000 : 10, '.')});
      }
    });
  }});
  std::atomic<int> foreign = 0;
  std::atomic<int> checks = 0;
  // Each connection asks some questions at once, checks some of the answers, and leaves with the rest
  // on their way: by a reset, or in good order.
  auto run = [&](int thread) {
    std::minstd_rand random(static_cast<unsigned>(thread) + 1);
    auto below = [&](unsigned n) { return random() % n; };
    for (int visit = 0; checks < kForeignChecks; ++visit) {
      RawClient client(server->Port());
      std::vector<std::string> paths;
      std::string bytes;
      for (unsigned i = 0, n = 1 + below(24); i < n; ++i) {
        constexpr const char* kKinds[] = {"s", "d", "b", "", "", "", "", "", "", "", "", ""};
        paths.push_back("/" + std::to_string(thread) + "-" + std::to_string(visit) + "-" +
                        std::to_string(i) + "x" + kKinds[below(std::size(kKinds))]);
        bytes += Get(paths.back());
      }
      client.Send(bytes);
      const size_t read = below(4) == 0 ? below(static_cast<unsigned>(paths.size())) : paths.size();
      for (size_t i = 0; i < read; ++i) {
        if (client.ReadResponse().body.substr(0, paths[i].size()) != paths[i]) ++foreign;
        ++checks;
      }
      if (below(2) == 0) client.Reset();
    }
  };
  std::vector<std::thread> clients;
  for (int thread = 0; thread < 4; ++thread) clients.emplace_back(run, thread);
  for (std::thread& client : clients) client.join();
  CHECK(foreign == 0);
  CHECK(checks >= kForeignChecks);
}

// Every deadline is far away but the one that a test looks at.
Limits Patient() {
  Limits limits;
  limits.head = limits.body = limits.idle = limits.handler = limits.stall = std::chrono::hours(1);
  return limits;
}

TEST_CASE("deadlines, each alone") {
  constexpr milliseconds kSoon{100};
  Parked parked;
  Limits limits = Patient();
  auto start = [&] { return Start({.limits = limits, .handler = std::ref(parked)}); };
  SECTION("head: a connection that says nothing is closed without a word") {
    limits.head = kSoon;
    auto server = start();
    CHECK(RawClient(server->Port()).AtEnd());
  }
  SECTION("head: what does not end is 408, however steadily it comes") {
    limits.head = kSoon;
    auto server = start();
    RawClient client(server->Port());
    client.Send("GET / HTTP/1.1\r\nX: ");
    std::atomic<bool> answered = false;
    std::thread sender([&] {
      while (!answered && client.Send("x")) std::this_thread::sleep_for(milliseconds(5));
    });
    CHECK(client.ReadResponse().status == 408);
    answered = true;
    sender.join();
    CHECK(client.AtEnd());
  }
  SECTION("body: half of one is 408") {
    limits.body = kSoon;
    auto server = start();
    RawClient client(server->Port());
    client.Send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
    CHECK(client.ReadResponse().status == 408);
    CHECK(client.AtEnd());
  }
  SECTION("body: a last chunk without its empty line is 408") {
    limits.body = kSoon;
    auto server = start();
    RawClient client(server->Port());
    client.Send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n");
    CHECK(client.ReadResponse().status == 408);
    CHECK(client.AtEnd());
  }
  SECTION("handler: no answer is 504, and a late one goes nowhere") {
    limits.handler = kSoon;
    auto server = start();
    RawClient client(server->Port());
    client.Send(kGet);
    auto [request, responder] = parked.Take();
    RawResponse response = client.ReadResponse();
    CHECK(response.status == 504);
    CHECK(response.Header("retry-after") == "1");
    responder.Send({.body = "late"});
    CHECK(client.AtEnd());
  }
  SECTION("handler: a stream without its next piece is cut off") {
    limits.handler = kSoon;
    auto server = start();
    RawClient client(server->Port());
    client.Send(kGet);
    auto [request, responder] = parked.Take();
    responder.Begin({.body = "first"});
    CHECK(client.ReadResponse().status == 0);
    CHECK_FALSE(responder.Alive());
  }
  SECTION("idle: a quiet connection is closed after its answer") {
    limits.idle = kSoon;
    auto server = start();
    RawClient client(server->Port());
    client.Send(kGet);
    auto [request, responder] = parked.Take();
    responder.Send({.body = "x"});
    CHECK(client.ReadResponse().status == 200);
    CHECK(client.AtEnd());
  }
  SECTION("stall: a client that takes nothing is closed") {
    limits.stall = kSoon;
    auto server = start();
    RawClient slow(server->Port(), 4'096);
    slow.Send(kGet);
    auto [request, responder] = parked.Take();
    responder.Send({.body = std::string(50'000'000, 'x')});
    while (server->Connections() > 0) std::this_thread::yield();
    CHECK(slow.ReadAll().size() < 50'000'000);
  }
}

TEST_CASE("a delayed answer waits for its time, and its request holds no place meanwhile") {
  Limits limits;
  limits.requests = 1;
  std::atomic<int> handled = 0;
  auto server = Start({.limits = limits, .handler = [&](Request request, Responder responder) {
    const milliseconds delay(request.path == "/hour" ? 3'600'000 : request.path == "/soon" ? 100 : 0);
    responder.SendAfter(delay, {.status = 429, .body = request.path});
    ++handled;
  }});
  RawClient hour(server->Port());
  hour.Send(Get("/hour"));
  while (handled == 0) std::this_thread::yield();
  const auto began = std::chrono::steady_clock::now();
  std::string body;
  for (int i = 0; i < 1'000 && body != "/soon"; ++i) {  // 503 until the delay has reached the I/O thread
    RawClient soon(server->Port());
    soon.Send(Get("/soon") + Get("/next"));
    body = soon.ReadResponse().body;
    if (body == "/soon") CHECK(soon.ReadResponse().body == "/next");
  }
  CHECK(body == "/soon");
  CHECK(std::chrono::steady_clock::now() - began >= milliseconds(100));
  hour.Reset();
  while (server->Connections() > 0) std::this_thread::yield();
}

TEST_CASE("slow clients cost connections, not the thread") {
  auto server = Start({.threads = 1, .handler = [](Request request, Responder responder) {
    responder.Send({.body = request.path == "/much" ? std::string(2'000'000, 'x') : "quick"});
  }});
  std::vector<RawClient> slow;
  for (int i = 0; i < 50; ++i) {
    slow.emplace_back(server->Port(), 4'096);
    slow.back().Send(Get("/much"));
    slow.emplace_back(server->Port());
    slow.back().Send("GET / HT");
    slow.emplace_back(server->Port());
    slow.back().Send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nhalf");
  }
  RawClient quick(server->Port());
  for (int i = 0; i < 100; ++i) {
    quick.Send(kGet);
    REQUIRE(quick.ReadResponse().body == "quick");
  }
  CHECK(server->Connections() == 151);
}

TEST_CASE("an honest client on a slow link is not cut off") {
  Limits limits;
  limits.body = milliseconds(100);
  limits.body_bytes_per_second = 1;
  auto server = Start({.limits = limits});
  RawClient client(server->Port());
  client.Send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n");
  for (int i = 0; i < 10; ++i) {
    // Each byte earns a second, and comes long before it is over.
    client.Send("x");
    std::this_thread::yield();
  }
  CHECK(client.ReadResponse().status == 200);
}

TEST_CASE("beyond its limits it answers 503 and goes on") {
  Parked parked;
  Limits limits;
  limits.connections = 3;
  limits.requests = 2;
  SECTION("connections") {
    auto server = Start({.limits = limits});
    std::vector<RawClient> clients;
    for (int i = 0; i < 3; ++i) {
      clients.emplace_back(server->Port());
      clients.back().Send(kGet);
      CHECK(clients.back().ReadResponse().status == 200);
    }
    RawClient refused(server->Port());
    RawResponse response = refused.ReadResponse();
    CHECK(response.status == 503);
    CHECK(response.Header("retry-after") == "1");
    clients.pop_back();
    while (server->Connections() > 2) std::this_thread::yield();
    RawClient admitted(server->Port());
    admitted.Send(kGet);
    CHECK(admitted.ReadResponse().status == 200);
  }
  SECTION("requests in handlers") {
    auto server = Start({.limits = limits, .handler = std::ref(parked)});
    RawClient one(server->Port());
    RawClient two(server->Port());
    one.Send(kGet);
    auto first = parked.Take();
    two.Send(kGet);
    auto second = parked.Take();
    RawClient three(server->Port());
    three.Send(kGet);
    CHECK(three.ReadResponse().status == 503);
    first.second.Send({});
    second.second.Send({});
    CHECK(one.ReadResponse().status == 200);
    CHECK(two.ReadResponse().status == 200);
  }
  SECTION("memory of one") {
    limits.memory_bytes = 100'000;
    auto server = Start({.limits = limits});
    RawClient client(server->Port());
    client.Send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
    client.Send(std::string(500'000, 'x'));
    CHECK(client.ReadResponse().status == 503);
    RawClient other(server->Port());
    other.Send(kGet);
    CHECK(other.ReadResponse().status == 200);
  }
}

TEST_CASE("bodies of all connections together stay within the memory, and shedding says so") {
  Limits limits = Patient();
  limits.memory_bytes = 4'000'000;
  auto server = Start({.limits = limits});
  constexpr int kClients = 40;
  constexpr size_t kHalf = 500'000;
  std::vector<RawClient> clients;
  for (int i = 0; i < kClients; ++i) {
    clients.emplace_back(server->Port());
    clients.back().Send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" +
                        std::string(kHalf, 'x'));
    // Each has been read as far as it will be, and what it holds is counted.
    RawClient other(server->Port());
    other.Send(kGet);
    const int status = other.ReadResponse().status;
    CHECK((status == 200 || status == 503));
    REQUIRE(server->MemoryBytes() <= limits.memory_bytes + 1'100'000);
  }
  int shed = 0;
  for (RawClient& client : clients) {
    client.Send(std::string(kHalf, 'x'));
    RawResponse response = client.ReadResponse();
    if (response.status == 503) {
      ++shed;
      CHECK(response.Header("retry-after") == "1");
      CHECK(response.Header("connection") == "close");
    } else {
      CHECK(response.status == 200);
    }
  }
  CHECK(shed > kClients / 2);
  CHECK(shed < kClients);
  for (RawClient& client : clients) client.Close();
  while (server->Connections() > 0) std::this_thread::yield();
  CHECK(server->MemoryBytes() == 0);
}

TEST_CASE("out of descriptors it stops accepting, not working") {
  auto server = Start({});
  RawClient open(server->Port());
  open.Send(kGet);
  CHECK(open.ReadResponse().status == 200);
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  // Clients and server share the process: leave room for the clients' descriptors only.
  std::vector<int> clients;
  int lowest = ::dup(0);
  ::close(lowest);
  rlimit few{static_cast<rlim_t>(lowest + 8), before.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &few);
  std::vector<RawClient> waiting;
  for (int i = 0; i < 8; ++i) waiting.emplace_back(server->Port());
  open.Send(kGet);
  CHECK(open.ReadResponse().status == 200);
  ::setrlimit(RLIMIT_NOFILE, &before);
  for (RawClient& client : waiting) {
    if (!client.connected()) continue;
    client.Send(kGet);
    CHECK(client.ReadResponse().status == 200);
  }
}

TEST_CASE("draining lets requests in flight finish, and takes no others") {
  Parked parked;
  auto server = Start({.threads = 2, .handler = std::ref(parked)});
  RawClient idle(server->Port());
  RawClient busy(server->Port());
  busy.Send(kGet);
  auto [request, responder] = parked.Take();
  std::atomic<bool> clean = false;
  std::thread drain([&] { clean = server->Drain(std::chrono::seconds(60)); });
  CHECK(idle.AtEnd());
  CHECK_FALSE(RawClient(server->Port()).connected());
  // The client sees the end a moment before the server has counted the connection out.
  while (server->Connections() > 1) std::this_thread::yield();
  responder.Send({.body = "done"});
  RawResponse response = busy.ReadResponse();
  CHECK(response.body == "done");
  CHECK(response.Header("connection") == "close");
  CHECK(busy.AtEnd());
  busy.Close();
  drain.join();
  CHECK(clean);
}

TEST_CASE("draining gives up at its deadline, and responders outlive the server") {
  Parked parked;
  auto server = Start({.handler = std::ref(parked)});
  RawClient client(server->Port());
  client.Send(kGet);
  auto [request, responder] = parked.Take();
  CHECK_FALSE(server->Drain(milliseconds(1)));
  server.reset();
  CHECK(client.AtEnd());
  CHECK_FALSE(responder.Alive());
  responder.Send({.body = "too late"});
}

TEST_CASE("a storm of resets leaves nothing behind") {
  auto server = Start({.threads = 2});
  for (int i = 0; i < 500; ++i) {
    RawClient client(server->Port());
    client.Send(i % 2 == 0 ? std::string(kGet) : "GET / HT");
    client.Reset();
  }
  RawClient client(server->Port());
  client.Send(kGet);
  CHECK(client.ReadResponse().status == 200);
  client.Close();
  while (server->Connections() > 0) std::this_thread::yield();
}

TEST_CASE("pipelining does not fill the memory for a client that reads nothing") {
  Limits limits;
  limits.unsent_bytes = 100'000;
  std::atomic<int> handled = 0;
  auto server = Start({.limits = limits, .handler = [&](Request, Responder responder) {
    ++handled;
    responder.Send({.body = std::string(1'000'000, 'x')});
  }});
  RawClient client(server->Port(), 4'096);
  std::string bytes;
  for (int i = 0; i < 100; ++i) bytes += kGet;
  client.Send(bytes);
  RawClient other(server->Port());  // by the time of its second answer the first has had its turn
  for (int i = 0; i < 2; ++i) {
    other.Send(kGet);
    CHECK(other.ReadResponse().status == 200);
  }
  CHECK(handled < 20);
  for (int i = 0; i < 100; ++i) REQUIRE(client.ReadResponse().body.size() == 1'000'000);
}

}  // namespace
}  // namespace continuo::http
