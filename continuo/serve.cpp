// `continuo serve`: the process until it is told to end.
#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <memory>

#include "continuo/commands.h"
#include "continuo/services.h"
#include "libs/http/server.h"
#include "libs/postgres/failpoint.h"
#include "libs/runtime/log.h"
#include "libs/runtime/metrics.h"
#include "libs/runtime/process.h"
#include "services/gateway/gateway.h"

namespace continuo {
namespace {

// What a supervisor gives a process to end in is 10 s at least: 4 for requests in flight, the rest
// for jobs and leases.
constexpr std::chrono::seconds kDrain{4};

http::Response Plain(int status, std::string body) {
  return {.status = status,
          .headers = {{"Content-Type", "text/plain; charset=utf-8"}},
          .body = std::move(body)};
}

// Health never looks at dependencies: a process that cannot reach its database is not cured by a
// restart. Readiness does.
std::unique_ptr<http::Server> StartAdmin(const runtime::Config& config, runtime::Process& process,
                                         const std::atomic<bool>& draining) {
  auto server = http::Server::Start(
      {.addresses = {config.admin.address},
       .port = static_cast<uint16_t>(config.admin.port),
       .handler = [&](http::Request request, http::Responder responder) {
         if (request.path == "/healthz") return responder.Send(Plain(200, "ok\n"));
         if (request.path == "/readyz") {
           const bool ready = !draining && process.Ready();
           return responder.Send(Plain(ready ? 200 : 503, ready ? "ready\n" : "not ready\n"));
         }
         if (request.path == "/metrics") {
           auto response = Plain(200, process.metrics().Text());
           response.headers[0].value = "text/plain; version=0.0.4; charset=utf-8";
           return responder.Send(std::move(response));
         }
         responder.Send(Plain(404, "There are /healthz, /readyz and /metrics.\n"));
       }});
  if (!server) throw std::runtime_error(server.error().message);
  return std::move(*server);
}

// Receivers of webhooks, clients, databases and brokers all take descriptors, and Debian's soft limit
// of 1,024 is for programs that select(), which none here does.
void RaiseDescriptorLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int Serve(const runtime::Config& config, const ServeOptions& options) {
  auto selected = SelectServices(options.services);
  if (!selected) {
    std::fprintf(stderr, "%s\n", selected.error().message.c_str());
    return 2;
  }
  RaiseDescriptorLimit();
  if (config.sandbox()) postgres::ArmFailpointsFromEnvironment();
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  // Before any thread is made, so that all of them leave the signals to this one.
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);

  std::atomic<bool> draining{false};
  runtime::Process process(config, std::move(selected->services));
  process.Start();
  std::unique_ptr<gateway::Gateway> gateway;
  if (selected->gateway) {
    gateway = std::make_unique<gateway::Gateway>(process.config(), process.channels(),
                                                 process.metrics());
  }
  // After the gateway, so that ready means that the API can be called.
  const auto admin = StartAdmin(config, process, draining);
  runtime::log::Info("ready", {{"services", options.services},
                               {"port", gateway ? std::to_string(gateway->port()) : ""},
                               {"admin_port", std::to_string(admin->Port())}});
  int received = 0;
  sigwait(&ends, &received);
  runtime::log::Info("ending", {{"signal", std::to_string(received)}});
  draining = true;
  if (gateway) gateway->Drain(kDrain);
  process.Stop(std::chrono::system_clock::now() + kDrain);
  runtime::log::Info("ended");
  runtime::log::Flush();
  return 0;
}

}  // namespace continuo
