#include "libs/runtime/process.h"

#include <unistd.h>

#include <atomic>
#include <fstream>
#include <future>
#include <map>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "libs/access/access.h"
#include "libs/events/consumers.h"
#include "libs/events/kafka_transport.h"
#include "libs/events/postgres_transport.h"
#include "libs/events/relay.h"
#include "libs/events/signals.h"
#include "libs/postgres/database.h"
#include "libs/rpc/channels.h"
#include "libs/rpc/methods.h"
#include "libs/rpc/server.h"
#include "libs/runtime/audit.h"
#include "libs/runtime/housekeeper.h"
#include "libs/runtime/job_runner.h"
#include "libs/runtime/log.h"
#include "libs/runtime/metrics.h"
#include "libs/runtime/runtime_service.h"

namespace continuo::runtime {
namespace {

constexpr std::chrono::minutes kHousekeeping{10};
// The bus only delivers: a consumer that was away for longer is sent the owner's log.
constexpr std::chrono::hours kKeptOnBus{7 * 24};

std::string ReadSecret(const std::string& path) {
  if (path.empty()) {
    throw std::runtime_error(
        "rpc.secret_file is not set. It names a file of at least 32 random bytes that every "
        "process of the deployment shares.");
  }
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  if (!file || text.str().size() < 32) {
    throw std::runtime_error("rpc.secret_file " + path +
                             " cannot be read or holds less than 32 bytes.");
  }
  return text.str();
}

std::string ReadPassword(const std::string& path) {
  if (path.empty()) return {};
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) {
    throw std::runtime_error("postgres.password_file " + path + " cannot be read.");
  }
  return line;
}

std::string HolderName() {
  char host[256] = {};
  gethostname(host, sizeof host - 1);
  return std::string(host) + "/" + std::to_string(getpid());
}

// "127.0.0.1:7000", the third service of the process -> "127.0.0.1:7002"
std::string ListenAddress(const std::string& base, int index) {
  if (base.empty()) return {};
  const auto colon = base.rfind(':');
  const int port = std::stoi(base.substr(colon + 1));
  return base.substr(0, colon + 1) + std::to_string(port + index);
}

// Logs failures and counts every call.
std::function<void(const rpc::CallRecord&)> Observer(const std::string& service, Metrics& metrics) {
  const auto durations = [service, &metrics](std::string_view action,
                                             const std::string& code) -> Histogram& {
    return metrics.DurationOf(
        "continuo_rpc_seconds", "Time from receiving a call to answering it.",
        {{"service", service}, {"method", std::string(action)}, {"code", code}});
  };
  // An action's name lives as long as the server that observes it.
  const auto served = std::make_shared<DurationsBy<std::string_view>>(
      [durations](const std::string_view& action) -> Histogram& {
        return durations(action, "OK");
      });
  return [service, durations, served](const rpc::CallRecord& record) {
    const std::string code = record.fault == nullptr ? "OK" : record.fault->reason;
    Histogram& histogram =
        record.fault == nullptr ? served->Of(record.action) : durations(record.action, code);
    histogram.Observe(std::chrono::duration<double>(record.duration).count());
    if (record.fault == nullptr) return;
    const bool ours = record.fault->code == Code::kInternal || !record.internal.empty();
    const log::Fields fields{{"service", service},
                             {"action", std::string(record.action)},
                             {"request_id", record.call.request_id},
                             {"trace_id", log::TraceId(record.call.traceparent)},
                             {"code", code},
                             {"detail", record.internal.empty() ? record.fault->message
                                                                : std::string(record.internal)}};
    if (ours) {
      log::Error("a call failed", fields);
    } else {
      log::Debug("a call was refused", fields);
    }
  };
}

std::function<void(const std::string&)> Warner(const char* what, const std::string& service) {
  return [what, service](const std::string& why) {
    log::Warn(std::string(what) + " did not go on", {{"service", service}, {"detail", why}});
  };
}

// One service in this process, with all that belongs to it alone. Members are in the order in which
// they depend on each other.
struct Hosted {
  ServiceDefinition definition;
  std::unique_ptr<postgres::Database> database;
  rpc::Methods methods;
  Jobs jobs;
  std::unique_ptr<events::Consumers> consumers;
  std::unique_ptr<events::Relay> relay;
  std::unique_ptr<JobRunner> runner;
  std::unique_ptr<Host> host;
  std::unique_ptr<RuntimeServiceParts> parts;
  std::unique_ptr<rpc::Server> server;
  std::thread own_loop;
};

}  // namespace

struct Process::Implementation {
  explicit Implementation(Config given) : config(std::move(given)) {}

