#include "libs/runtime/config.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "libs/testing/catch/catch.h"

namespace continuo::runtime {
namespace {

// The sentence that refuses it; empty: it is taken.
std::string Refusal(const std::string& toml, const std::map<std::string, std::string>& environment) {
  const std::string path = "/tmp/continuo-config-test-" + std::to_string(getpid()) + ".toml";
  std::ofstream(path) << toml;
  const auto config = LoadConfig(path, environment);
  std::remove(path.c_str());
  return config ? "" : config.error().message;
}

TEST_CASE("what is wrong with a setting is said in a sentence that names it") {
  struct Row {
    std::string toml;
    std::map<std::string, std::string> environment;
    std::string refusal;  // holds this; empty: none
  };
  const Row row = GENERATE(values<Row>({
      {"", {}, ""},
      {"mode = 'sandbox'\n[http]\nport = 8081", {{"CONTINUO_HTTP_PORT", "8082"}}, ""},
      {"mode = 'test'", {}, "mode must be"},
      {"prot = 1", {}, "prot does not exist"},
      {"[http]\nprot = 1", {}, "http.prot does not exist"},
      {"http = 5", {}, "http does not exist"},
      {"[http]\nport = 'x'", {}, "http.port must be a whole number"},
      {"[http]\nport = 4294975376", {}, "http.port must be a whole number"},
      {"[http]\nport = 70000", {}, "http.port must be a port"},
      {"[http]\nthreads = 0", {}, "http.threads must be between"},
      {"[http]\naddresses = []", {}, "http.addresses must name"},
      {"[http]\ncors_origins = 'x'", {}, "http.cors_origins must be an array"},
      {"[rpc]\nlisten = 'here'", {}, "rpc.listen must be address:port"},
      {"[rpc.peers]\ncrm = 'host'", {}, "rpc.peers.crm must be host:port"},
      {"[rpc]\ntls_key = 'k.pem'", {}, "rpc.tls_certificate needs"},
      {"[events]\ntransport = 'pigeon'", {}, "events.transport must be"},
      {"[events]\ntransport = 'kafka'", {}, "events.brokers must name"},
      {"[events]\nkeep_months = -1", {}, "events.keep_months must be between"},
      {"[http", {}, "cannot be read"},
      {"", {{"CONTINUO_HTTP_PROT", "1"}}, "CONTINUO_HTTP_PROT (from the environment) does not exist"},
      {"", {{"CONTINUO_HTTP_PORT", "1x"}}, "http.port must be a whole number"},
      {"", {{"CONTINUO_RPC_PEERS", "crm"}}, "rpc.peers must be name=value"},
      {"", {{"CONTINUO_TEST_POSTGRES", "x"}, {"HOME", "/"}}, ""},
  }));
  INFO(row.toml);
  const std::string refusal = Refusal(row.toml, row.environment);
  if (row.refusal.empty()) {
    CHECK(refusal == "");
  } else {
    CHECK(refusal.find(row.refusal) != std::string::npos);
    CHECK(refusal.back() == '.');
  }
}

TEST_CASE("a file that is not there is said so; the environment goes over the file") {
  CHECK_FALSE(LoadConfig("/nowhere/continuo.toml", {}));
  const auto config = LoadConfig("", {{"CONTINUO_HTTP_PORT", "1234"},
                                      {"CONTINUO_RPC_PEERS", "crm=h:1,billing=h:2"}});
  REQUIRE(config);
  CHECK(config->http.port == 1234);
  CHECK(config->rpc.peers.at("billing") == "h:2");
}

TEST_CASE("what is printed is read back as the same settings") {
  auto config = *LoadConfig("", {{"CONTINUO_HTTP_CORS_ORIGINS", "https://a.example,https://b.example"},
                                 {"CONTINUO_RPC_PEERS", "crm=h:1"}});
  const std::string printed = PrintConfig(config);
  CHECK(Refusal(printed, {}) == "");
  CHECK(printed.find("https://b.example") != std::string::npos);
}

}  // namespace
}  // namespace continuo::runtime
