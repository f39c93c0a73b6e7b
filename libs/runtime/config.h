// The configuration of a process: a TOML file, then the environment over it.
//
//   [http]
//   port = 8080                     # or CONTINUO_HTTP_PORT=8080
//
// Every setting has a default and works when absent. An unknown key, a value of the wrong type or a
// file that is not there stops the start with a sentence that names it: a setting that is silently
// ignored is worse than none. `continuo --print-config` shows what is in force.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libs/result/result.h"

namespace continuo::runtime {

struct Config {
  // "sandbox": one test clock for all services, ck_test_ keys, webhooks to plain http allowed.
  // "live": the wall clock.
  std::string mode = "live";
  bool sandbox() const { return mode == "sandbox"; }

  struct Http {
    std::vector<std::string> addresses{"127.0.0.1"};
    int port = 8080;
    int threads = 2;
    // Origins that browsers may call from; empty: CORS is off. "*" allows every origin.
    std::vector<std::string> cors_origins;
    // Where the reference page's files were put at build time.
    std::string docs_directory;
    // What clients call the API by, for links in documents; default http://address:port.
    std::string public_url;
    // Proxies whose X-Forwarded-For is believed: addresses or networks ("10.0.0.0/8").
    std::vector<std::string> trusted_proxies;
    // Calls of one key: so many come back each second, so many may come at once. 0: no limit.
    int rate_per_second = 1000;
    int rate_burst = 2000;
    // The same of those who come without a key, by a public link, for each client address.
    int public_rate_per_second = 5;
    int public_rate_burst = 60;
  } http;

  // People sign in with tokens of this issuer (OpenID Connect), beside API keys.
  struct Oidc {
    std::string issuer;    // the tokens' iss, to the letter; empty: API keys only
    std::string audience;  // what their aud must hold
    std::string jwks_url;  // default: as the issuer's /.well-known/openid-configuration says
  } oidc;

  struct Admin {  // metrics and health
    std::string address = "127.0.0.1";
    int port = 9090;
  } admin;

  struct Rpc {
    // Where this process offers its services to others; empty: only within the process.
    // Services of one process listen on consecutive ports in the order of --services.
    std::string listen;
    // Shared by all processes of the deployment; at least 32 bytes.
    std::string secret_file;
    std::string tls_certificate, tls_key, tls_authority;  // PEM files; all or none
    int threads = 8;                                      // for each service
    std::map<std::string, std::string> peers;             // service = "host:port"
  } rpc;

  struct Postgres {
    // Without user and password: each service connects as its own roles.
    std::string url = "host=/run/postgresql dbname=continuo";
    std::string password_file;
    int api_connections = 8;
    int worker_connections = 4;
    std::map<std::string, std::string> urls;  // service = its own url, where databases are apart
  } postgres;

  struct Events {
    std::string transport = "postgres";  // or "kafka"
    std::string url;                     // the event bus's database; default: postgres.url
    std::string brokers;                 // kafka: "host:port,host:port"
    std::map<std::string, std::string> kafka;  // further librdkafka properties (TLS, SASL)
  } events;

  struct Log {
    std::string level = "info";
  } log;

  std::string UrlOf(const std::string& service) const;
  // http.public_url, or its default; without a slash at the end.
  std::string PublicUrl() const;
  std::string EventsUrl() const { return events.url.empty() ? postgres.url : events.url; }
};

// `path` empty: defaults and environment only.
Result<Config> LoadConfig(const std::string& path,
                          const std::map<std::string, std::string>& environment);
// As TOML, secrets are file names only.
std::string PrintConfig(const Config& config);

// The process's environment, for LoadConfig.
std::map<std::string, std::string> ProcessEnvironment();

}  // namespace continuo::runtime
