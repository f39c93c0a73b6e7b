// The least that an answer over the edge can cost: libs/http with a handler that says hello.
//
//   continuo_bench_http_hello THREADS     prints its port, serves until its input ends
#include <cstdio>
#include <cstdlib>

#include "libs/http/server.h"

namespace http = continuo::http;

int main(int argc, char** argv) {
  const size_t threads = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 2;
  auto server = http::Server::Start(
      {.addresses = {"127.0.0.1"},
       .threads = threads,
       .handler = [](http::Request, http::Responder responder) {
         responder.Send({.status = 200,
                         .headers = {{"Content-Type", "application/json"}},
                         .body = R"({"hello":"world"})"});
       }});
  if (!server) {
    std::fprintf(stderr, "%s\n", server.error().message.c_str());
    return 1;
  }
  std::printf("%d\n", (*server)->Port());
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  return 0;
}
