#include "libs/runtime/config.h"

#include <toml++/toml.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <sstream>
#include <tuple>

#include "libs/http/network.h"

extern char** environ;

namespace continuo::runtime {
namespace {

using Environment = std::map<std::string, std::string>;

// Calls `visit(key, value)` for each setting: the one list of what can be set.
template <class Visitor>
void ForEachSetting(Config& config, Visitor&& visit) {
  visit("mode", config.mode);
  visit("http.addresses", config.http.addresses);
  visit("http.port", config.http.port);
  visit("http.threads", config.http.threads);
  visit("http.cors_origins", config.http.cors_origins);
  visit("http.docs_directory", config.http.docs_directory);
  visit("http.public_url", config.http.public_url);
  visit("http.trusted_proxies", config.http.trusted_proxies);
  visit("http.rate_per_second", config.http.rate_per_second);
  visit("http.rate_burst", config.http.rate_burst);
  visit("http.public_rate_per_second", config.http.public_rate_per_second);
  visit("http.public_rate_burst", config.http.public_rate_burst);
  visit("oidc.issuer", config.oidc.issuer);
  visit("oidc.audience", config.oidc.audience);
  visit("oidc.jwks_url", config.oidc.jwks_url);
  visit("admin.address", config.admin.address);
  visit("admin.port", config.admin.port);
  visit("rpc.listen", config.rpc.listen);
  visit("rpc.secret_file", config.rpc.secret_file);
  visit("rpc.tls_certificate", config.rpc.tls_certificate);
  visit("rpc.tls_key", config.rpc.tls_key);
  visit("rpc.tls_authority", config.rpc.tls_authority);
  visit("rpc.threads", config.rpc.threads);
  visit("rpc.peers", config.rpc.peers);
  visit("postgres.url", config.postgres.url);
  visit("postgres.password_file", config.postgres.password_file);
  visit("postgres.api_connections", config.postgres.api_connections);
  visit("postgres.worker_connections", config.postgres.worker_connections);
  visit("postgres.urls", config.postgres.urls);
  visit("events.transport", config.events.transport);
  visit("events.url", config.events.url);
  visit("events.brokers", config.events.brokers);
  visit("events.kafka", config.events.kafka);
  visit("log.level", config.log.level);
}

Failure Bad(const std::string& key, const std::string& remedy) {
  return FailedPrecondition("INVALID_CONFIG", "The setting " + key + " " + remedy + ".",
                            {{"key", key}});
}

bool ParseInt(const std::string& text, int* value) {
  const auto end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, *value);
  return parsed.ec == std::errc() && parsed.ptr == end;
}

std::vector<std::string> SplitAtCommas(const std::string& text) {
  std::vector<std::string> parts;
  std::stringstream stream(text);
  for (std::string part; std::getline(stream, part, ',');) {
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

// A setting from the file. Each overload takes what its type allows.
struct FromToml {
  const toml::table& file;
  Result<void> outcome = {};

  const toml::node* Find(const std::string& key) const {
    return file.at_path(key).node();
  }
  void operator()(const std::string& key, std::string& value) {
    if (const auto* node = Find(key)) {
      if (const auto text = node->value_exact<std::string>()) value = *text;
      else outcome = Bad(key, "must be a string");
    }
  }
  void operator()(const std::string& key, int& value) {
    if (const auto* node = Find(key)) {
      const auto number = node->value_exact<int64_t>();
      if (number && *number == static_cast<int>(*number)) value = static_cast<int>(*number);
      else outcome = Bad(key, "must be a whole number");
    }
  }
  void operator()(const std::string& key, std::vector<std::string>& value) {
    const auto* node = Find(key);
    if (node == nullptr) return;
    const auto* array = node->as_array();
    if (array == nullptr) return void(outcome = Bad(key, "must be an array of strings"));
    value.clear();
    for (const auto& element : *array) {
      const auto text = element.value_exact<std::string>();
      if (!text) return void(outcome = Bad(key, "must be an array of strings"));
      value.push_back(*text);
    }
  }
  void operator()(const std::string& key, std::map<std::string, std::string>& value) {
    const auto* node = Find(key);
    if (node == nullptr) return;
    const auto* table = node->as_table();
    if (table == nullptr) return void(outcome = Bad(key, "must be a table of strings"));
    for (const auto& [name, element] : *table) {
      const auto text = element.value_exact<std::string>();
      if (!text) return void(outcome = Bad(key, "must be a table of strings"));
      value[std::string(name.str())] = *text;
    }
  }
};

std::string VariableName(const std::string& key) {
  std::string name = "CONTINUO_";
  for (const char c : key) name += c == '.' ? '_' : static_cast<char>(std::toupper(c));
  return name;
}

struct FromEnvironment {
  const Environment& environment;
  std::set<std::string> known = {};
  Result<void> outcome = {};

  const std::string* Find(const std::string& key) {
    const std::string name = VariableName(key);
    known.insert(name);
    const auto found = environment.find(name);
    return found == environment.end() ? nullptr : &found->second;
  }
  void operator()(const std::string& key, std::string& value) {
    if (const auto* text = Find(key)) value = *text;
  }
  void operator()(const std::string& key, int& value) {
    const auto* text = Find(key);
    if (text != nullptr && !ParseInt(*text, &value)) outcome = Bad(key, "must be a whole number");
  }
  void operator()(const std::string& key, std::vector<std::string>& value) {
    if (const auto* text = Find(key)) value = SplitAtCommas(*text);
  }
  // "billing=host:7005,revenue=host:7006"
  void operator()(const std::string& key, std::map<std::string, std::string>& value) {
    const auto* text = Find(key);
    if (text == nullptr) return;
    for (const auto& part : SplitAtCommas(*text)) {
      const auto equals = part.find('=');
      if (equals == std::string::npos) return void(outcome = Bad(key, "must be name=value,..."));
      value[part.substr(0, equals)] = part.substr(equals + 1);
    }
  }
};

void CollectLeaves(const toml::table& table, const std::string& prefix,
                   std::vector<std::string>* leaves) {
  for (const auto& [name, node] : table) {
    const std::string key = prefix + std::string(name.str());
    if (const auto* inner = node.as_table()) CollectLeaves(*inner, key + ".", leaves);
    else leaves->push_back(key);
  }
}

Result<void> RefuseUnknownKeys(const toml::table& file, Config& config) {
  std::set<std::string> known, tables;
  ForEachSetting(config, [&](const std::string& key, auto& value) {
    if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::map<std::string, std::string>>) {
      tables.insert(key + ".");
    } else {
      known.insert(key);
    }
  });
  std::vector<std::string> leaves;
  CollectLeaves(file, "", &leaves);
  for (const auto& leaf : leaves) {
    const bool in_table = std::any_of(tables.begin(), tables.end(),
                                      [&](const auto& table) { return leaf.starts_with(table); });
    if (!known.contains(leaf) && !in_table) {
      return Bad(leaf, "does not exist; `continuo --print-config` lists all of them");
    }
  }
  return {};
}

Result<void> ReadFile(const std::string& path, Config* config) {
  toml::table file;
  try {
    file = toml::parse_file(path);
  } catch (const toml::parse_error& error) {
    std::stringstream where;
    where << error.source().begin;
    return FailedPrecondition("INVALID_CONFIG", "The configuration file " + path +
                                                    " cannot be read: " +
                                                    std::string(error.description()) + " (" +
                                                    where.str() + ").");
  }
  RETURN_IF_FAULT(RefuseUnknownKeys(file, *config));
  FromToml reader{file};
  ForEachSetting(*config, reader);
  return reader.outcome;
}

Result<void> ReadEnvironment(const Environment& environment, Config* config) {
  FromEnvironment reader{environment};
  ForEachSetting(*config, reader);
  RETURN_IF_FAULT(reader.outcome);
  for (const auto& [name, value] : environment) {
    // Tests name their servers, and a sandbox's failpoints, through variables that are no settings.
    const bool setting = name.starts_with("CONTINUO_") && !name.starts_with("CONTINUO_TEST_") &&
                         name != "CONTINUO_FAILPOINTS";
    if (setting && !reader.known.contains(name)) {
      return Bad(name, "(from the environment) does not exist");
    }
  }
  return {};
}

// "127.0.0.1:7001", "[::1]:7001"
bool IsAddress(const std::string& text) {
  const auto colon = text.rfind(':');
  int port = 0;
  return colon != std::string::npos && colon > 0 && ParseInt(text.substr(colon + 1), &port) &&
         port >= 0 && port <= 65535;
}

Result<void> CheckRpc(const Config::Rpc& rpc) {
  if (!rpc.listen.empty() && !IsAddress(rpc.listen)) {
    return Bad("rpc.listen", "must be address:port, like \"127.0.0.1:7001\"");
  }
  for (const auto& [service, address] : rpc.peers) {
    if (!IsAddress(address)) {
      return Bad("rpc.peers." + service, "must be host:port, like \"127.0.0.1:7001\"");
    }
  }
  const int given = !rpc.tls_certificate.empty() + !rpc.tls_key.empty() +
                    !rpc.tls_authority.empty();
  if (given != 0 && given != 3) {
    return Bad("rpc.tls_certificate",
               "needs rpc.tls_key and rpc.tls_authority beside it, and they need it");
  }
  return {};
}

Result<void> CheckCounts(const Config& config) {
  for (const auto& [key, count] :
       {std::pair("http.threads", config.http.threads), std::pair("rpc.threads", config.rpc.threads),
        std::pair("postgres.api_connections", config.postgres.api_connections),
        std::pair("postgres.worker_connections", config.postgres.worker_connections)}) {
    if (count < 1 || count > 1000) return Bad(key, "must be between 1 and 1000");
  }
  if (config.http.addresses.empty()) return Bad("http.addresses", "must name at least one address");
  return {};
}

Result<void> CheckEdge(const Config& config) {
  for (const std::string& proxy : config.http.trusted_proxies) {
    if (!http::ParseNetwork(proxy)) {
      return Bad("http.trusted_proxies", "must name addresses or networks, like \"10.0.0.0/8\"");
    }
  }
  const Config::Http& http = config.http;
  for (const auto& [name, rate, burst] :
       {std::tuple(std::string("http."), http.rate_per_second, http.rate_burst),
        std::tuple(std::string("http.public_"), http.public_rate_per_second, http.public_rate_burst)}) {
    if (rate < 0 || rate > 1'000'000) return Bad(name + "rate_per_second", "must be between 0 and 1000000");
    if (rate > 0 && burst < 1) return Bad(name + "rate_burst", "must be at least 1 where there is a rate");
  }
  if (!config.oidc.issuer.empty() && config.oidc.audience.empty()) {
    return Bad("oidc.audience", "must say what tokens are meant for us by");
  }
  return {};
}

Result<void> Check(const Config& config) {
  if (config.mode != "live" && config.mode != "sandbox") {
    return Bad("mode", "must be \"live\" or \"sandbox\"");
  }
  if (config.events.transport != "postgres" && config.events.transport != "kafka") {
    return Bad("events.transport", "must be \"postgres\" or \"kafka\"");
  }
  if (config.events.transport == "kafka" && config.events.brokers.empty()) {
    return Bad("events.brokers", "must name the brokers when events.transport is \"kafka\"");
  }
  for (const auto& [key, port] :
       {std::pair("http.port", config.http.port), std::pair("admin.port", config.admin.port)}) {
    if (port < 0 || port > 65535) return Bad(key, "must be a port between 0 and 65535");
  }
  RETURN_IF_FAULT(CheckEdge(config));
  RETURN_IF_FAULT(CheckRpc(config.rpc));
  return CheckCounts(config);
}

}  // namespace

std::string Config::UrlOf(const std::string& service) const {
  const auto own = postgres.urls.find(service);
  return own == postgres.urls.end() ? postgres.url : own->second;
}

std::string Config::PublicUrl() const {
  std::string url = http.public_url;
  if (url.empty()) url = "http://" + http.addresses.front() + ":" + std::to_string(http.port);
  while (url.ends_with('/')) url.pop_back();
  return url;
}

Result<Config> LoadConfig(const std::string& path, const Environment& environment) {
  Config config;
  if (!path.empty()) RETURN_IF_FAULT(ReadFile(path, &config));
  RETURN_IF_FAULT(ReadEnvironment(environment, &config));
  RETURN_IF_FAULT(Check(config));
  if (environment.contains("CONTINUO_FAILPOINTS") && !config.sandbox()) {
    return Bad("CONTINUO_FAILPOINTS", "is for fault tests and needs mode = \"sandbox\"");
  }
  return config;
}

namespace {

// librdkafka's own names: sasl.password, ssl.key.password, ssl.key.pem,
// sasl.oauthbearer.client.secret.
bool IsSecret(const std::string& name) {
  return name.find("password") != std::string::npos || name.find("secret") != std::string::npos ||
         name.ends_with("key.pem");
}

}  // namespace

std::string PrintConfig(const Config& config) {
  toml::table file;
  Config copy = config;
  ForEachSetting(copy, [&](const std::string& key, auto& value) {
    using Value = std::decay_t<decltype(value)>;
    toml::table* table = &file;
    std::string name = key;
    if (const auto dot = key.find('.'); dot != std::string::npos) {
      const auto section = key.substr(0, dot);
      name = key.substr(dot + 1);
      table = file.insert(section, toml::table{}).first->second.as_table();
    }
    if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
      toml::array array;
      for (const auto& element : value) array.push_back(element);
      table->insert(name, std::move(array));
    } else if constexpr (std::is_same_v<Value, std::map<std::string, std::string>>) {
      toml::table inner;
      for (const auto& [inner_key, inner_value] : value) {
        inner.insert(inner_key, IsSecret(inner_key) ? "(hidden)" : inner_value);
      }
      table->insert(name, std::move(inner));
    } else {
      table->insert(name, value);
    }
  });
  std::stringstream out;
  out << file << "\n";
  return out.str();
}

Environment ProcessEnvironment() {
  Environment variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const auto equals = text.find('=');
    if (equals != std::string::npos) variables[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return variables;
}

}  // namespace continuo::runtime