  Config config;
  Metrics metrics;
  std::unique_ptr<postgres::Database> bus;
  std::unique_ptr<events::Transport> transport;
  std::unique_ptr<rpc::Channels> channels;
  std::vector<std::unique_ptr<Hosted>> hosted;
  std::vector<std::unique_ptr<events::Listener>> listeners;
  Housekeeper housekeeper{kHousekeeping};  // after what it works on
  std::atomic<bool> stopping{false};

  void MakeTransport(const std::string& password) {
    if (config.events.transport == "kafka") {
      transport = std::make_unique<events::KafkaTransport>(events::KafkaTransportConfig{
          .brokers = config.events.brokers, .settings = config.events.kafka});
      return;
    }
    bus = std::make_unique<postgres::Database>(
        postgres::DatabaseConfig{.service = "event_bus",
                                 .url = config.EventsUrl(),
                                 .password = password,
                                 .api_connections = 1,
                                 .worker_connections = 8});
    auto log = std::make_unique<events::PostgresTransport>(*bus);
    housekeeper.Add("event_bus", [&log = *log] { return log.Forget(kKeptOnBus); });
    transport = std::move(log);
  }

  void Add(ServiceDefinition definition, const std::string& password) {
    hosted.push_back(std::make_unique<Hosted>());
    Hosted& service = *hosted.back();
    service.definition = std::move(definition);
    const std::string& name = service.definition.name;
    service.database = std::make_unique<postgres::Database>(
        postgres::DatabaseConfig{.service = name,
                                 .url = config.UrlOf(name),
                                 .password = password,
                                 .api_connections = config.postgres.api_connections,
                                 .worker_connections = config.postgres.worker_connections});
    service.database->OnCommand(AuditHook());
    service.database->OnWork(WorkAuditHook());
    housekeeper.Add(name, [&database = *service.database, name] {
      return database.Work(rpc::Call::AsService(name, ""), [](postgres::Transaction& tx) {
        return Result<size_t>(postgres::ForgetIdempotencyKeys(tx));
      });
    });
    service.consumers = std::make_unique<events::Consumers>(
        events::ConsumersConfig{.service = name, .on_error = Warner("consuming", name)},
        *service.database, *transport);
    service.relay = std::make_unique<events::Relay>(
        events::RelayConfig{.service = name,
                            .holder = HolderName(),
                            .on_error = Warner("relaying", name)},
        *service.database, *transport);
    service.runner =
        std::make_unique<JobRunner>(name, HolderName(), *service.database, service.jobs);
    service.host = std::make_unique<Host>(Host{*service.database, *channels, service.methods,
                                               *service.consumers, service.jobs, config, metrics});
    service.definition.wire(*service.host);
    if (FollowsAccess(service)) access::Subscribe(*service.consumers, *channels, name);
    service.parts = std::make_unique<RuntimeServiceParts>(
        RuntimeServiceParts{name, service.consumers->topics(), *service.database, *service.relay,
                            *service.runner});
    OfferRuntimeService(*service.parts, service.methods);
    PublishMetrics(service);
  }

  void PublishMetrics(Hosted& service) {
    const Metrics::Labels labels{{"service", service.definition.name}};
    const auto& consumed = service.consumers->metrics();
    const auto& relayed = service.relay->metrics();
    metrics.Gauge("continuo_consumer_lag_events", "Events seen and not yet applied.", labels,
                  [&consumed] { return double(consumed.lag_events.load()); });
    metrics.Total("continuo_consumer_applied_total", "Events applied.", labels,
                  [&consumed] { return double(consumed.applied_total.load()); });
    metrics.Gauge("continuo_deferred_events_waiting", "Events that wait for another fact.", labels,
                  [&consumed] { return double(consumed.waiting.load()); });
    metrics.Gauge("continuo_deferred_events_parked", "Events whose key is parked.", labels,
                  [&consumed] { return double(consumed.parked.load()); });
    metrics.Total("continuo_event_gap_alarms_total", "Gaps in a stream that lasted.", labels,
                  [&consumed] { return double(consumed.gap_alarms_total.load()); });
    metrics.Gauge("continuo_outbox_age_seconds", "Age of the oldest event of the last relayed batch.", labels,
                  [&relayed] { return double(relayed.lag_microseconds.load()) / 1e6; });
    metrics.Total("continuo_relay_produced_total", "Events taken to the transport.", labels,
                  [&relayed] { return double(relayed.produced_total.load()); });
  }

  // A loop that fails is begun again: what it had committed stays, and the rest is still due.
  void RunOwnLoop(Hosted& service) {
    while (!stopping) {
      try {
        return service.definition.run(*service.host, [this] { return stopping.load(); });
      } catch (const std::exception& error) {
        log::Error("a service's loop failed and begins again",
                   {{"service", service.definition.name}, {"detail", error.what()}});
        std::this_thread::sleep_for(std::chrono::seconds(1));
      }
    }
  }

