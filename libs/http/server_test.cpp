#include "libs/http/server.h"

#include <fcntl.h>
#include <sys/resource.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
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
      {"UNIMPLEMENTED", 501, "POST /" + host + "Transfer-Encoding: gzip\r\n\r\n"},
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

TEST_CASE("an answer never reaches the client that got the descriptor next") {
  Pool pool(3);
  auto server = Start({.threads = 2, .handler = [&](Request request, Responder responder) {
    auto shared = std::make_shared<Responder>(std::move(responder));
    pool.Post([path = request.path, shared] {
      if (path.ends_with("s")) {
        shared->Begin({});
        for (int i = 0; i < 8; ++i) shared->Write(path + ",");
        shared->End();
      } else {
        shared->Send({.body = path + std::string(20'000, '.')});
      }
    });
  }});
  std::atomic<int> foreign = 0;
  std::atomic<int> answered = 0;
  auto run = [&](int thread) {
    for (int i = 0; i < 1'500; ++i) {
      bool streams = i % 3 == 0;
      std::string path = "/" + std::to_string(thread) + "-" + std::to_string(i) + (streams ? "s" : "");
      RawClient client(server->Port());
      client.Send(Get(path));
      if (i % 2 == 0) {  // leaves before, or in the middle of, its answer
        if (i % 4 == 0) client.Reset();
        continue;
      }
      RawResponse response = client.ReadResponse();
      if (response.status == 200) ++answered;
      if (response.body.substr(0, path.size()) != path) ++foreign;
    }
  };
  std::vector<std::thread> clients;
  for (int thread = 0; thread < 4; ++thread) clients.emplace_back(run, thread);
  for (std::thread& client : clients) client.join();
  CHECK(foreign == 0);
  CHECK(answered == 4 * 750);
}

TEST_CASE("deadlines") {
  Parked parked;
  Limits limits;
  limits.head = limits.body = limits.idle = limits.handler = limits.stall = milliseconds(100);
  limits.linger = milliseconds(50);
  auto server = Start({.limits = limits, .handler = std::ref(parked)});
  RawClient client(server->Port());
  SECTION("nothing at all is closed without a word") { CHECK(client.AtEnd()); }
  SECTION("half a head is 408") {
    client.Send("GET / HTTP/1.1\r\nHo");
    CHECK(client.ReadResponse().status == 408);
    CHECK(client.AtEnd());
  }
  SECTION("half a body is 408") {
    client.Send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
    CHECK(client.ReadResponse().status == 408);
    CHECK(client.AtEnd());
  }
  SECTION("no answer is 504, and a late one goes nowhere") {
    client.Send(kGet);
    auto [request, responder] = parked.Take();
    RawResponse response = client.ReadResponse();
    CHECK(response.status == 504);
    CHECK(response.Header("retry-after") == "1");
    responder.Send({.body = "late"});
    CHECK(client.AtEnd());
  }
  SECTION("a stream without its next piece is cut off") {
    client.Send(kGet);
    auto [request, responder] = parked.Take();
    responder.Begin({.body = "first"});
    CHECK(client.ReadResponse().status == 0);
    CHECK_FALSE(responder.Alive());
  }
  SECTION("a quiet connection is closed after its answer") {
    client.Send(kGet);
    auto [request, responder] = parked.Take();
    responder.Send({.body = "x"});
    CHECK(client.ReadResponse().status == 200);
    CHECK(client.AtEnd());
  }
  SECTION("a client that takes nothing is closed") {
    RawClient slow(server->Port(), 4'096);
    slow.Send(kGet);
    auto [request, responder] = parked.Take();
    responder.Send({.body = std::string(50'000'000, 'x')});
    while (server->Connections() > 0) std::this_thread::yield();
    CHECK(slow.ReadAll().size() < 50'000'000);
  }
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
  SECTION("memory") {
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
