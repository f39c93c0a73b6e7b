#include "libs/events/consumers.h"

#include <thread>
#include <vector>

#include "libs/events/dispatch.h"
#include "libs/events/lane.h"

namespace continuo::events {

struct Consumers::Implementation {
  Implementation(ConsumersConfig config, postgres::Database& database, Transport& transport)
      : config(std::move(config)), database(database), transport(transport) {}

  void MakeLanes() {
    if (!lanes.empty() || dispatch.topics().empty()) return;
    for (int number = 0; number < config.lanes; ++number) {
      lanes.push_back(
          std::make_unique<Lane>(config, number, dispatch, database, transport, metrics));
    }
  }

  // Goes on whatever happens: an exception here is a bug, told and met again.
  void Run(Lane& lane) {
    while (!stopping) {
      try {
        lane.Step(std::chrono::steady_clock::now() + config.slow_poll);
      } catch (const std::exception& error) {
        if (config.on_error) config.on_error(config.service + " consuming: " + error.what());
        ++metrics.retries_total;
        lane.Rest();
      }
    }
  }

  ConsumersConfig config;
  postgres::Database& database;
  Transport& transport;
  Dispatch dispatch;
  ConsumerMetrics metrics;
  std::vector<std::unique_ptr<Lane>> lanes;
  std::atomic<bool> stopping{false};
  std::vector<std::thread> threads;
};

Consumers::Consumers(ConsumersConfig config, postgres::Database& database, Transport& transport)
    : implementation_(std::make_unique<Implementation>(std::move(config), database, transport)) {}

Consumers::~Consumers() { Stop(); }

void Consumers::Register(const google::protobuf::Message& prototype, EventHandler handler) {
  implementation_->dispatch.Add(prototype, std::move(handler));
}

void Consumers::OnTopic(const std::string& topic,
                        std::function<Outcome(postgres::Transaction&, const Event&)> handler) {
  implementation_->dispatch.AddTopic(topic, std::move(handler));
}

std::vector<std::string> Consumers::topics() const { return implementation_->dispatch.topics(); }

void Consumers::Start() {
  implementation_->MakeLanes();
  implementation_->stopping = false;
  for (const std::unique_ptr<Lane>& lane : implementation_->lanes) {
    implementation_->threads.emplace_back([this, &lane = *lane] { implementation_->Run(lane); });
  }
}

void Consumers::BeginStop() {
  implementation_->stopping = true;
  for (const std::unique_ptr<Lane>& lane : implementation_->lanes) lane->Wake();
}

void Consumers::Stop() {
  BeginStop();
  for (std::thread& thread : implementation_->threads) thread.join();
  implementation_->threads.clear();
}

std::size_t Consumers::Step(std::chrono::steady_clock::time_point until) {
  implementation_->MakeLanes();
  std::size_t applied = 0;
  for (const std::unique_ptr<Lane>& lane : implementation_->lanes) applied += lane->Step(until);
  return applied;
}

const ConsumerMetrics& Consumers::metrics() const { return implementation_->metrics; }

}  // namespace continuo::events