  // directory closes the links itself: its projection is what the others follow and are confirmed with.
  static bool FollowsAccess(const Hosted& service) {
    return service.definition.holds_account_data && service.definition.name != "directory";
  }

  std::function<bool(const rpc::Call&, const google::protobuf::Message&)> LearnOfMiss(
      Hosted& service) {
    if (!FollowsAccess(service)) return {};
    return [&database = *service.database, this](const rpc::Call& call,
                                                 const google::protobuf::Message& request) {
      return access::LearnOfMiss(database, *channels, call, request);
    };
  }

  void Listen(const rpc::TokenSigner& signer, const rpc::TlsFiles& tls) {
    int index = 0;
    for (auto& service : hosted) {
      const std::string& name = service->definition.name;
      service->server = std::make_unique<rpc::Server>(
          rpc::ServerConfig{.service = name,
                            .listen = ListenAddress(config.rpc.listen, index++),
                            .tls = tls,
                            .threads = config.rpc.threads,
                            .sandbox = config.sandbox(),
                            .learn_of_miss = LearnOfMiss(*service),
                            .observe = Observer(name, metrics)},
          signer, service->methods);
      channels->AddLocal(name, service->server->Local());
    }
  }
};

Process::Process(Config config, std::vector<ServiceDefinition> services)
    : implementation_(std::make_unique<Implementation>(std::move(config))) {
  auto& self = *implementation_;
  const rpc::TokenSigner signer(ReadSecret(self.config.rpc.secret_file));
  const rpc::TlsFiles tls{self.config.rpc.tls_certificate, self.config.rpc.tls_key,
                          self.config.rpc.tls_authority};
  const std::string password = ReadPassword(self.config.postgres.password_file);
  self.channels = std::make_unique<rpc::Channels>(signer, self.config.rpc.peers, tls);
  if (services.empty()) return;
  self.MakeTransport(password);
  for (auto& definition : services) self.Add(std::move(definition), password);
  self.Listen(signer, tls);
}

Process::~Process() { Stop(std::chrono::system_clock::now()); }

void Process::Start() {
  auto& self = *implementation_;
  std::map<std::string, bool> databases;
  for (auto& service : self.hosted) databases[self.config.UrlOf(service->definition.name)] = true;
  if (self.bus) databases[self.config.EventsUrl()] = true;
  const std::string password = ReadPassword(self.config.postgres.password_file);
  for (const auto& [url, used] : databases) {
    self.listeners.push_back(std::make_unique<events::Listener>(
        url + " user=continuo_event_bus_worker" + (password.empty() ? "" : " password=" + password)));
  }
  for (auto& service : self.hosted) {
    service->relay->Start();
    service->consumers->Start();
    service->runner->Start();
    if (service->definition.run) {
      service->own_loop = std::thread([&self, &service = *service] {
        self.RunOwnLoop(service);
      });
    }
    service->server->SetServing(true);
  }
  self.housekeeper.Start();
}

void Process::Stop(std::chrono::system_clock::time_point deadline) {
  auto& self = *implementation_;
  if (self.stopping.exchange(true)) return;
  for (auto& service : self.hosted) service->server->SetServing(false);
  // A use case that waits for a peer that is away, or a relay for a broker, holds its thread no
  // longer than this.
  std::promise<void> stopped;
  std::thread cut([&self, deadline, done = stopped.get_future()] {
    if (done.wait_until(deadline) != std::future_status::timeout) return;
    self.channels->End();
    self.transport->End();
  });
  self.housekeeper.Stop();
  for (auto& service : self.hosted) {
    if (service->own_loop.joinable()) service->own_loop.join();
  }
  for (auto& service : self.hosted) service->runner->Stop();
  for (auto& service : self.hosted) service->consumers->BeginStop();
  for (auto& service : self.hosted) service->consumers->Stop();
  for (auto& service : self.hosted) service->server->Shutdown(deadline);
  // Last, so that what the others committed on their way out is on its way too.
  for (auto& service : self.hosted) service->relay->Stop();
  self.listeners.clear();
  stopped.set_value();
  cut.join();
}

bool Process::Ready() {
  for (auto& service : implementation_->hosted) {
    if (!service->database->Ready()) return false;
  }
  return true;
}

rpc::Channels& Process::channels() { return *implementation_->channels; }
Metrics& Process::metrics() { return implementation_->metrics; }
const Config& Process::config() const { return implementation_->config; }

}  // namespace continuo::runtime
