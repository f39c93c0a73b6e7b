#include "services/gateway/gateway.h"

#include <algorithm>
#include <atomic>
#include <stdexcept>

#include "libs/http/server.h"
#include "libs/http/target.h"
#include "libs/rpc/channels.h"
#include "libs/runtime/log.h"
#include "libs/runtime/metrics.h"
#include "services/gateway/authenticate.h"
#include "services/gateway/client_addresses.h"
#include "services/gateway/exchange.h"
#include "services/gateway/pages.h"
#include "services/gateway/rate_limit.h"
#include "services/gateway/routes.h"

namespace continuo::gateway {
namespace {

// What browsers may send beside the simple headers, and how long they may remember it.
constexpr char kCorsHeaders[] =
    "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Request-Id, "
    "traceparent";
constexpr char kCorsExposed[] =
    "ETag, Link, Location, Idempotency-Replayed, X-Request-Id, Retry-After, RateLimit, "
    "RateLimit-Policy";

std::string Join(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

}  // namespace

struct Gateway::Implementation {
  Implementation(const runtime::Config& config, rpc::Channels& channels,
                 runtime::Metrics& metrics)
      : config(config),
        authenticator(channels, {config.oidc.issuer, config.oidc.audience, config.oidc.jwks_url},
                      [plain_http = config.sandbox()](const std::string& url) {
                        return oidc::FetchDocument(url, plain_http);
                      }),
        limiter({.per_second = config.http.rate_per_second, .burst = config.http.rate_burst}),
        public_limiter({.per_second = config.http.public_rate_per_second,
                        .burst = config.http.public_rate_burst}),
        addresses(config.http.trusted_proxies),
        durations([&metrics](const Route* const& route, const int& status) -> runtime::Histogram& {
          return metrics.DurationOf(
              "continuo_http_request_seconds",
              "Time from receiving a request to handing its answer to the connection.",
              {{"route", route->path}, {"method", route->verb}, {"status", std::to_string(status)}});
        }),
        parts{routes, channels, authenticator, limiter, public_limiter, addresses, documents,
              [this](const Route& route, int status, double seconds) {
                durations.Of(&route, status).Observe(seconds);
              }},
        pages(routes, config.http.docs_directory) {}

  void Handle(http::Request request, http::Responder responder) {
    http::Headers cors = CorsHeaders(request);
    if (request.method == "OPTIONS") return Preflight(request, std::move(cors), responder);
    if (request.method == "GET" || request.method == "HEAD") {
      if (auto page = pages.Find(request)) {
        for (auto& header : cors) page->headers.push_back(std::move(header));
        return responder.Send(std::move(*page));
      }
    }
    auto shared = std::make_shared<http::Responder>(std::move(responder));
    auto answer = [shared](http::Response response, std::chrono::milliseconds delay) {
      if (delay.count() > 0) return shared->SendAfter(delay, std::move(response));
      shared->Send(std::move(response));
    };
    std::make_shared<Exchange>(parts, std::move(request), std::move(answer), std::move(shared))
        ->Start(std::move(cors));
  }

  http::Headers CorsHeaders(const http::Request& request) const {
    const auto* origin = http::FindHeader(request.headers, "origin");
    if (origin == nullptr) return {};
    const auto& allowed = config.http.cors_origins;
    const bool any = std::find(allowed.begin(), allowed.end(), "*") != allowed.end();
    if (!any && std::find(allowed.begin(), allowed.end(), *origin) == allowed.end()) return {};
    return {{"Access-Control-Allow-Origin", any ? "*" : *origin},
            {"Access-Control-Expose-Headers", kCorsExposed},
            {"Vary", "Origin"}};
  }

  void Preflight(const http::Request& request, http::Headers cors, http::Responder& responder) {
    http::Response response{.status = 204, .headers = std::move(cors)};
    const auto match = routes.Match("OPTIONS", request.segments);
    if (match.allowed.empty()) {
      response.status = 404;
      return responder.Send(std::move(response));
    }
    const auto verbs = VerbsOf(match);
    response.headers.push_back({"Allow", Join(verbs)});
    if (response.headers.size() > 1) {
      response.headers.push_back({"Access-Control-Allow-Methods", Join(verbs)});
      response.headers.push_back({"Access-Control-Allow-Headers", kCorsHeaders});
      response.headers.push_back({"Access-Control-Max-Age", "600"});
    }
    responder.Send(std::move(response));
  }

  size_t BodyLimit(std::string_view method, std::string_view path) const {
    if (method == "GET" || method == "HEAD") return 1 << 20;  // none of them takes a body
    const auto segments = http::SplitPath(path);
    if (!segments) return 1 << 20;
    const auto match = routes.Match(std::string(method), *segments);
    return match.route == nullptr ? 1 << 20 : match.route->body_limit;
  }

  const runtime::Config& config;
  Routes routes;
  Authenticator authenticator;
  RateLimiter limiter;
  RateLimiter public_limiter;
  ClientAddresses addresses;
  std::atomic<int> documents = 0;
  runtime::DurationsBy<const Route*, int> durations;
  EdgeParts parts;
  Pages pages;
  std::unique_ptr<http::Server> server;
};

Gateway::Gateway(const runtime::Config& config, rpc::Channels& channels,
                 runtime::Metrics& metrics)
    : implementation_(std::make_unique<Implementation>(config, channels, metrics)) {
  auto& self = *implementation_;
  auto server = http::Server::Start(
      {.addresses = config.http.addresses,
       .port = static_cast<uint16_t>(config.http.port),
       .threads = static_cast<size_t>(config.http.threads),
       .handler = [&self](http::Request request,
                          http::Responder responder) { self.Handle(std::move(request), std::move(responder)); },
       .body_limit = [&self](std::string_view method,
                             std::string_view path) { return self.BodyLimit(method, path); }});
  if (!server) throw std::runtime_error(server.error().message);
  self.server = std::move(*server);
}

// Nothing may answer into what goes away here: no request comes any more, nobody waits for the
// issuer's keys, and each call that was under way is told its end.
Gateway::~Gateway() {
  implementation_->server.reset();
  implementation_->authenticator.Stop();
  implementation_->parts.channels.End();
}

int Gateway::port() const { return implementation_->server->Port(); }

void Gateway::Drain(std::chrono::milliseconds patience) {
  implementation_->server->Drain(patience);
}

}  // namespace continuo::gateway
